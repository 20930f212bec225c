package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide/cmd/bonafide/storage"
	"github.com/bonafide-id/bonafide/internal/blob/disk"
)

func TestADatabaseThatIsMissingBesideMediaIsNotBegunAnewWithoutAWord(t *testing.T) {
	onOneMachine(t)
	data := t.TempDir()
	cfg, log := configOn(data), slog.New(slog.DiscardHandler)
	open := func() error {
		store, err := storage.OpenStore(t.Context(), cfg, log)
		if err != nil {
			return err
		}
		return store.Close()
	}
	if err := open(); err != nil {
		t.Fatalf("a new installation: %v", err)
	}
	blobs, err := disk.Open(filepath.Join(data, storage.BlobsDir), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(data, storage.DatabaseFile)); err != nil {
		t.Fatal(err)
	}
	if err := open(); err != nil {
		t.Fatalf("nothing was stored: %v", err)
	}
	if _, err := blobs.Put(t.Context(), strings.NewReader("a face")); err != nil {
		t.Fatal(err)
	}
	if err := open(); err != nil {
		t.Fatalf("with its database: %v", err)
	}
	for name, lose := range map[string]func(string) error{"gone": os.Remove, "emptied": func(path string) error { return os.Truncate(path, 0) }} {
		if err := lose(filepath.Join(data, storage.DatabaseFile)); err != nil {
			t.Fatal(err)
		}
		_ = os.Remove(filepath.Join(data, storage.DatabaseFile+"-wal"))
		if err := open(); err == nil || !strings.Contains(err.Error(), "--new-database") {
			t.Errorf("%s: %v", name, err)
		}
		cfg.New = true
		if err := open(); err != nil {
			t.Errorf("%s, meant: %v", name, err)
		}
		cfg.New = false
	}
}
