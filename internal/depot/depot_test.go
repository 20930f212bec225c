package depot

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/models"
)

// known gives a depot of the program's own cards.
// usable tells whether the model is there and sound, as far as was looked.
func usable(e Entry) bool { return e.Err == nil && (e.Dir != "" || !e.NeedsGraph()) }

func known(t testing.TB, dirs ...string) *Depot {
	t.Helper()
	cards, err := ReadCards(models.FS)
	if err != nil {
		t.Fatal(err)
	}
	return &Depot{Cards: cards, Dirs: dirs, Own: models.FS}
}

// made gives a depot of one model whose source is the graph itself.
func made(content, url string, dirs ...string) *Depot {
	card := &model.Card{Name: "made", Version: "1", License: "CC0-1.0",
		Graphs: []model.Graph{{SHA256: digestOf([]byte(content)), Bytes: int64(len(content))}},
		Origin: &model.Origin{Route: routeURL, Convert: "none", Files: []model.OriginFile{
			{Path: "made.onnx", URL: url, SHA256: digestOf([]byte(content)), Bytes: int64(len(content))}}}}
	return &Depot{Cards: []*model.Card{card}, Dirs: dirs}
}

func npm(t testing.TB) string {
	t.Helper()
	for _, dir := range []string{os.Getenv("BONAFIDE_NPM"), "../../build/node_modules"} {
		if _, err := os.Stat(filepath.Join(dir, "@vladmandic/human/models")); dir != "" && err == nil {
			return dir
		}
	}
	t.Skip("SKIPPED: needs the npm packages; run make build or set BONAFIDE_NPM")
	return ""
}

func sharedModels(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("BONAFIDE_SHARED")
	if dir == "" {
		dir = "../../../shared"
	}
	dir = filepath.Join(dir, "models")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("SKIPPED: needs the folder models of the shared folder; set BONAFIDE_SHARED")
	}
	return dir
}

func write(t testing.TB, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func entry(t testing.TB, entries []Entry, name string) Entry {
	t.Helper()
	for _, e := range entries {
		if e.Card.Name == name {
			return e
		}
	}
	t.Fatalf("there is no entry %q", name)
	return Entry{}
}

func TestPackagesGiveThePinnedGraphs(t *testing.T) {
	out := t.TempDir()
	d := known(t, out)
	if err := d.Build(context.Background(), npm(t), out); err != nil {
		t.Fatal(err)
	}
	built := 0
	for _, e := range d.Verify() {
		if e.Card.Origin == nil || e.Card.Origin.Route != routeNPM {
			continue
		}
		built++
		if !usable(e) || e.Dir != filepath.Join(out, e.Card.Name) {
			t.Errorf("%s in %q: %v", e.Card.Name, e.Dir, e.Err)
		}
		if _, err := os.Stat(filepath.Join(e.Dir, recordFile)); err == nil {
			t.Errorf("%s is pinned and still has a record", e.Card.Name)
		}
	}
	if built < 5 {
		t.Errorf("%d models built", built)
	}
	before, _ := os.Stat(filepath.Join(out, "faceres", graphFile))
	if err := d.Build(context.Background(), npm(t), out); err != nil {
		t.Fatal(err)
	}
	if after, _ := os.Stat(filepath.Join(out, "faceres", graphFile)); !os.SameFile(before, after) {
		t.Error("a second build wrote again what was there")
	}
}

func TestAPackageOfOtherBytesIsRefused(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "@vladmandic/human/models/blazeface.json"), "{}")
	d := known(t)
	d.Cards = slices.DeleteFunc(d.Cards, func(c *model.Card) bool { return c.Name != "blazeface" })
	err := d.Build(context.Background(), dir, t.TempDir())
	if bonafide.CodeOf(err) != bonafide.CodeModel || !strings.Contains(err.Error(), "digest") {
		t.Errorf("err = %v", err)
	}
}

func TestAModelOfOurOwnComesWithTheProgram(t *testing.T) {
	out := t.TempDir()
	d := made("graph", "", out)
	d.Cards[0].Origin.Route, d.Cards[0].Origin.Files[0].URL = routeOwn, ""
	for _, c := range []struct{ content, state string }{{"grave", "digest"}, {"graph", ""}} {
		d.Own = fstest.MapFS{"made/made.onnx": {Data: []byte(c.content)}}
		err := d.Build(context.Background(), t.TempDir(), out)
		if c.state != "" {
			if bonafide.CodeOf(err) != bonafide.CodeModel || !strings.Contains(err.Error(), c.state) {
				t.Errorf("err = %v", err)
			}
			continue
		}
		if raw, failed := d.Graph("made"); err != nil || failed != nil || string(raw) != c.content {
			t.Errorf("graph %q: %v, %v", raw, err, failed)
		}
	}
}

func TestAFolderOfFilesInstallsTheStandardModels(t *testing.T) {
	dest := t.TempDir()
	d := known(t, dest)
	if err := d.Pull(context.Background(), nil, PullOptions{Dest: dest, From: sharedModels(t)}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"yunet-n", "reid-0095", "minifasnet-v2", "minifasnet-v1se"} {
		if e := entry(t, d.Verify(), name); !usable(e) {
			t.Errorf("%s: %v", name, e.Err)
		}
		if _, err := os.Stat(filepath.Join(dest, name, recordFile)); err == nil {
			t.Errorf("%s is pinned and still has a record", name)
		}
		if graph, err := d.Graph(name); err != nil || len(graph) == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAnAlteredGraphIsNotUsed(t *testing.T) {
	dir := t.TempDir()
	d := made("graph", "", dir)
	write(t, filepath.Join(dir, "made", graphFile), "grape")
	if e := d.Verify()[0]; usable(e) || bonafide.CodeOf(e.Err) != bonafide.CodeModel {
		t.Errorf("err = %v", e.Err)
	}
	if _, err := d.Graph("made"); bonafide.CodeOf(err) != bonafide.CodeModel {
		t.Errorf("err = %v", err)
	}
}

func TestAMissingModelSaysHowToGetIt(t *testing.T) {
	_, err := made("graph", "", t.TempDir()).Graph("made")
	if bonafide.CodeOf(err) != bonafide.CodeModel || !strings.Contains(err.Error(), "bonafide model pull made") {
		t.Errorf("err = %v", err)
	}
}

func TestTheFirstFolderWins(t *testing.T) {
	first, second := t.TempDir(), t.TempDir()
	write(t, filepath.Join(first, "made", graphFile), "graph")
	write(t, filepath.Join(second, "made", graphFile), "other")
	if e := made("graph", "", first, second).Verify()[0]; !usable(e) || filepath.Dir(e.Dir) != first {
		t.Errorf("in %q: %v", e.Dir, e.Err)
	}
}

// A graph that was converted here is accepted by the record of it, but only as
// long as the record speaks of the sources that the card pins.
func TestARecordedConversionIsAccepted(t *testing.T) {
	dir := t.TempDir()
	d := made("published", "", dir)
	card := d.Cards[0]
	if err := install(dir, card, []byte("converted")); err != nil {
		t.Fatal(err)
	}
	if e := d.Verify()[0]; !usable(e) {
		t.Fatal(e.Err)
	}
	card.Origin.Files[0].SHA256 = digestOf([]byte("a newer publication"))
	if e := d.Verify()[0]; usable(e) {
		t.Error("a record of other sources is accepted")
	}
}

func TestOperatorsBringTheirOwnModels(t *testing.T) {
	dir := t.TempDir()
	mine := *entry(t, known(t).All(), "reid-0095").Card
	mine.Name, mine.Origin = "mine", nil
	mine.Graphs = []model.Graph{{SHA256: digestOf([]byte("graph")), Bytes: 5}}
	card := string(indented(mine))
	write(t, filepath.Join(dir, "mine", cardFile), card)
	write(t, filepath.Join(dir, "mine", graphFile), "graph")
	write(t, filepath.Join(dir, "broken", cardFile), "{")
	write(t, filepath.Join(dir, "moved", cardFile), card)
	write(t, filepath.Join(dir, "made", cardFile), strings.Replace(card, "mine", "made", 1))
	d := made("graph", "", dir)
	all := d.Verify()
	if e := entry(t, all, "mine"); !e.Own || !usable(e) {
		t.Errorf("mine: %+v", e)
	}
	for _, name := range []string{"broken", "moved"} {
		if e := entry(t, all, name); usable(e) {
			t.Errorf("%s can be used", name)
		}
	}
	if e := entry(t, all, "made"); e.Own || e.Card != d.Cards[0] {
		t.Error("a card on disk replaces one of the program")
	}
	if graph, err := d.Graph("mine"); err != nil || string(graph) != "graph" {
		t.Errorf("graph %q, %v", graph, err)
	}
}

func TestSetsAreNamed(t *testing.T) {
	card := func(name string) *model.Card { return &model.Card{Name: name} }
	pair, set := card("pair"), card("set")
	pair.Parts = []model.Part{{Model: "a"}, {Model: "b"}}
	set.Members = &model.Members{Roles: map[model.Role]string{model.RoleDetector: "d", model.RolePAD: "pair"}}
	d := &Depot{Cards: []*model.Card{card("a"), card("d"), pair, set}}
	if got := entry(t, d.All(), "a").Sets; !slices.Equal(got, []string{"pair", "set"}) {
		t.Errorf("a serves %v", got)
	}
	if got := entry(t, d.All(), "d").Sets; !slices.Equal(got, []string{"set"}) {
		t.Errorf("d serves %v", got)
	}
}

func TestWhatASetLacksIsNamed(t *testing.T) {
	dir := t.TempDir()
	d := known(t, dir)
	if got := Lacking(d.All(), "set-starter"); !slices.Contains(got, "blazeface is not installed") || !slices.Contains(got, "liveness-texture is not installed") {
		t.Errorf("an empty folder lacks %q", got)
	}
	for _, e := range d.All() {
		if e.NeedsGraph() && e.Card.Name != "yunet-n" {
			write(t, filepath.Join(dir, e.Card.Name, graphFile), "graph")
		}
	}
	if got := Lacking(d.All(), "set-starter"); len(got) > 0 {
		t.Errorf("a whole set lacks %q", got)
	}
	if got := Lacking(d.All(), "set-standard"); !slices.Equal(got, []string{"yunet-n is not installed"}) {
		t.Errorf("one part is gone: %q", got)
	}
	if got := Lacking(d.Verify(), "set-starter"); len(got) == 0 || !strings.Contains(got[0], "digest") {
		t.Errorf("damaged graphs: %q", got)
	}
}

func TestTheAdviceForAMissingModelIsOneThatWorks(t *testing.T) {
	d := known(t, t.TempDir())
	d.Advice = func(c *model.Card) string { return "get " + c.Name }
	if _, err := d.Graph("facemesh"); err == nil || !strings.Contains(err.Error(), "try: get facemesh") || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("err = %v", err)
	}
	dest := d.Dirs[0]
	if err := d.Pull(t.Context(), []string{"liveness-texture"}, PullOptions{Dest: dest}); err != nil {
		t.Errorf("what the program carries: %v", err)
	}
	if _, err := d.Graph("liveness-texture"); err != nil {
		t.Error(err)
	}
	if err := d.Pull(t.Context(), []string{"facemesh"}, PullOptions{Dest: dest}); bonafide.CodeOf(err) != bonafide.CodeValue || !strings.Contains(err.Error(), "--from FOLDER") {
		t.Errorf("of a package: %v", err)
	}
}

func TestOneProcessInstallsAtATime(t *testing.T) {
	dir := t.TempDir()
	unlock, err := lock(dir)
	if err != nil {
		t.Fatal(err)
	}
	d := made("graph", "https://127.0.0.1:1/made.onnx", dir)
	if err := d.Pull(context.Background(), nil, PullOptions{Dest: dir}); bonafide.CodeOf(err) != bonafide.CodeModel {
		t.Errorf("err = %v", err)
	}
	unlock()
	again, err := lock(dir)
	if err != nil {
		t.Fatal(err)
	}
	again()
}
