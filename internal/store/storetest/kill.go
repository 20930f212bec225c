package storetest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

// Variables of the environment that turn a test binary into the process that is
// killed.
const (
	childDir  = "STORETEST_CHILD_DIR"
	childRole = "STORETEST_CHILD_ROLE"
	// killRounds is how often the process is killed, 10 where it is not set.
	killRounds = "STORETEST_KILLS"
)

// Kill proves with kill -9 that nothing acknowledged is lost. The test that calls
// it must do nothing else: the test binary is started again for it alone.
func Kill(t *testing.T, open Opener) {
	if dir := os.Getenv(childDir); dir != "" {
		child(t, open, dir, os.Getenv(childRole))
		return
	}
	t.Run("under load", func(t *testing.T) { killUnderLoad(t, open) })
	t.Run("poison", func(t *testing.T) { poison(t, open) })
	t.Run("innocent", func(t *testing.T) { innocent(t, open) })
}

// IsChild tells whether this process is one that Kill kills.
func IsChild() bool { return os.Getenv(childDir) != "" }

// child works the queue, in role load also orders, and reports on standard output
// what was acknowledged to it. It ends when it is killed or its standard input
// is closed.
func child(t *testing.T, open Opener, dir, role string) {
	s, err := open(t.Context(), dir)
	ok(t, err)
	defer s.Close()
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		cancel()
	}()
	run := func(ctx context.Context, group bonafide.ID, attempt int, last bool) error {
		if role == "poison" {
			report("attempt", attempt, last)
			select {} // until the process is killed
		}
		time.Sleep(time.Duration(rand.IntN(4)) * time.Millisecond)
		if err := finish(ctx, s, group, randomEnd()); err != nil {
			return err
		}
		report("ended", group, ending(ctx, s, group))
		return nil
	}
	if role == "load" {
		for range 3 {
			go load(ctx, s)
		}
	}
	ok(t, s.Work(ctx, 2, run))
}

// report writes a line in one go.
func report(words ...any) { fmt.Println(words...) }

func randomEnd() bonafide.Status {
	return []bonafide.Status{bonafide.Success, bonafide.Declined, bonafide.OperatorRequired}[rand.IntN(3)]
}

// ending spells how a group ended, without spaces.
func ending(ctx context.Context, s store.Store, group bonafide.ID) string {
	analyses, err := s.Group(ctx, group)
	if err != nil {
		return "error"
	}
	var words []string
	for _, a := range analyses {
		words = append(words, fmt.Sprintf("%s/%s/%d", a.State, a.Resolution, a.TimeUpdated.UnixMicro()))
	}
	return strings.Join(words, ",")
}

// load makes folders with orders, some in one step, some in three, of a company that has
// readings noted, and reads files of some.
func load(ctx context.Context, s store.Store) {
	c := &bonafide.Company{ID: bonafide.NewID(), TechnicalMeta: bonafide.Meta{"log_reads": true}}
	if s.CreateCompany(ctx, c) != nil {
		return
	}
	for ctx.Err() == nil {
		f := &bonafide.Folder{ID: bonafide.NewID(), CompanyID: c.ID}
		m := newMedia()
		o := newOrder(m.ID)
		if rand.IntN(3) == 0 {
			loadCaptured(ctx, s, f, m, o)
			continue
		}
		if rand.IntN(2) == 0 {
			if s.CreateFolder(ctx, f, []bonafide.Media{m}, o) == nil {
				report("ordered", f.ID, m.ID, o.GroupID)
			}
			if s.NoteRead(ctx, m.Original.Key) == nil {
				report("read", m.ID)
			}
			continue
		}
		if s.CreateFolder(ctx, f, nil, nil) == nil &&
			s.AddToFolder(ctx, f.ID, store.Addition{Media: []bonafide.Media{m}}) == nil &&
			s.AddToFolder(ctx, f.ID, store.Addition{Order: o}) == nil {
			report("ordered", f.ID, m.ID, o.GroupID)
		}
	}
}

// loadCaptured draws a capture and makes a folder of it, twice at once.
func loadCaptured(ctx context.Context, s store.Store, f *bonafide.Folder, m bonafide.Media, o *store.Order) {
	c := newCapture(f.CompanyID, bonafide.NewID())
	if s.DrawCapture(ctx, c, store.CaptureLimits{}) != nil {
		return
	}
	report("drawn", c.ID)
	second := make(chan struct{})
	go func() {
		defer close(second)
		other := &bonafide.Folder{ID: bonafide.NewID(), CompanyID: f.CompanyID}
		if s.CreateCapturedFolder(ctx, other, nil, nil, store.CaptureUse{ID: c.ID, Outcome: "folder"}) == nil {
			report("spent", c.ID, other.ID)
		}
	}()
	if s.CreateCapturedFolder(ctx, f, []bonafide.Media{m}, o, store.CaptureUse{ID: c.ID, Outcome: "folder"}) == nil {
		report("ordered", f.ID, m.ID, o.GroupID)
		report("spent", c.ID, f.ID)
	}
	<-second
}

// checkCaptures wants each session spent where there is a folder of it, and only there.
func (l *ledger) checkCaptures(t *testing.T, s store.Store) {
	for _, id := range l.drawn {
		c, err := s.CaptureSession(t.Context(), id)
		if err != nil {
			t.Errorf("capture %s: %v", id, err)
			continue
		}
		if told := l.spent[id]; told != "" && c.FolderID != told {
			t.Errorf("capture %s was spent on folder %s, now on %q", id, told, c.FolderID)
		}
		if c.UsedAt.IsZero() != (c.FolderID == "") {
			t.Errorf("capture %s: used at %v, folder %q", id, c.UsedAt, c.FolderID)
		}
		if c.FolderID == "" {
			continue
		}
		if _, err := s.Folder(t.Context(), bonafide.Scope{}, c.FolderID); err != nil {
			t.Errorf("capture %s: folder %s: %v", id, c.FolderID, err)
		}
	}
}

// spawn starts the test binary as a child for one test. kill ends it with signal
// 9 and hands each line that it had written before to rest.
func spawn(t *testing.T, dir, role string) (lines *bufio.Scanner, kill func(rest func(line string))) {
	t.Helper()
	test, _, _ := strings.Cut(t.Name(), "/")
	cmd := exec.Command(os.Args[0], "-test.run=^"+test+"$")
	cmd.Env = append(os.Environ(), childDir+"="+dir, childRole+"="+role)
	stdin, err := cmd.StdinPipe() // open as long as this process lives
	ok(t, err)
	stdout, err := cmd.StdoutPipe()
	ok(t, err)
	ok(t, cmd.Start())
	lines = bufio.NewScanner(stdout)
	return lines, func(rest func(line string)) {
		_ = cmd.Process.Kill()
		for lines.Scan() {
			rest(lines.Text())
		}
		_ = cmd.Wait()
		_ = stdin.Close()
	}
}

// ledger is what was acknowledged.
type ledger struct {
	orders []acknowledged
	reads  []bonafide.ID               // media
	drawn  []bonafide.ID               // captures
	spent  map[bonafide.ID]bonafide.ID // folders by capture
	ends   map[bonafide.ID]string
}

type acknowledged struct{ folder, media, group bonafide.ID }

// note reads a line of a child. Lines are written in one go, so that a kill never
// cuts one.
func (l *ledger) note(t *testing.T, line string) {
	words := strings.Fields(line)
	switch {
	case len(words) == 4 && words[0] == "ordered":
		l.orders = append(l.orders, acknowledged{bonafide.ID(words[1]), bonafide.ID(words[2]), bonafide.ID(words[3])})
	case len(words) == 2 && words[0] == "drawn":
		l.drawn = append(l.drawn, bonafide.ID(words[1]))
	case len(words) == 3 && words[0] == "spent":
		if before := l.spent[bonafide.ID(words[1])]; before != "" {
			t.Errorf("capture %s was spent on %s and on %s", words[1], before, words[2])
		}
		l.spent[bonafide.ID(words[1])] = bonafide.ID(words[2])
	case len(words) == 2 && words[0] == "read":
		l.reads = append(l.reads, bonafide.ID(words[1]))
	case len(words) == 3 && words[0] == "ended":
		group := bonafide.ID(words[1])
		if before, twice := l.ends[group]; twice && before != words[2] {
			t.Errorf("group %s ended as %s and again as %s", group, before, words[2])
		}
		l.ends[group] = words[2]
	default:
		t.Errorf("the child says: %s", line)
	}
}

func killUnderLoad(t *testing.T, open Opener) {
	dir := t.TempDir()
	s, err := open(t.Context(), dir) // what keeps it is not a child's
	ok(t, err)
	ok(t, s.Close())
	rounds := 10
	if n, err := strconv.Atoi(os.Getenv(killRounds)); err == nil {
		rounds = n
	}
	book := &ledger{ends: map[bonafide.ID]string{}, spent: map[bonafide.ID]bonafide.ID{}}
	note := func(line string) { book.note(t, line) }
	for range rounds {
		lines, kill := spawn(t, dir, "load")
		for range rand.IntN(60) { // a random moment that does not depend on the machine
			if !lines.Scan() {
				t.Fatal("the child ended by itself")
			}
			note(lines.Text())
		}
		kill(note)
	}
	s, err = open(t.Context(), dir)
	ok(t, err)
	defer s.Close()
	stop := working(t, s, 2, func(ctx context.Context, group bonafide.ID, _ int, _ bool) error {
		return finish(ctx, s, group, randomEnd())
	})
	running := bonafide.Query{Filters: []bonafide.Filter{filter("state", bonafide.OpIn, "PROCESSING")}}
	eventually(func() bool {
		page, err := s.Analyses(t.Context(), bonafide.Scope{}, running)
		ok(t, err)
		return page.Total == 0
	})
	stop()
	book.check(t, s)
	book.checkCaptures(t, s)
	t.Logf("%d orders, %d ends, %d readings and %d captures were acknowledged over %d kills", len(book.orders), len(book.ends), len(book.reads), len(book.spent), rounds)
}

func (l *ledger) check(t *testing.T, s store.Store) {
	for _, a := range l.orders {
		f, err := s.Folder(t.Context(), bonafide.Scope{}, a.folder)
		if err != nil || f.State.SystemResolution == bonafide.Processing {
			t.Errorf("folder %s: %+v, %v", a.folder, f, err)
		}
		m, err := s.Media(t.Context(), bonafide.Scope{}, a.media)
		if err != nil || m.FolderID != a.folder {
			t.Errorf("media %s: %v", a.media, err)
		}
		analyses, err := s.Group(t.Context(), a.group)
		if err != nil || len(analyses) != 2 || analyses[0].FolderID != a.folder {
			t.Errorf("group %s: %d analyses, %v", a.group, len(analyses), err)
		}
	}
	for _, media := range l.reads {
		page, err := s.AuditEntries(t.Context(), bonafide.Query{Limit: 1, Filters: []bonafide.Filter{
			filter("object_id", bonafide.OpIn, string(media)), filter("action", bonafide.OpIn, bonafide.ActionRead)}})
		if err != nil || page.Total != 1 {
			t.Errorf("the reading of media %s is noted %d times, %v", media, page.Total, err)
		}
	}
	ok(t, s.Differences(t.Context(), func(d store.Difference) error {
		t.Errorf("the log tells otherwise: %s", d)
		return nil
	}))
	for group, end := range l.ends {
		if got := ending(t.Context(), s, group); got != end {
			t.Errorf("group %s ended as %s, now %s", group, end, got)
		}
	}
	all, err := s.Analyses(t.Context(), bonafide.Scope{}, bonafide.Query{Limit: -1})
	ok(t, err)
	groups := map[bonafide.ID]int{}
	for _, a := range all.Items {
		groups[a.GroupID]++
	}
	for group, n := range groups {
		if n != 2 {
			t.Errorf("group %s, acknowledged or not, has %d analyses of 2", group, n)
		}
	}
}

// maxCuts is how often an attempt may be cut short before the group is given up.
const maxCuts = 10

// cut orders a group and kills the process that runs it, each time in its first
// attempt.
func cut(t *testing.T, open Opener, dir string, times int) *store.Order {
	t.Helper()
	s, err := open(t.Context(), dir)
	ok(t, err)
	o := newOrder()
	ok(t, s.CreateFolder(t.Context(), &bonafide.Folder{ID: bonafide.NewID()}, nil, o))
	ok(t, s.Close())
	for range times {
		lines, kill := spawn(t, dir, "poison")
		for lines.Scan() && !strings.HasPrefix(lines.Text(), "attempt") {
			t.Logf("child: %s", lines.Text())
		}
		if lines.Text() != "attempt 1 false" {
			t.Errorf("the child reports %q", lines.Text())
		}
		kill(func(line string) { t.Errorf("the child goes on: %s", line) })
	}
	return o
}

// poison proves that a group which brings down the process each time ends as
// FAILED.
func poison(t *testing.T, open Opener) {
	dir := t.TempDir()
	o := cut(t, open, dir, maxCuts)
	s, err := open(t.Context(), dir)
	ok(t, err)
	defer s.Close()
	stop := working(t, s, 1, func(_ context.Context, group bonafide.ID, attempt int, _ bool) error {
		t.Errorf("group %s was run once more, as attempt %d", group, attempt)
		return nil
	})
	eventually(func() bool { return ended(t, s, o.GroupID) })
	stop()
	group, err := s.Group(t.Context(), o.GroupID)
	ok(t, err)
	for _, a := range group {
		if a.State != bonafide.Failed || a.ErrorMessage == "" {
			t.Errorf("the poisoned analysis ended as %s %q", a.State, a.ErrorMessage)
		}
	}
}

// innocent proves that a group which was cut short more often than it may fail
// keeps its three attempts.
func innocent(t *testing.T, open Opener) {
	dir := t.TempDir()
	o := cut(t, open, dir, maxCuts-1)
	s, err := open(t.Context(), dir)
	ok(t, err)
	defer s.Close()
	seen := &attempts{calls: map[bonafide.ID][]string{}}
	stop := working(t, s, 1, func(ctx context.Context, group bonafide.ID, attempt int, last bool) error {
		seen.note(group, attempt, last)
		if !last {
			return errors.New("the disk is full")
		}
		return finish(ctx, s, group, bonafide.Success)
	})
	eventually(func() bool { return ended(t, s, o.GroupID) })
	stop()
	if got, want := seen.calls[o.GroupID], []string{"1 false", "2 false", "3 true"}; !slices.Equal(got, want) {
		t.Errorf("attempts %v, want %v", got, want)
	}
	group, err := s.Group(t.Context(), o.GroupID)
	ok(t, err)
	for _, a := range group {
		if a.Resolution != bonafide.Success {
			t.Errorf("ended as %s %s", a.State, a.Resolution)
		}
	}
}
