package report_test

import (
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/blob/disk"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/intake/intaketest"
	"github.com/bonafide-id/bonafide/internal/report"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

// restless is a store whose folder changes so many times while a report is made of it.
type restless struct {
	storetest.Subject
	left int
}

func (r *restless) AnalysesOf(ctx context.Context, folders ...bonafide.ID) (map[bonafide.ID][]bonafide.Analysis, error) {
	if r.left > 0 {
		r.left--
		m := []bonafide.Media{{ID: bonafide.NewID(), Kind: bonafide.Image, Original: bonafide.File{Key: bonafide.NewSecret(16), Digest: bonafide.NewSecret(32)}}}
		if err := r.AddToFolder(ctx, folders[0], store.Addition{Media: m}); err != nil {
			return nil, err
		}
	}
	return r.Subject.AnalysesOf(ctx, folders...)
}

// desk is a maker over a real store and real blobs, and a user with a folder.
type desk struct {
	*report.Maker
	store  *restless
	blobs  *disk.Blobs
	user   *bonafide.User
	folder bonafide.ID
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	blobs, err := disk.Open(filepath.Join(t.TempDir(), "blobs"), nil)
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{store: &restless{Subject: storetest.Open(t)}, blobs: blobs}
	d.Maker = report.New(report.Config{Store: d.store, Blobs: blobs, Name: "{folder_id} {date}.pdf", Zone: time.FixedZone("far", 14*3600)})
	d.user = d.newUser(t)
	f := bonafide.Folder{ID: bonafide.NewID(), CompanyID: d.user.CompanyID, UserID: d.user.ID, Meta: bonafide.Meta{}}
	if err := d.store.CreateFolder(t.Context(), &f, nil, nil); err != nil {
		t.Fatal(err)
	}
	d.folder = f.ID
	return d
}

// newUser makes a user of a company of their own.
func (d *desk) newUser(t *testing.T) *bonafide.User {
	t.Helper()
	c := bonafide.Company{ID: bonafide.NewID(), Name: "Bank"}
	u := &bonafide.User{ID: bonafide.NewID(), CompanyID: c.ID, Type: bonafide.Client, Active: true, Email: string(c.ID) + "@bank.example"}
	if err := d.store.CreateCompany(t.Context(), &c); err != nil {
		t.Fatal(err)
	}
	if err := d.store.CreateUser(t.Context(), u); err != nil {
		t.Fatal(err)
	}
	return u
}

func company(u *bonafide.User) bonafide.Scope { return bonafide.Scope{CompanyID: u.CompanyID} }

// template makes a template of the user's company.
func (d *desk) template(t *testing.T, u *bonafide.User, name string, isDefault bool) *bonafide.ReportTemplate {
	t.Helper()
	made, err := d.CreateTemplate(t.Context(), u, company(u), "", report.TemplateChange{Name: &name, Default: &isDefault})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func (d *desk) order(template bonafide.ID) report.Order {
	return report.Order{Scope: company(d.user), Folder: d.folder, Templates: company(d.user), Template: template}
}

func TestAReportIsNamedAndKept(t *testing.T) {
	d := newDesk(t)
	r, err := d.Make(t.Context(), d.user, d.order(""))
	if err != nil {
		t.Fatal(err)
	}
	if want := string(d.folder) + " " + time.Now().UTC().Add(14*time.Hour).Format(time.DateOnly) + ".pdf"; r.Name != want {
		t.Errorf("it is named %q, want %q", r.Name, want)
	}
	f, err := d.blobs.Open(t.Context(), r.File.Digest)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if raw, err := io.ReadAll(f); err != nil || !strings.HasPrefix(string(raw), "%PDF-") || int64(len(raw)) != r.File.Size {
		t.Errorf("%.10q, %v", raw, err)
	}
}

func TestAReportIsBegunAnewWhereTheFolderChanges(t *testing.T) {
	for changes, want := range map[int]bonafide.Code{7: "", 8: bonafide.CodeBusy} {
		d := newDesk(t)
		d.store.left = changes
		_, err := d.Make(t.Context(), d.user, d.order(""))
		if (err == nil) != (want == "") || err != nil && bonafide.CodeOf(err) != want {
			t.Errorf("after %d changes: %v, want %q", changes, err, want)
		}
	}
}

func TestATemplateOfAnotherCompanyIsNotFound(t *testing.T) {
	d := newDesk(t)
	other := d.newUser(t)
	theirs := d.template(t, other, "theirs", true)
	if _, err := d.Make(t.Context(), d.user, d.order(theirs.ID)); bonafide.CodeOf(err) != bonafide.CodeNotFound {
		t.Errorf("inside the company's scope: %v", err)
	}
	o := d.order(theirs.ID)
	o.Templates = bonafide.Scope{} // an administrator's
	if _, err := d.Make(t.Context(), d.user, o); bonafide.CodeOf(err) != bonafide.CodeNotFound {
		t.Errorf("inside every scope: %v", err)
	}
	if _, err := d.Make(t.Context(), d.user, d.order(d.template(t, d.user, "ours", false).ID)); err != nil {
		t.Error(err)
	}
}

func TestOnlyPicturesAreAttached(t *testing.T) {
	d := newDesk(t)
	reception := intake.NewReception(intake.ReceptionConfig{Stager: d.blobs, Examiner: &intaketest.Examiner{}, MaxFiles: 4})
	ours := d.template(t, d.user, "ours", false)
	attach := func(files ...string) error {
		up := intake.Upload{Files: intaketest.Accept(t, reception, files...)}
		defer reception.Discard(t.Context(), up.Files)
		_, err := d.AddAttachments(t.Context(), company(d.user), ours.ID, up)
		return err
	}
	for want, files := range map[bonafide.Code][]string{bonafide.CodeStructure: nil, bonafide.CodeValue: {"a=image one", "b=video two"}} {
		if err := attach(files...); bonafide.CodeOf(err) != want || err == nil {
			t.Errorf("%q: %v, want %s", files, err, want)
		}
	}
	if all, err := d.store.ReportAttachments(t.Context(), ours.ID); err != nil || len(all) != 0 {
		t.Errorf("%+v, %v", all, err)
	}
	if err := attach("a=image one"); err != nil {
		t.Fatal(err)
	}
	all, err := d.store.ReportAttachments(t.Context(), ours.ID)
	if err != nil || len(all) != 1 || all[0].Name != "a.bin" || all[0].File.Size != int64(len("image one")) || all[0].Picture.MIME != "image/jpeg" {
		t.Errorf("%+v, %v", all, err)
	}
}
