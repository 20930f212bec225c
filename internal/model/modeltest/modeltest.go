// Package modeltest opens the real models for tests, from what `make build` has
// made and from the shared folder beside the repository. A test whose models are
// not there is skipped, and says so aloud.
package modeltest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/draw"
	_ "image/jpeg"
	_ "image/png"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/bonafide-id/bonafide/internal/infer"
	"github.com/bonafide-id/bonafide/internal/infer/ort"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/vision"
	"github.com/bonafide-id/bonafide/models"
)

// Standard gives the set standard, or skips.
func Standard(t testing.TB) *model.Set { return keep(t, "standard") }

// Starter gives the set starter, or skips.
func Starter(t testing.TB) *model.Set { return keep(t, "starter") }

// StandardWith opens the set standard with another liveness model, or skips.
func StandardWith(t testing.TB, pad string) *model.Set { return closing(t, "standard", pad) }

// Fresh opens a set that no other test uses, or skips.
func Fresh(t testing.TB, name string) *model.Set { return closing(t, name, "") }

// kept holds the sets that tests have asked for until the process ends, since reading
// and checking the graphs of one takes seconds under the race detector.
var kept struct {
	sync.Mutex
	sets map[string]*model.Set
}

// keep opens a set once. What a test changes of its set is its own.
func keep(t testing.TB, name string) *model.Set {
	t.Helper()
	kept.Lock()
	defer kept.Unlock()
	set := kept.sets[name]
	if set == nil {
		if kept.sets == nil {
			kept.sets = map[string]*model.Set{}
		}
		set = open(t, name, "", library(t))
		kept.sets[name] = set
	}
	own := *set
	return &own
}

// closing opens a set that is closed when the test ends.
func closing(t testing.TB, name, pad string) *model.Set {
	t.Helper()
	set := open(t, name, pad, Runtime(t))
	t.Cleanup(func() {
		if err := set.Close(); err != nil {
			t.Error(err)
		}
	})
	return set
}

func open(t testing.TB, name, pad string, rt infer.Runtime) *model.Set {
	t.Helper()
	cards := Cards(t)
	for _, c := range cards {
		if c.Name == "set-"+name && pad != "" {
			c.Members.Roles[model.RolePAD] = pad
		}
	}
	set, err := model.Open(cards, func(name string) ([]byte, error) { return Graph(t, name), nil }, rt, model.Choice{Set: name})
	if err != nil {
		t.Fatalf("set %s: %v", name, err)
	}
	return set
}

// Runtime opens the built inference library until the test ends, or skips.
func Runtime(t testing.TB) infer.Runtime {
	t.Helper()
	rt := library(t)
	t.Cleanup(func() {
		if err := rt.Close(); err != nil {
			t.Error(err)
		}
	})
	return rt
}

func library(t testing.TB) *ort.Runtime {
	t.Helper()
	path := filepath.Join(root(t), "build", "lib", "libonnxruntime.so.1")
	if _, err := os.Stat(path); err != nil {
		skip(t, "no inference library; run make build")
	}
	rt, err := ort.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return rt
}

// Cards gives the cards of the repository.
func Cards(t testing.TB) []*model.Card {
	t.Helper()
	paths, err := fs.Glob(models.FS, "*/model.json")
	if err != nil {
		t.Fatal(err)
	}
	var cards []*model.Card
	for _, path := range paths {
		f, err := models.FS.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		c, err := model.ReadCard(f)
		f.Close()
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		cards = append(cards, c)
	}
	return cards
}

// Graph gives the graph of a model: the built one, or else a file of the shared
// folder with a digest of its card. It skips where there is neither.
func Graph(t testing.TB, name string) []byte {
	t.Helper()
	if raw, err := os.ReadFile(filepath.Join(root(t), "build", "models", name, "model.onnx")); err == nil {
		return raw
	}
	if raw, err := os.ReadFile(filepath.Join(root(t), "models", name, "model.onnx")); err == nil {
		return raw // of our own
	}
	for _, c := range Cards(t) {
		if c.Name != name {
			continue
		}
		files, _ := filepath.Glob(filepath.Join(shared(t), "models", "*.onnx"))
		for _, path := range files {
			info, err := os.Stat(path)
			if err != nil || !slices.ContainsFunc(c.Graphs, func(g model.Graph) bool { return g.Bytes == info.Size() }) {
				continue
			}
			raw, err := os.ReadFile(path)
			sum := sha256.Sum256(raw)
			digest := hex.EncodeToString(sum[:])
			if err == nil && slices.ContainsFunc(c.Graphs, func(g model.Graph) bool { return g.SHA256 == digest }) {
				return raw
			}
		}
	}
	skip(t, fmt.Sprintf("model %s is not installed", name))
	return nil
}

// Shared gives the path of a file of the shared folder (BONAFIDE_SHARED, else
// beside the repository), which holds evaluation media, or skips.
func Shared(t testing.TB, elements ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{shared(t)}, elements...)...)
	if _, err := os.Stat(path); err != nil {
		skip(t, "no evaluation media at "+path)
	}
	return path
}

// shared is the folder of what is never in the repository.
func shared(t testing.TB) string {
	t.Helper()
	if dir := os.Getenv("BONAFIDE_SHARED"); dir != "" {
		return dir
	}
	return filepath.Join(root(t), "..", "shared")
}

// Picture reads a JPEG or PNG.
func Picture(t testing.TB, path string) *vision.Image {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	im, _, err := image.Decode(f)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return fromStd(im)
}

// fromStd copies a picture of the standard library. What is transparent turns
// black.
func fromStd(src image.Image) *vision.Image {
	b := src.Bounds()
	rgba := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(rgba, rgba.Bounds(), src, b.Min, draw.Src)
	im := vision.NewImage(b.Dx(), b.Dy())
	for i, j := 0, 0; i < len(im.Pix); i, j = i+3, j+4 {
		copy(im.Pix[i:i+3], rgba.Pix[j:j+3])
	}
	return im
}

func skip(t testing.TB, why string) {
	t.Helper()
	t.Skip("SKIPPED, NOTHING WAS TESTED: " + why)
}

// root is the folder of the module.
func root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		above := filepath.Dir(dir)
		if above == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = above
	}
}
