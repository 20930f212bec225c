package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide/internal/depot"
	"github.com/bonafide-id/bonafide/models"
)

// page reads a page of the repository in one line, so that the filling of paragraphs does
// not matter.
func page(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("../..", path))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(string(raw)), " ")
}

func TestPagesThatNameTheLivenessNumberSayThatItMayBeNull(t *testing.T) {
	paths, err := filepath.Glob("../../docs/*/*.md")
	if err != nil {
		t.Fatal(err)
	}
	named := 0
	for _, path := range append(paths, "../../README.md") {
		path = strings.TrimPrefix(path, "../../")
		text := page(t, path)
		if !strings.Contains(text, "`confidence_spoofing`") || strings.HasPrefix(path, "docs/decisions/") {
			continue
		}
		named++
		if !strings.Contains(text, "null") || !strings.Contains(text, "ecide by") && !strings.Contains(text, "Решайте только по") {
			t.Errorf("%s names confidence_spoofing and does not say by what to decide, or that the number may be null", path)
		}
	}
	if named < 6 {
		t.Errorf("only %d pages name it", named)
	}
}

func TestLiteIsSaidToBeOpenWhereAServerIsSetUp(t *testing.T) {
	for _, path := range []string{"docs/run/install.md", "docs/run/operations.md", "SECURITY.md", "docs/build/lite.md"} {
		if text := page(t, path); !strings.Contains(text, "Lite") || !strings.Contains(text, "default") && !strings.Contains(text, "is on, and open") {
			t.Errorf("%s does not say that Oz API Lite is open", path)
		}
	}
}

// TestReadmesOfModelsSayWhatTheirCardsSay: similarities by cosine, and operating points.
func TestReadmesOfModelsSayWhatTheirCardsSay(t *testing.T) {
	cards, err := depot.ReadCards(models.FS)
	if err != nil {
		t.Fatal(err)
	}
	similarity := regexp.MustCompile(`\| \**1e-(\d)\** \| \**(0\.\d+)\** \| \**(0\.\d+)\** \|`)
	point := regexp.MustCompile(`\| \**(0\.\d+) \((\w+)\)\** \|(?: \**(\d+) of (\d+)\** \| \**(\d+) of (\d+)\** \|)?`)
	compared := 0
	for _, card := range cards {
		text := page(t, "models/"+card.Name+"/README.md")
		if card.Calibration != nil {
			for _, row := range similarity.FindAllStringSubmatch(text, -1) {
				cosine, _ := strconv.ParseFloat(row[2], 64)
				compared++
				found := false
				for _, p := range card.Calibration.Points {
					found = found || fmt.Sprintf("%.3f", p[0]) == fmt.Sprintf("%.3f", cosine) && strconv.FormatFloat(p[1], 'f', 2, 64) == row[3]
				}
				if !found {
					t.Errorf("%s: cosine %s is not similarity %s on the card", card.Name, row[2], row[3])
				}
			}
		}
		for _, row := range point.FindAllStringSubmatch(text, -1) {
			compared++
			found := false
			for _, p := range card.Operating {
				found = found || p.Name == row[2] && strconv.FormatFloat(p.Threshold, 'f', -1, 64) == row[1] &&
					agrees(p.Rates["bpcer"], row[3], row[4]) && agrees(p.Rates["apcer_print"], row[5], row[6])
			}
			if !found {
				t.Errorf("%s: %q is not the point %s of the card", card.Name, row[0], row[2])
			}
		}
	}
	if compared < 6 {
		t.Errorf("only %d figures were compared", compared)
	}
}

// agrees tells whether a rate of a card is that of some trials; true where none are given.
func agrees(rate float64, errors, trials string) bool {
	if trials == "" {
		return true
	}
	e, _ := strconv.ParseFloat(errors, 64)
	n, _ := strconv.ParseFloat(trials, 64)
	return math.Abs(rate-e/n) < 0.0001
}

// TestFiguresOfCollectionsAreThoseOfTheModels: the page repeats what was measured.
func TestFiguresOfCollectionsAreThoseOfTheModels(t *testing.T) {
	collections := page(t, "docs/build/collections.md")
	numbers := regexp.MustCompile(`(\d+) of (\d+) were found by another portrait .* and (\d+) of (\d+) strangers were declined \((\d+) %\)`)
	m := numbers.FindStringSubmatch(page(t, "models/dlib-faceres/README.md"))
	if m == nil {
		t.Fatal("the starter set's embedder has no figures of collections")
	}
	found, _ := strconv.Atoi(m[1])
	of, _ := strconv.Atoi(m[2])
	for _, want := range []string{
		fmt.Sprintf("the starter set %.0f %% (%d of %d)", 100*float64(of-found)/float64(of), of-found, of),
		fmt.Sprintf("(%s of %s)", m[3], m[4]),
	} {
		if !strings.Contains(collections, want) {
			t.Errorf("%q is missing in docs/build/collections.md", want)
		}
	}
	row := regexp.MustCompile(`\| 1,000 \| 0\.\d+ \| ([\d.]+) % \| ([\d.]+) %`).FindStringSubmatch(page(t, "models/reid-dlib/README.md"))
	if row == nil {
		t.Fatal("the standard set's embedder has no figures of collections")
	}
	named, _ := strconv.ParseFloat(row[2], 64)
	if want := fmt.Sprintf("the standard set misses %.0f %%", 100-named); !strings.Contains(collections, want) {
		t.Errorf("%q is missing in docs/build/collections.md", want)
	}
	readme := page(t, "README.md")
	for _, model := range []string{"reid-dlib", "dlib-faceres"} {
		accuracy := regexp.MustCompile(`told apart in (\d+\.\d+) %`).FindStringSubmatch(page(t, "models/"+model+"/README.md"))
		if accuracy == nil || !strings.Contains(readme, accuracy[1]+" %") {
			t.Errorf("README.md has another accuracy of %s than its own page, %v", model, accuracy)
		}
	}
}

// TestTheReadmesErrorRatesAreThoseOfTheAccuracyPage: whoever measures again writes the page
// anew, and the README must follow.
func TestTheReadmesErrorRatesAreThoseOfTheAccuracyPage(t *testing.T) {
	readme, measured := page(t, "README.md"), page(t, "docs/judge/accuracy.md")
	for _, tt := range []struct{ row, said string }{ // groups of the row in the order in which the README has them
		{`bona_fide, stills \| standard \|[^|]*\|[^|]*\| BPCER \d+ of (\d+), (\S+ %) \((\S+); by subject ([^)]*)\)`, "turns $2 of $1 genuine ones away ($3; by subject $4)"},
		{`bona_fide, stills \| starter \|[^|]*\|[^|]*\| BPCER 0 of (\d+), 0.0 % \(([^)]*)\)`, "turns away none of $1 ($2)"},
		{`print, stills \| standard \|[^|]*\|[^|]*\| APCER 0 of (\d+), 0.0 % \(([^)]*)\)`, "of $1 prints of 8 people the standard set accepts none ($2 %)"},
		{`print, stills \| starter \|[^|]*\|[^|]*\| APCER \d+ of (\d+), (\S+ %) \(([^)]*)\)`, "accepts $2 of $1 prints ($3)"},
		{`accuracy, 95 % of folds \| (\S+ %) \((\S+) %\) \| (\S+ %) \((\S+) %\)`, "$1 right ($2) with the standard set, $3 ($4) with the starter set"},
		{`FNMR at FMR 1e-04, all pairs \| (\S+ %) \((\S+) %\)[^|]*\| (\S+ %) \((\S+) %\)`, "$1 ($2) and $3 ($4)"},
	} {
		row := regexp.MustCompile(tt.row)
		at := row.FindStringSubmatchIndex(measured)
		if at == nil {
			t.Errorf("the page has no row %s", tt.row)
			continue
		}
		want := strings.ReplaceAll(string(row.ExpandString(nil, tt.said, measured, at)), "0.0-", "0-")
		if !strings.Contains(strings.ReplaceAll(readme, "0.0-", "0-"), want) {
			t.Errorf("the README does not say %q", want)
		}
	}
}
