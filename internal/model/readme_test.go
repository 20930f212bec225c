package model_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide/internal/model"
)

//go:generate go test -run TestReadmesAreThoseOfTheirCards -update

var update = flag.Bool("update", false, "write the part of models/*/README.md anew that comes from the card")

// marker begins the part of a README that is written by this test. What stands before it
// is written by people, who leave figures of the card to this part.
const marker = "<!-- From here on `go generate ./internal/model` writes what the card, model.json, says. -->\n"

// TestReadmesAreThoseOfTheirCards: what a README says of thresholds, rates and limits is
// the card's, so that they cannot disagree.
func TestReadmesAreThoseOfTheirCards(t *testing.T) {
	dirs, err := filepath.Glob("../../models/*/model.json")
	if err != nil || len(dirs) < 10 {
		t.Fatalf("%d cards, %v", len(dirs), err)
	}
	for _, path := range dirs {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		card, err := model.ReadCard(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		readme := filepath.Join(filepath.Dir(path), "README.md")
		was, err := os.ReadFile(readme)
		if err != nil {
			t.Fatal(err)
		}
		words, _, _ := strings.Cut(string(was), marker)
		want := strings.TrimRight(words, "\n") + "\n\n" + marker + "\n" + document(card)
		if string(was) == want {
			continue
		}
		if !*update {
			t.Errorf("%s is not what the card says: run `go generate ./internal/model`", readme)
			continue
		}
		if err := os.WriteFile(readme, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// document is the part of a README that a card gives.
func document(c *model.Card) string {
	var b strings.Builder
	fmt.Fprintf(&b, "## The card\n\n| | |\n|---|---|\n| title | %s |\n| version | %s |\n| role | %s |\n| licence | %s |\n| source | %s |\n| trained on | %s |\n",
		c.Title, c.Version, c.Role, c.License, c.Source, c.TrainingData)
	if in := c.Input; in != nil {
		fmt.Fprintf(&b, "| input | %d x %d, %s, cut: %s |\n", in.Width, in.Height, in.Order, in.Crop)
	}
	if cal := c.Calibration; cal != nil && cal.Logistic != nil {
		fmt.Fprintf(&b, "| score | 1 / (1 + exp(-(%s x logit + %s))) |\n", number(cal.Logistic.Slope), number(cal.Logistic.Offset))
	}
	for _, line := range c.Caveats {
		fmt.Fprintf(&b, "| mind | %s |\n", line)
	}
	if len(c.Parts) > 0 {
		b.WriteString("\n| part | version | weight |\n|---|---|---|\n")
		for _, p := range c.Parts {
			fmt.Fprintf(&b, "| [%s](../%s/README.md) | %s | %s |\n", p.Model, p.Model, p.Version, number(p.Weight))
		}
	}
	if m := c.Members; m != nil {
		b.WriteString("\n| role | model |\n|---|---|\n")
		for _, role := range slices.Sorted(maps.Keys(m.Roles)) {
			fmt.Fprintf(&b, "| %s | [%s](../%s/README.md) |\n", role, m.Roles[role], m.Roles[role])
		}
		b.WriteString(points(m.Operating))
		b.WriteString(limits(m.Gate))
		if len(m.GateRates) > 0 {
			b.WriteString("\n| stills, largest share of the frame | rates at the default point | measured on |\n|---|---|---|\n")
		}
		for _, r := range m.GateRates {
			fmt.Fprintf(&b, "| %s | %s | %s |\n", number(r.MaxFaceShare), rates(r.Rates), r.Data)
		}
	}
	b.WriteString(points(c.Operating))
	return b.String()
}

// limits is the table of the capture gate.
func limits(g model.Gate) string {
	raw, err := json.Marshal(g)
	if err != nil {
		return err.Error()
	}
	var values map[string]any
	if err := json.Unmarshal(raw, &values); err != nil {
		return err.Error()
	}
	var b strings.Builder
	b.WriteString("\n| limit of the capture gate | |\n|---|---|\n")
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if v, ok := values[name].(float64); ok {
			fmt.Fprintf(&b, "| %s | %s |\n", name, number(v))
		}
	}
	return b.String()
}

// points is the table of operating points with all their rates.
func points(list []model.OperatingPoint) string {
	if len(list) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("\n| operating point | of | threshold | rates | measured on |\n|---|---|---|---|---|\n")
	for _, p := range list {
		of := "all"
		if p.Clip != nil {
			of = fmt.Sprintf("stills and clips of fewer than %d frames", p.Clip.Frames)
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", p.Name, of, number(p.Threshold), rates(p.Rates), p.Data)
		if c := p.Clip; c != nil {
			fmt.Fprintf(&b, "| %s | clips of %d frames or more | %s | %s | %s |\n", p.Name, c.Frames, number(c.Threshold), rates(c.Rates), c.Data)
		}
	}
	return b.String()
}

func rates(all map[string]float64) string {
	var words []string
	for _, name := range slices.Sorted(maps.Keys(all)) {
		short := strings.NewReplacer("apcer_", "APCER ", "bpcer", "BPCER", "bpnrr", "BPNRR", "fnmr", "FNMR", "fmr", "FMR").Replace(name)
		words = append(words, fmt.Sprintf("%s %s %%", short, strconv.FormatFloat(100*all[name], 'g', 3, 64)))
	}
	return strings.Join(words, ", ")
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
