package main

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/client"
	"github.com/bonafide-id/bonafide/internal/model/modeltest"
)

// TestAPictureThatWasExchangedOnDiskIsNotJudged puts one person's photo in the place of
// another's.
func TestAPictureThatWasExchangedOnDiskIsNotJudged(t *testing.T) {
	onOneMachine(t)
	persons, _ := portraits(t, 2)
	data := t.TempDir()
	servedOn(t, modeltest.Starter(t), data, func(ctx context.Context, api *client.Client) {
		f, err := api.CreateFolder(ctx, client.Payload{}, file(t, "a", persons[0][0]), file(t, "b", persons[0][1]))
		if err != nil {
			t.Fatal(err)
		}
		was, err := os.ReadFile(persons[0][0])
		if err != nil {
			t.Fatal(err)
		}
		other, err := os.ReadFile(persons[1][0])
		if err != nil {
			t.Fatal(err)
		}
		exchanged := 0
		err = filepath.WalkDir(filepath.Join(data, "blobs"), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			if content, err := os.ReadFile(path); err != nil || string(content) != string(was) {
				return err
			}
			exchanged++
			return os.WriteFile(path, other, 0o600)
		})
		if err != nil || exchanged != 1 {
			t.Fatalf("%d exchanged, %v", exchanged, err)
		}
		ordered, err := api.OrderAnalyses(ctx, f.ID, client.Order{Type: "biometry"})
		if err != nil {
			t.Fatal(err)
		}
		a := &ordered[0]
		for a.State == bonafide.Processing {
			time.Sleep(10 * time.Millisecond)
			if a, err = api.Analysis(ctx, a.ID); err != nil {
				t.Fatal(err)
			}
		}
		if a.State != bonafide.Failed || a.Resolution != bonafide.Failed || !strings.Contains(a.ErrorMessage, "damaged") {
			t.Errorf("the analysis is %s, %s: %q", a.State, a.Resolution, a.ErrorMessage)
		}
	})
}
