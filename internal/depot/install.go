package depot

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"syscall"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/convert"
	"github.com/bonafide-id/bonafide/internal/model"
)

// lock keeps others from installing into dir until unlock is called, and clears
// away what an interrupted installation left.
func lock(dir string) (unlock func(), err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(filepath.Join(dir, ".lock"), os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		return nil, bonafide.Wrap(bonafide.CodeModel, "models are being installed by another process", err)
	}
	for _, stale := range []string{".new-*", ".old-*"} {
		paths, _ := filepath.Glob(filepath.Join(dir, stale))
		for _, path := range paths {
			os.RemoveAll(path)
		}
	}
	return func() { f.Close() }, nil
}

// graphFrom converts the sources of a card, whose digests have been checked.
func graphFrom(card *model.Card, files map[string][]byte) ([]byte, error) {
	src := convert.Source{Name: card.Name, Files: files, Outputs: card.Origin.Outputs}
	return convert.Graph(card.Origin.Convert, src)
}

// install puts a graph and its card into dir/<name> in one step: a crash leaves
// the old folder, the new one or, for an instant, none.
func install(dir string, card *model.Card, graph []byte) error {
	e := Entry{Card: card}
	digest := digestOf(graph)
	files := []file{{graphFile, graph}}
	if !e.pinned(digest) {
		r := record{Graph: digest, Sources: sourcesOf(card)}
		files = append(files, file{recordFile, indented(r)})
	}
	files = append(files, file{cardFile, indented(card)})
	fresh, err := os.MkdirTemp(dir, ".new-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(fresh)
	if err := os.Chmod(fresh, 0o755); err != nil {
		return err
	}
	for _, f := range files {
		if err := f.write(fresh); err != nil {
			return fmt.Errorf("model %s: %w", card.Name, err)
		}
	}
	if err := syncDir(fresh); err != nil {
		return err
	}
	return swap(dir, card.Name, fresh)
}

// swap makes fresh the folder of the model.
func swap(dir, name, fresh string) error {
	target := filepath.Join(dir, name)
	old, err := os.MkdirTemp(dir, ".old-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(old)
	if err := os.Rename(target, filepath.Join(old, name)); err != nil && !os.IsNotExist(err) {
		return err
	}
	if err := os.Rename(fresh, target); err != nil {
		return err
	}
	return syncDir(dir)
}

type file struct {
	name string
	data []byte
}

// write puts the file into dir and flushes it.
func (f file) write(dir string) error {
	out, err := os.OpenFile(filepath.Join(dir, f.name), os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = out.Write(f.data)
	if err == nil {
		err = out.Sync()
	}
	if closed := out.Close(); err == nil {
		err = closed
	}
	return err
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// indented gives JSON for people to read. Cards and records always have one.
func indented(v any) []byte {
	raw, _ := json.MarshalIndent(v, "", "  ")
	return append(raw, '\n')
}
