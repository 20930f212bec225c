package eval

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/bonafide-id/bonafide"
)

// golden compares with testdata/name; BONAFIDE_UPDATE=1 writes it anew.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv("BONAFIDE_UPDATE") == "1" {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs, got:\n%s", name, got)
	}
}

// angles is a system whose templates are unit vectors in a plane: a person's
// angle, and a little more per picture.
type angles struct {
	mu   sync.Mutex
	seen map[string]int
}

func (a *angles) Template(_ context.Context, file string) (bonafide.Template, []bonafide.Reason, error) {
	a.mu.Lock()
	a.seen[file]++
	a.mu.Unlock()
	person, picture, _ := strings.Cut(strings.TrimSuffix(file, ".jpg"), "_")
	switch person {
	case "nobody":
		return bonafide.Template{}, []bonafide.Reason{{Code: bonafide.ReasonNoFace}}, nil
	case "torn":
		return bonafide.Template{}, nil, bonafide.Errorf(bonafide.CodeValue, "not a picture")
	case "broken":
		return bonafide.Template{}, nil, errors.New("out of memory")
	}
	angle := spread(person)*math.Pi + 0.5*spread(picture+person)
	return bonafide.NewTemplate(bonafide.ModelRef{Name: "angles"},
		[]float32{float32(math.Cos(angle)), float32(math.Sin(angle))}), nil, nil
}

func (a *angles) Compare(x, y bonafide.Template) (raw, similarity float64, err error) {
	for i, v := range x.Vector() {
		raw += float64(v * y.Vector()[i])
	}
	return raw, min(max((1+raw)/2, 0), 1), nil
}

// spread gives a number in [0,1) that depends on the text alone.
func spread(text string) float64 {
	sum := sha256.Sum256([]byte(text))
	return float64(binary.BigEndian.Uint32(sum[:])) / (1 << 32)
}

// many makes a list of two folds with two pictures per person.
func many(people int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "2 %d\n", people/2)
	for fold := range 2 {
		for i := range people / 2 {
			fmt.Fprintf(&b, "p%d 1 2\n", fold*people/2+i)
		}
		for i := range people / 2 {
			fmt.Fprintf(&b, "p%d 1 p%d 2\n", fold*people/2+i, (fold*people/2+i+1)%people)
		}
	}
	return b.String()
}

func verify(t *testing.T, list string, workers int) (*Verification, *angles) {
	t.Helper()
	pairs, err := ReadPairs(strings.NewReader(list), 10)
	if err != nil {
		t.Fatal(err)
	}
	a := &angles{seen: map[string]int{}}
	v, err := Verify(context.Background(), Work{Workers: workers}, pairs, a)
	if err != nil {
		t.Fatal(err)
	}
	v.System = "angles"
	return v, a
}

func TestTemplatesAreMadeOncePerPicture(t *testing.T) {
	_, a := verify(t, many(40), 4)
	if len(a.seen) != 80 {
		t.Errorf("%d pictures seen", len(a.seen))
	}
	for file, times := range a.seen {
		if times != 1 {
			t.Errorf("%s was seen %d times", file, times)
		}
	}
}

func TestVerificationTablesAreStable(t *testing.T) {
	for _, workers := range []int{1, 4} {
		v, a := verify(t, many(60), workers)
		tables, err := VerificationTables([]*Verification{v, v})
		if err != nil {
			t.Fatal(err)
		}
		all, err := v.CompareAll(context.Background(), Work{Workers: workers}, a)
		if err != nil {
			t.Fatal(err)
		}
		var text, markdown bytes.Buffer
		for _, table := range append(tables, all.Tables("all pairs, angles")...) {
			if err := errors.Join(table.WriteText(&text), table.WriteMarkdown(&markdown)); err != nil {
				t.Fatal(err)
			}
		}
		golden(t, "verification.txt", text.Bytes())
		golden(t, "verification.md", markdown.Bytes())
	}
}

func TestFailureToAcquireIsCountedNotDropped(t *testing.T) {
	// One good mated pair, one mated pair without a face; the same non-mated.
	v, _ := verify(t, "2 2\np1 1 2\nnobody 1 2\np1 1 p4 1\np1 1 torn 1\np5 1 2\np6 1 2\np5 1 p1 1\np6 1 p2 1\n", 1)
	c, err := v.Comparisons()
	if err != nil {
		t.Fatal(err)
	}
	if c.MatedFailed != 1 || c.NonMatedFailed != 1 {
		t.Errorf("%d mated and %d non-mated pairs failed, want 1 and 1", c.MatedFailed, c.NonMatedFailed)
	}
	if p := c.Curve.At(-1); p.FalseReject.Trials != 3 || p.FalseAccept.Trials != 3 {
		t.Errorf("%d mated and %d non-mated comparisons, want 3 and 3", p.FalseReject.Trials, p.FalseAccept.Trials)
	}
	if r := c.rejected(c.Curve.At(-1)); r != (Rate{1, 4}) {
		t.Errorf("FRR %v, want 1 of 4", r)
	}
	if reasons := codes(v.Pictures["torn_0001.jpg"].Reasons); len(reasons) != 1 || reasons[0] != "unreadable (not a picture)" {
		t.Errorf("reasons of an unreadable file: %v", reasons)
	}
	var b bytes.Buffer
	if err := WriteVerificationScores(&b, []*Verification{v}); err != nil {
		t.Fatal(err)
	}
	if want := "angles,p1_0001.jpg,torn_0001.jpg,false,1,,,unreadable (not a picture)\n"; !strings.Contains(b.String(), want) {
		t.Errorf("scores lack %q:\n%s", want, b.String())
	}
}

func TestMachineFaultEndsTheEvaluation(t *testing.T) {
	pairs, err := ReadPairs(strings.NewReader("a,b,mated\np_1.jpg,broken_1.jpg,0\n"), 10)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Verify(context.Background(), Work{Workers: 2}, pairs, &angles{seen: map[string]int{}}); err == nil {
		t.Error("a machine fault was taken for a score")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Verify(ctx, Work{Workers: 2}, pairs, &angles{seen: map[string]int{}}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestAccuracyTakesThresholdsFromOtherFolds(t *testing.T) {
	// In the first fold the scores are ten times those of the second, so that each
	// fold's own best threshold would be right everywhere and the other's is not.
	v := &Verification{Pairs: &Pairs{Folds: 2}}
	for _, x := range []struct {
		fold  int
		mated bool
		raw   float64
	}{
		{0, true, 8}, {0, false, 2},
		{1, true, 0.8}, {1, false, 0.2}, {1, true, math.NaN()}, {1, false, math.NaN()},
	} {
		v.Trials = append(v.Trials, Trial{Pair{Mated: x.mated, Fold: x.fold}, x.raw, x.raw})
	}
	a, err := v.Accuracy()
	if err != nil {
		t.Fatal(err)
	}
	// Fold 1 at threshold 0.5: both accepted, half right. Fold 2 at threshold 5:
	// nothing matches, so the two non-mated are right, the two mated wrong.
	if len(a.Folds) != 2 || a.Folds[0] != 0.5 || a.Folds[1] != 0.5 {
		t.Errorf("folds %v", a.Folds)
	}
}

func TestAllPairsCoverEveryPairOnce(t *testing.T) {
	v, a := verify(t, many(10), 1)
	c, err := v.CompareAll(context.Background(), Work{Workers: 3}, a)
	if err != nil {
		t.Fatal(err)
	}
	if p := c.Curve.At(0); p.FalseReject.Trials != 10 || p.FalseAccept.Trials != 20*19/2-10 {
		t.Errorf("%d mated, %d non-mated", p.FalseReject.Trials, p.FalseAccept.Trials)
	}
}

func TestAllPairsRefuseNamesThatContradictTheList(t *testing.T) {
	for name, list := range map[string]string{
		"one person, two names": "a,b,mated\nx_1.jpg,y_1.jpg,1\n",
		"two people, one name":  "a,b,mated\nx_1.jpg,x_2.jpg,0\n",
		"no person in the name": "a,b,mated\n1.jpg,2.jpg,0\n",
	} {
		v, a := verify(t, list, 1)
		if _, err := v.CompareAll(context.Background(), Work{}, a); bonafide.CodeOf(err) != bonafide.CodeValue {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestIdentityIsToldFromTheName(t *testing.T) {
	for file, want := range map[string]string{
		"Ada_Lovelace_0002.jpg": "Ada_Lovelace",
		"ada/2.jpg":             "ada/",
		"in/Ada_L_2.jpg":        "in/Ada_L",
		"ada/_2.jpg":            "ada/",
	} {
		if got, err := Identity(file); err != nil || got != want {
			t.Errorf("%s: %q, %v", file, got, err)
		}
	}
}

func TestSupportFollowsTheRulesOf3And30(t *testing.T) {
	for _, c := range []struct {
		target float64
		n      int
		want   string
	}{
		{0.01, 3000, ""},
		{0.01, 1500, "weak: rests on 15 errors"},
		{1e-4, 1500, "NOT SUPPORTED: 1500 trials show no rate below 0.002"},
		{0.05, 1, "NOT SUPPORTED: 1 trials show no rate below 1"},
		{0.05, 0, "no trials"},
	} {
		if got := support(c.target, c.n); got != c.want {
			t.Errorf("%v of %d: %q, want %q", c.target, c.n, got, c.want)
		}
	}
}
