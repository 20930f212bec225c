package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/client"
	"github.com/bonafide-id/bonafide/internal/blob/disk"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
	"github.com/bonafide-id/bonafide/internal/store/storetest/pgtest"
)

// fate is what is known of an object.
type fate int

const (
	there  fate = iota // its making was acknowledged
	asked              // its deletion was asked for and not acknowledged
	absent             // its deletion was acknowledged
)

// object is something that may be deleted.
type object struct {
	name   string
	fate   fate
	links  []string // addresses of its files
	below  []*object
	read   func(context.Context) error // fails where it is not whole
	remove func(context.Context) error
}

// meets gives an object, and what goes with it, another fate.
func (o *object) meets(f fate) {
	if o.fate != absent {
		o.fate = f
	}
	for _, b := range o.below {
		b.meets(f)
	}
}

// deletionDrill makes and deletes objects on a server that is killed.
type deletionDrill struct {
	*process
	mu   sync.Mutex
	all  []*object
	asks int // deletions that were not acknowledged
}

func (d *deletionDrill) add(all ...*object) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.all = append(d.all, all...)
}

// pick gives an object that is there, and marks its deletion as asked for.
func (d *deletionDrill) pick() *object {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, i := range rand.Perm(len(d.all)) {
		if o := d.all[i]; o.fate == there {
			o.meets(asked)
			return o
		}
	}
	return nil
}

// folder makes a folder of two media and a report of it.
func (d *deletionDrill) folder(ctx context.Context) error {
	f, err := d.api.CreateFolder(ctx, client.Payload{}, photo(1), photo(2))
	if err != nil {
		return err
	}
	o := &object{name: "folder", remove: func(ctx context.Context) error { return d.api.DeleteFolder(ctx, f.ID) },
		read: func(ctx context.Context) error {
			got, err := d.api.Folder(ctx, f.ID)
			if err == nil && len(got.Media) != 2 {
				err = fmt.Errorf("%d media", len(got.Media))
			}
			return err
		}}
	for _, m := range f.Media {
		o.links = append(o.links, m.OriginalURL, m.ThumbURL)
	}
	d.add(o)
	r, err := d.api.MakeReport(ctx, f.ID, "")
	if err != nil {
		return err
	}
	report := &object{name: "report", links: []string{r.OriginalURL}, remove: func(ctx context.Context) error { return d.api.DeleteReport(ctx, r.ID) },
		read: func(ctx context.Context) error { return d.readReport(ctx, *r) }}
	d.mu.Lock()
	o.below = append(o.below, report)
	if o.fate != there {
		report.fate = asked
	}
	d.mu.Unlock()
	d.add(report)
	return nil
}

func (d *deletionDrill) readReport(ctx context.Context, r client.Report) error {
	pdf, err := d.api.DownloadReport(ctx, r.ID)
	if err == nil && (int64(len(pdf)) != r.Size || !bytes.HasPrefix(pdf, []byte("%PDF-")) || !bytes.HasSuffix(bytes.TrimSpace(pdf), []byte("%%EOF"))) {
		err = fmt.Errorf("a report of %d bytes has %d", r.Size, len(pdf))
	}
	return err
}

// template makes a template of reports with an attachment.
func (d *deletionDrill) template(ctx context.Context) error {
	name := "A"
	made, err := d.api.CreateReportTemplate(ctx, client.TemplateChange{Name: &name})
	if err != nil {
		return err
	}
	added, err := d.api.AddAttachments(ctx, made.ID, photo(3))
	if err != nil {
		return err
	}
	d.add(&object{name: "template", links: []string{added[0].OriginalURL, added[0].ThumbURL},
		remove: func(ctx context.Context) error { return d.api.DeleteReportTemplate(ctx, made.ID) },
		read: func(ctx context.Context) error {
			all, err := d.api.Attachments(ctx, made.ID)
			if err == nil && len(all) != 1 {
				err = fmt.Errorf("%d attachments", len(all))
			}
			return err
		}})
	return nil
}

func photo(shade uint8) client.File {
	return client.File{Key: fmt.Sprint("p", shade), Name: "a.jpg", Content: bytes.NewReader(plain(shade))}
}

// load makes and deletes until the server is gone.
func (d *deletionDrill) load(ctx context.Context) {
	for ctx.Err() == nil {
		var err error
		switch n := rand.IntN(10); {
		case n < 4:
			err = d.folder(ctx)
		case n < 5:
			err = d.template(ctx)
		default:
			err = d.delete(ctx)
		}
		var answered *client.Error
		if err != nil && !errors.As(err, &answered) {
			return
		}
	}
}

func (d *deletionDrill) delete(ctx context.Context) error {
	o := d.pick()
	if o == nil {
		return nil
	}
	err := o.remove(ctx)
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case err == nil:
		o.meets(absent)
	case o.fate == asked:
		d.asks++
	}
	return err
}

// check holds every object against its fate. One whose deletion was not
// acknowledged must be there as a whole or gone as a whole.
func (d *deletionDrill) check() {
	d.t.Helper()
	ctx := context.Background()
	for _, o := range d.all {
		err := o.read(ctx)
		gone := notFound(err)
		switch {
		case err != nil && !gone:
			d.t.Errorf("%s, %d: %v", o.name, o.fate, err)
		case gone && o.fate == there:
			d.t.Errorf("a %s is gone that nobody deleted", o.name)
		case !gone && o.fate == absent:
			d.t.Errorf("a deleted %s is there", o.name)
		}
		for _, link := range o.links {
			if _, err := d.api.Download(ctx, link); notFound(err) != gone || err != nil && !gone {
				d.t.Errorf("%s, gone is %t: a file of it: %v", o.name, gone, err)
			}
		}
		o.fate = map[bool]fate{true: absent, false: there}[gone]
	}
	d.checkUnacknowledged(ctx)
}

// checkUnacknowledged reads all folders and reports, also those whose making was
// not acknowledged.
func (d *deletionDrill) checkUnacknowledged(ctx context.Context) {
	d.t.Helper()
	folders, err := d.api.Folders(ctx, url.Values{"limit": {"-1"}})
	if err != nil {
		d.t.Fatal(err)
	}
	for _, f := range folders.Items {
		if err := d.whole(ctx, f); err != nil {
			// A company's folders go one by one in the background, also between two calls.
			if _, now := d.api.Folder(ctx, f.ID); !notFound(now) {
				d.t.Errorf("a folder of %d media: %v", len(f.Media), err)
			}
		}
	}
}

// whole reads all media and reports of a listed folder.
func (d *deletionDrill) whole(ctx context.Context, f client.Folder) error {
	if len(f.Media) != 2 {
		return errors.New("two were sent")
	}
	for _, m := range f.Media {
		if _, err := d.api.Download(ctx, m.OriginalURL); err != nil {
			return fmt.Errorf("media: %w", err)
		}
	}
	reports, err := d.api.Reports(ctx, f.ID)
	if err != nil {
		return err
	}
	for _, r := range reports {
		if err := d.readReport(ctx, r); err != nil {
			return fmt.Errorf("report: %w", err)
		}
	}
	return nil
}

func notFound(err error) bool {
	var e *client.Error
	return errors.As(err, &e) && e.Status == 404
}

// TestDeletionsAndReportsSurviveKills is a drill: a server is killed while folders,
// reports, templates of them, persons and companies are made and deleted. What was
// acknowledged holds, what was not is whole or gone, and no file is left that nobody
// names.
func TestDeletionsAndReportsSurviveKills(t *testing.T) {
	persons, _ := portraits(t, 6)
	own := listen(t, "127.0.0.1:0")
	d := &deletionDrill{process: &process{t: t, data: dataOf(t), address: own.Addr().String()}}
	own.Close()
	d.start()
	list, found := d.enrol(persons)
	const rounds = 6
	var companies []bonafide.ID
	for range rounds {
		companies = append(companies, d.company(persons[0][0]))
	}
	for round := range rounds {
		ctx, cancel := context.WithCancel(t.Context())
		var clients sync.WaitGroup
		for range 3 {
			clients.Go(func() { d.load(ctx) })
		}
		time.Sleep(time.Second/2 + time.Duration(rand.Int64N(int64(time.Second))))
		if err := d.api.DeleteCompany(ctx, companies[round]); err != nil {
			t.Fatal(err)
		}
		for range 8 { // so that the kill falls into deletions
			clients.Go(func() {
				for ctx.Err() == nil && d.delete(ctx) == nil {
				}
			})
		}
		time.Sleep(time.Duration(rand.Int64N(int64(40 * time.Millisecond))))
		d.kill()
		cancel()
		clients.Wait()
		d.start()
		d.check()
	}
	for i, photos := range persons {
		a := search(t.Context(), t, d.api, list, photos[0])
		if named := a.ResultsMedia[0].PersonID; found[i].fate == absent && named != "" || found[i].fate == there && named == "" {
			t.Errorf("person %d, %d: found is %t", i, found[i].fate, named != "")
		}
	}
	for _, id := range companies {
		d.waitGone(id)
	}
	d.kill()
	if !pgtest.Asked() {
		d.checkDisk(companies)
	}
	count := map[string]int{}
	for _, o := range d.all {
		count[fmt.Sprint(o.name, map[fate]string{there: " there", absent: " deleted"}[o.fate])]++
	}
	t.Logf("%d kills, %d deletions cut off: %v", rounds, d.asks, count)
}

// enrol makes the persons. The drill may delete half of them.
func (d *deletionDrill) enrol(persons [][2]string) (list bonafide.ID, found []*object) {
	d.t.Helper()
	ctx := d.t.Context()
	all, err := d.api.Collections(ctx)
	if err != nil {
		d.t.Fatal(err)
	}
	list = all[0].ID
	for _, photos := range persons {
		p, err := d.api.AddPerson(ctx, list, client.Payload{}, file(d.t, "p", photos[0]))
		if err != nil {
			d.t.Fatal(err)
		}
		o := &object{name: "person", links: []string{p.Images[0].OriginalURL},
			read:   func(ctx context.Context) error { _, err := d.api.Person(ctx, list, p.ID); return err },
			remove: func(ctx context.Context) error { return d.api.DeletePerson(ctx, list, p.ID) }}
		found = append(found, o)
	}
	d.add(found[:len(found)/2]...)
	return list, found
}

// company makes a company that has something of everything.
func (d *deletionDrill) company(portrait string) bonafide.ID {
	d.t.Helper()
	ctx := d.t.Context()
	c, err := d.api.CreateCompany(ctx, "Bank")
	if err != nil {
		d.t.Fatal(err)
	}
	who := client.Credentials{Email: string(c.ID) + "@example.org", Password: bonafide.NewSecret(16)}
	if _, err := d.api.CreateUser(ctx, who, client.Profile{CompanyID: c.ID, Type: bonafide.ClientAdmin}); err != nil {
		d.t.Fatal(err)
	}
	boss := &deletionDrill{process: &process{t: d.t, api: client.New("http://"+d.address, nil)}}
	if err := boss.api.SignIn(ctx, who.Email, who.Password); err != nil {
		d.t.Fatal(err)
	}
	for range 5 {
		if err := errors.Join(boss.folder(ctx), boss.template(ctx)); err != nil {
			d.t.Fatal(err)
		}
	}
	lists, err := boss.api.Collections(ctx)
	if err != nil {
		d.t.Fatal(err)
	}
	if _, err := boss.api.AddPerson(ctx, lists[0].ID, client.Payload{}, file(d.t, "p", portrait)); err != nil {
		d.t.Fatal(err)
	}
	return c.ID
}

// waitGone waits for the end of a company whose deletion was acknowledged.
func (d *deletionDrill) waitGone(id bonafide.ID) {
	d.t.Helper()
	for deadline := time.Now().Add(10 * time.Minute); ; time.Sleep(50 * time.Millisecond) {
		c, err := d.api.Company(d.t.Context(), id)
		if notFound(err) {
			return
		}
		if err != nil || !c.InDeletion || time.Now().After(deadline) {
			d.t.Fatalf("%+v, %v", c, err)
		}
	}
}

// checkDisk looks at what a dead server has left: no row of a deleted company but in
// the audit log, no file without an object, no blob without a file.
func (d *deletionDrill) checkDisk(companies []bonafide.ID) {
	d.t.Helper()
	path := filepath.Join(d.data, "bonafide.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		d.t.Fatal(err)
	}
	defer db.Close()
	for _, table := range strings.Fields(one[string](d.t, db, `SELECT group_concat(m.name, ' ') FROM sqlite_schema AS m, pragma_table_info(m.name) AS c
		WHERE m.type = 'table' AND c.name = 'company_id' AND m.name NOT IN ('audit', 'audit_pending', 'folder_counts')`)) {
		for _, id := range companies {
			if n := one[int](d.t, db, "SELECT count(*) FROM "+table+" WHERE company_id = ?", id); n != 0 {
				d.t.Errorf("%d rows of a deleted company in %s", n, table)
			}
		}
	}
	if n := one[int](d.t, db, `SELECT count(*) FROM files WHERE key NOT IN (SELECT original_key FROM media UNION SELECT thumb_key FROM media WHERE thumb_key IS NOT NULL
		UNION SELECT file_key FROM reports UNION SELECT file_key FROM report_attachments UNION SELECT picture_key FROM report_attachments
		UNION SELECT original_key FROM person_images UNION SELECT thumb_key FROM person_images WHERE thumb_key IS NOT NULL)`); n != 0 {
		d.t.Errorf("%d files belong to nothing", n)
	}
	digests := d.blobs()
	for digest := range digests {
		if one[int](d.t, db, "SELECT (SELECT count(*) FROM files WHERE digest = ?1) + (SELECT count(*) FROM loose_blobs WHERE digest = ?1)", digest) == 0 {
			d.t.Error("a blob is left that nobody will remove")
		}
	}
	d.sweep(path)
	left := d.blobs()
	if n := one[int](d.t, db, "SELECT count(DISTINCT digest) FROM files"); n != len(left) {
		d.t.Errorf("%d blobs after a sweep, %d are named", len(left), n)
	}
	d.t.Logf("%d blobs, %d after a sweep", len(digests), len(left))
}

// one reads a single value.
func one[T any](t *testing.T, db *sql.DB, query string, args ...any) (v T) {
	t.Helper()
	if err := db.QueryRow(query, args...).Scan(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

// blobs gives the digests on the disk.
func (d *deletionDrill) blobs() map[string]bool {
	d.t.Helper()
	found := map[string]bool{}
	err := filepath.WalkDir(filepath.Join(d.data, "blobs"), func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() && filepath.Base(filepath.Dir(path)) != "tmp" {
			found[e.Name()] = true
		}
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return found
}

// sweep removes what is loose, as the server does in time.
func (d *deletionDrill) sweep(path string) {
	d.t.Helper()
	ctx := context.Background()
	store, err := storetest.SQLite(ctx, filepath.Dir(path))
	if err != nil {
		d.t.Fatal(err)
	}
	defer store.Close()
	blobs, err := disk.Open(filepath.Join(d.data, "blobs"), store.ClaimBlobs)
	if err == nil {
		_, err = store.SweepBlobs(ctx, time.Now().Add(time.Hour), blobs.Delete)
	}
	if err != nil {
		d.t.Fatal(err)
	}
}
