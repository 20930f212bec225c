package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide/internal/depot"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/models"
)

func TestTheBestSetThatWasInUseIsRemembered(t *testing.T) {
	cards, err := depot.ReadCards(models.FS)
	if err != nil {
		t.Fatal(err)
	}
	cfg := configOn(t.TempDir())
	for _, step := range []struct{ use, want string }{{"starter", "starter"}, {"standard", "standard"}, {"starter", "standard"}} {
		if err := rememberSet(cfg, cards, step.use); err != nil {
			t.Fatal(err)
		}
		if used, err := usedSet(cfg); err != nil || used != step.want {
			t.Errorf("after %s: %q, %v", step.use, used, err)
		}
	}
}

func TestTheListOfModelsSaysWhichSetAStartTakesAndWhy(t *testing.T) {
	cards, err := depot.ReadCards(models.FS)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	d := &depot.Depot{Cards: cards, Dirs: []string{dir}}
	for _, e := range d.All() {
		if e.NeedsGraph() && e.Card.Name != "yunet-n" {
			if err := os.MkdirAll(filepath.Join(dir, e.Card.Name), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, e.Card.Name, "model.onnx"), nil, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, tt := range []struct{ set, used, standard, starter, chosen string }{
		{model.Auto, "", "not complete: yunet-n is not installed", "complete, in use", "starter"},
		{model.Auto, "starter", "not complete: yunet-n is not installed", "complete, in use", "starter"},
		{model.Auto, "standard", "nothing starts, for it was in use here before", "not in use: standard was in use here before", ""},
		{"starter", "standard", "not complete: yunet-n is not installed", "complete, in use", "starter"},
		{"standard", "", "nothing starts, for it is the one named", "not in use: standard is named", "standard"},
	} {
		cfg := configOn(t.TempDir())
		cfg.Set = tt.set
		if got := chosenSet(cfg, d.All(), tt.used); got != tt.chosen {
			t.Errorf("%s after %q: chosen %q", tt.set, tt.used, got)
		}
		lines := strings.Join(setLines(cfg, d.All(), tt.used), "\n")
		standard, starter, _ := strings.Cut(lines, "\nset starter:")
		if !strings.Contains(standard, tt.standard) || !strings.Contains(starter, tt.starter) {
			t.Errorf("%s after %q: %s", tt.set, tt.used, lines)
		}
	}
}

func TestTheRemedyForAMissingModelNamesTheDataFolder(t *testing.T) {
	cfg := configOn("/srv/my data")
	cfg.Assets = t.TempDir()
	byName := map[string]*model.Card{}
	cards, err := depot.ReadCards(models.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cards {
		byName[c.Name] = c
	}
	r := remedy(cfg)
	if got := r(byName["yunet-n"]); !strings.HasSuffix(got, " --data '/srv/my data' model pull yunet-n") {
		t.Errorf("of a publisher: %s", got)
	}
	if got := r(byName["facemesh"]); !strings.Contains(got, "model pull facemesh --from FOLDER") {
		t.Errorf("of a package, without the packages: %s", got)
	}
	if err := os.Mkdir(filepath.Join(cfg.Assets, "node_modules"), 0o755); err != nil {
		t.Fatal(err)
	}
	got := r(byName["facemesh"])
	if !strings.Contains(got, "model build --npm "+filepath.Join(cfg.Assets, "node_modules")) {
		t.Errorf("of a package: %s", got)
	}
	if out, err := exec.Command("sh", "-c", "set -- "+got+"; echo $#").Output(); err != nil || strings.TrimSpace(string(out)) != "7" {
		t.Errorf("a shell reads %s words of %s", out, got)
	}
}
