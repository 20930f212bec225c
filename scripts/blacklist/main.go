// Command blacklist walks through a blacklist on a server of its own: it enrols
// persons, looks for some of them by other photos and for strangers, deletes
// persons, kills the server, starts it again and looks once more. It fails when the
// right person is not named, when a deleted one is, and when more strangers are
// declined than -alarms says.
//
//	go run ./scripts/blacklist -binary build/bonafide -photos /data/lfw -persons 1000
//
// Photos are named after their person, such as Ada_Lovelace_0002.jpg.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/client"
)

func main() {
	log.SetFlags(log.Ltime)
	w := &walk{}
	flag.StringVar(&w.binary, "binary", "build/bonafide", "the server's binary")
	flag.StringVar(&w.photos, "photos", "", "folder of photos")
	flag.IntVar(&w.persons, "persons", 1000, "persons to enrol")
	flag.IntVar(&w.probes, "probes", 50, "enrolled persons to look for, and as many strangers")
	flag.Float64Var(&w.misses, "misses", 0.2, "share of enrolled persons that may be missed")
	flag.Float64Var(&w.alarms, "alarms", 0.05, "share of strangers that may be declined")
	flag.Parse()
	if err := w.run(context.Background()); err != nil {
		log.Fatal(err)
	}
}

type walk struct {
	binary, photos  string
	persons, probes int
	misses, alarms  float64

	data, base string
	api        *client.Client
	list       bonafide.ID
}

// someone is a person with photos, and with an id once enrolled.
type someone struct {
	name   string
	photos []string
	id     bonafide.ID
}

func (w *walk) run(ctx context.Context) error {
	enrolled, strangers, err := w.people()
	if err != nil {
		return err
	}
	if w.data, err = os.MkdirTemp("", "blacklist"); err != nil {
		return err
	}
	defer os.RemoveAll(w.data)
	if w.base, err = freeAddress(); err != nil {
		return err
	}
	server, err := w.start(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = server.Process.Kill() }()
	made, err := w.api.CreateCollection(ctx, "", "walk")
	if err != nil {
		return err
	}
	w.list = made.ID
	if enrolled, err = w.enrol(ctx, enrolled); err != nil {
		return err
	}
	probes := slices.DeleteFunc(slices.Clone(enrolled), func(s *someone) bool { return len(s.photos) < 2 })
	probes = probes[:min(w.probes, len(probes))]
	found, err := w.look(ctx, probes, strangers)
	if err != nil {
		return err
	}
	gone := found[:len(found)/2]
	for _, s := range gone {
		if err := w.api.DeletePerson(ctx, w.list, s.id); err != nil {
			return fmt.Errorf("delete: %w", err)
		}
	}
	if err := w.neverAgain(ctx, gone); err != nil {
		return err
	}
	if err := server.Process.Kill(); err != nil {
		return err
	}
	_ = server.Wait() // "signal: killed" is what was wanted
	if server, err = w.start(ctx); err != nil {
		return err
	}
	log.Print("killed and started again")
	if err := w.neverAgain(ctx, gone); err != nil {
		return err
	}
	for _, s := range found[len(found)/2:] {
		id, verdict, err := w.search(ctx, s.photos[1])
		if err != nil {
			return err
		}
		if id != s.id {
			return fmt.Errorf("a person who was found before the restart is now %s", verdict)
		}
	}
	log.Printf("%d persons who are still listed are found after the restart", len(found)-len(gone))
	return nil
}

// people deals out persons: those with several photos are enrolled first, so that
// there is another photo to look for them by.
func (w *walk) people() (enrolled, strangers []*someone, err error) {
	files, err := filepath.Glob(filepath.Join(w.photos, "*_*.jpg"))
	if err != nil {
		return nil, nil, err
	}
	var all []*someone
	for _, path := range files { // sorted
		name := filepath.Base(path)
		name = name[:strings.LastIndex(name, "_")]
		if n := len(all); n == 0 || all[n-1].name != name {
			all = append(all, &someone{name: name})
		}
		last := all[len(all)-1]
		last.photos = append(last.photos, path)
	}
	if len(all) < w.persons+w.probes {
		return nil, nil, fmt.Errorf("%s shows %d persons, %d are needed", w.photos, len(all), w.persons+w.probes)
	}
	slices.SortStableFunc(all, func(a, b *someone) int { return min(len(b.photos), 2) - min(len(a.photos), 2) })
	return all[:w.persons], all[len(all)-w.probes:], nil
}

// enrol adds the persons, but for those whose photo shows no single face.
func (w *walk) enrol(ctx context.Context, all []*someone) ([]*someone, error) {
	start := time.Now()
	var mu sync.Mutex
	var added []*someone
	refused := 0
	err := each(all, func(s *someone) error {
		raw, err := os.ReadFile(s.photos[0])
		if err != nil {
			return err
		}
		p, err := w.api.AddPerson(ctx, w.list, client.Payload{MediaTags: map[string][]string{"p1": {"photo_selfie"}}},
			client.File{Key: "p1", Name: "p1.jpg", Content: bytes.NewReader(raw)})
		mu.Lock()
		defer mu.Unlock()
		var e *client.Error
		if errors.As(err, &e) && e.Status == 400 && e.Code == 4 {
			refused++
			return nil
		}
		if err != nil {
			return fmt.Errorf("enrol: %w", err)
		}
		s.id = p.ID
		added = append(added, s)
		return nil
	})
	if err != nil {
		return nil, err
	}
	l, err := w.api.Persons(ctx, w.list, url.Values{"limit": {"1"}})
	if err != nil {
		return nil, err
	}
	if l.Total == nil || *l.Total != len(added) {
		return nil, fmt.Errorf("the list does not count %d persons", len(added))
	}
	log.Printf("%d persons enrolled in %s, %d photos refused", len(added), time.Since(start).Round(time.Second), refused)
	return added, nil
}

// look searches for enrolled persons and strangers, and gives those who were
// found.
func (w *walk) look(ctx context.Context, listed, strangers []*someone) (found []*someone, err error) {
	var mu sync.Mutex
	var missed, mistaken, alarms, unusable int
	err = each(listed, func(s *someone) error {
		id, verdict, err := w.search(ctx, s.photos[1])
		mu.Lock()
		defer mu.Unlock()
		switch {
		case err != nil:
			return err
		case verdict == bonafide.Declined && id == s.id:
			found = append(found, s)
		case verdict == bonafide.Declined && id == "":
			unusable++
		case verdict == bonafide.Success:
			missed++
		default:
			mistaken++
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	log.Printf("of %d listed persons %d are declined by name, %d missed, %d mistaken for another, %d photos unusable",
		len(listed), len(found), missed, mistaken, unusable)
	err = each(strangers, func(s *someone) error {
		id, _, err := w.search(ctx, s.photos[0])
		mu.Lock()
		defer mu.Unlock()
		if id != "" {
			alarms++
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	log.Printf("of %d strangers %d are declined as listed", len(strangers), alarms)
	switch {
	case float64(missed+mistaken) > w.misses*float64(len(listed)):
		return nil, errors.New("too many listed persons are missed")
	case float64(alarms) > w.alarms*float64(len(strangers)):
		return nil, errors.New("too many strangers are declined")
	}
	return found, nil
}

// neverAgain proves that none of the deleted persons is named.
func (w *walk) neverAgain(ctx context.Context, gone []*someone) error {
	deleted := map[bonafide.ID]bool{}
	for _, s := range gone {
		deleted[s.id] = true
	}
	err := each(gone, func(s *someone) error {
		id, _, err := w.search(ctx, s.photos[1])
		if err == nil && deleted[id] {
			err = errors.New("a deleted person was found")
		}
		return err
	})
	if err == nil {
		log.Printf("none of %d deleted persons is found", len(gone))
	}
	return err
}

// search makes a folder of a photo and gives the person whom the analysis names.
func (w *walk) search(ctx context.Context, photo string) (bonafide.ID, bonafide.Status, error) {
	raw, err := os.ReadFile(photo)
	if err != nil {
		return "", "", err
	}
	f, err := w.api.CreateFolder(ctx, client.Payload{Analyses: []client.Order{{Type: "collection", CollectionID: w.list}}},
		client.File{Key: "p", Name: "p.jpg", Content: bytes.NewReader(raw)})
	if err != nil {
		return "", "", err
	}
	a := f.Analyses[0]
	if a.State != bonafide.Finished || len(a.ResultsMedia) != 1 {
		return "", "", fmt.Errorf("the analysis is %s: %s", a.State, a.ErrorMessage)
	}
	if (a.ResultsMedia[0].PersonID != "") && a.Resolution != bonafide.Declined {
		return "", "", fmt.Errorf("a person is named and the analysis is %s", a.Resolution)
	}
	return a.ResultsMedia[0].PersonID, a.Resolution, nil
}

// each calls do for all, a few at a time.
func each(all []*someone, do func(*someone) error) error {
	errs := make([]error, len(all))
	slots := make(chan struct{}, 4)
	var running sync.WaitGroup
	for i, s := range all {
		slots <- struct{}{}
		running.Go(func() {
			defer func() { <-slots }()
			errs[i] = do(s)
		})
	}
	running.Wait()
	return errors.Join(errs...)
}

// start runs the server and signs in as the first administrator.
func (w *walk) start(ctx context.Context) (*exec.Cmd, error) {
	server := exec.Command(w.binary, "serve", "--data", w.data, "--listen", w.base, "--log-level", "error")
	server.Stderr = os.Stderr
	if err := server.Start(); err != nil {
		return nil, err
	}
	var err error
	for range 1200 {
		if err = w.signIn(ctx); err == nil {
			return server, nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	_ = server.Process.Kill()
	return nil, fmt.Errorf("the server did not start: %w", err)
}

func (w *walk) signIn(ctx context.Context) error {
	raw, err := os.ReadFile(filepath.Join(w.data, "admin-password"))
	if err != nil {
		return err
	}
	lines := strings.Fields(string(raw))
	if len(lines) != 2 {
		return fmt.Errorf("the password file has %d words, not 2", len(lines))
	}
	w.api = client.New("http://"+w.base, nil)
	return w.api.SignIn(ctx, lines[0], lines[1])
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}
