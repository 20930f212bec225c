package main

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/depot"
	"github.com/bonafide-id/bonafide/internal/model"
)

// usedFile, in the data folder, names the set of the highest rank that a server on
// this data folder has worked with.
const usedFile = "model-set"

// usedSet reads usedFile; empty where no server has run yet.
func usedSet(cfg *config.Config) (string, error) {
	raw, err := os.ReadFile(filepath.Join(cfg.Data, usedFile))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return strings.TrimSpace(string(raw)), err
}

// rememberSet notes the set in use, unless a better one has been in use before: a
// lesser set that was named for once is not what the next start may fall back to.
func rememberSet(cfg *config.Config, cards []*model.Card, name string) error {
	used, err := usedSet(cfg)
	if err != nil || used == name {
		return err
	}
	for _, card := range model.Sets(cards) { // best first
		switch card.SetName() {
		case used:
			return nil
		case name:
			path := filepath.Join(cfg.Data, usedFile)
			if err := writeSecret(path+".new", name+"\n"); err != nil {
				return err
			}
			return os.Rename(path+".new", path)
		}
	}
	return nil
}

// chosenSet is the set that a start would take, as model.Open does; empty where none is
// complete, or a better one than those was in use before.
func chosenSet(cfg *config.Config, entries []depot.Entry, used string) string {
	if cfg.Set != model.Auto {
		return cfg.Set
	}
	for _, card := range model.Sets(cardsOf(entries)) {
		if len(depot.Lacking(entries, card.Name)) == 0 {
			return card.SetName()
		}
		if card.SetName() == used {
			break
		}
	}
	return ""
}

// cardsOf gives the cards that can be used.
func cardsOf(entries []depot.Entry) []*model.Card {
	var cards []*model.Card
	for _, e := range entries {
		if e.Err == nil {
			cards = append(cards, e.Card)
		}
	}
	return cards
}

// printSets prints what setLines says.
func printSets(cfg *config.Config, entries []depot.Entry) error {
	used, err := usedSet(cfg)
	if err != nil {
		return err
	}
	for _, line := range setLines(cfg, entries, used) {
		fmt.Println(line)
	}
	for _, card := range model.Sets(cardsOf(entries)) {
		for _, line := range gateLines(card) {
			fmt.Println(line)
		}
	}
	return nil
}

// gateLines tell what a stricter --max-face-share of a set costs and gives.
func gateLines(card *model.Card) []string {
	var lines []string
	for _, r := range card.Members.GateRates {
		var rates []string
		for _, name := range slices.Sorted(maps.Keys(r.Rates)) {
			rates = append(rates, fmt.Sprintf("%s %.2g %%", name, 100*r.Rates[name]))
		}
		lines = append(lines, fmt.Sprintf("set %s, stills, max-face-share %g: %s (%s)", card.SetName(), r.MaxFaceShare, strings.Join(rates, ", "), r.Data))
	}
	return lines
}

// setLines is a line per set: whether it is complete and what it lacks, which one a
// start takes, and why not the others.
func setLines(cfg *config.Config, entries []depot.Entry, used string) []string {
	var lines []string
	chosen := chosenSet(cfg, entries, used)
	named := cfg.Set != model.Auto
	for _, card := range model.Sets(cardsOf(entries)) {
		name, state := card.SetName(), "complete"
		lacking := depot.Lacking(entries, card.Name)
		if len(lacking) > 0 {
			state = "not complete: " + strings.Join(lacking, "; ")
		}
		switch {
		case name == chosen && len(lacking) == 0:
			state += ", in use"
		case name == chosen:
			state += "; nothing starts, for it is the one named"
		case name == used && len(lacking) > 0 && !named:
			state += "; nothing starts, for it was in use here before: complete it, or name a set with --set"
		case len(lacking) == 0 && named:
			state += ", not in use: " + chosen + " is named"
		case len(lacking) == 0 && chosen != "":
			state += ", not in use: " + chosen + " ranks before it"
		case len(lacking) == 0:
			state += ", not in use: " + used + " was in use here before"
		}
		lines = append(lines, "set "+name+": "+state)
	}
	return lines
}

// remedy is the command that brings a missing model onto this machine, with the data
// folder, so that it can be copied as it stands.
func remedy(cfg *config.Config) func(*model.Card) string {
	program := "bonafide"
	if exe, err := os.Executable(); err == nil {
		program = exe
	}
	pull := quoted(program) + " --data " + quoted(cfg.Data) + " model pull "
	return func(card *model.Card) string {
		if !depot.FromPackage(card) {
			return pull + card.Name
		}
		assets, err := cfg.AssetsDir()
		packages := filepath.Join(assets, "node_modules")
		if _, missing := os.Stat(packages); err != nil || missing != nil {
			return pull + card.Name + " --from FOLDER, the folder models/" + card.Name + " of a build"
		}
		return quoted(program) + " model build --npm " + quoted(packages) + " --out " + quoted(filepath.Join(assets, "models"))
	}
}

// quoted is a word as a shell reads it.
func quoted(s string) string {
	if s != "" && strings.Trim(s, "/._-+:,@=abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// warnOfBetter says that a set of a higher rank than the one in use is not complete.
func warnOfBetter(entries []depot.Entry, inUse string, log *slog.Logger) {
	for _, card := range model.Sets(cardsOf(entries)) {
		if card.SetName() == inUse {
			return
		}
		if lacking := depot.Lacking(entries, card.Name); len(lacking) > 0 {
			log.Warn("a better set of models is not complete", "set", card.SetName(), "lacks", strings.Join(lacking, "; "), "in_use", inUse)
		}
	}
}
