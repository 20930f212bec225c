package eval

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
)

func evenly(n int, low, high float64) []Capture {
	out := make([]Capture, n)
	for i := range out {
		out[i] = Capture{File: fmt.Sprint(i), Subject: fmt.Sprint("s", i), Live: low + (high-low)*float64(i)/float64(n-1)}
	}
	return out
}

func floors() Floors { return Floors{Strict: 0.7, Lenient: 0.3} }

func TestADeploymentsThresholdTurnsTwoPercentAway(t *testing.T) {
	for _, n := range []int{50, 99, 100, 1000} {
		c, err := Calibrate(evenly(n, 0.8, 0.999), floors(), Bootstrap{Seed: 1, Resamples: 200})
		if err != nil {
			t.Fatal(err)
		}
		if want := n / 50; c.Rejected != (Rate{want, n}) || c.Floored || c.Threshold != c.Quantile || len(c.Setters) != want+1 || c.OneSubject() {
			t.Errorf("%d captures: %+v, want %d turned away", n, c, want)
		}
		if !c.By.Known() || c.By.Low > c.Quantile || c.By.High < c.Quantile {
			t.Errorf("%d captures: the quantile %v has the interval %+v", n, c.Quantile, c.By)
		}
	}
}

func TestAFewPeopleDoNotLowerTheStrictFloor(t *testing.T) {
	few := evenly(100, 0.8, 0.99)
	for i := range 4 {
		few[i].Live = 0.2
	}
	c, err := Calibrate(few, floors(), Bootstrap{Seed: 1, Resamples: 200})
	if err != nil || !c.Floored || c.Followed || c.Threshold != 0.7 || c.Rejected != (Rate{4, 100}) {
		t.Errorf("got %+v, %v", c, err)
	}
	if notes := strings.Join(c.Table(Stills).Notes, " "); !strings.Contains(notes, "strict operating point, which was taken") {
		t.Errorf("nobody is told: %s", notes)
	}
}

func TestManyPeopleLowerItDownToLenient(t *testing.T) {
	c, err := Calibrate(evenly(200, 0.5, 0.6), floors(), Bootstrap{Seed: 1, Resamples: 200})
	if err != nil || !c.Followed || c.Floored || c.Threshold != c.Quantile || c.Rejected.Errors != 4 {
		t.Errorf("got %+v, %v", c, err)
	}
	c, err = Calibrate(evenly(200, 0, 0.25), floors(), Bootstrap{Seed: 1, Resamples: 200})
	if err != nil || !c.Followed || !c.Floored || c.Threshold != 0.3 {
		t.Errorf("got %+v, %v", c, err)
	}
	if notes := strings.Join(c.Table(Clips).Notes, " "); !strings.Contains(notes, "below the lenient operating point") {
		t.Errorf("nobody is told: %s", notes)
	}
}

func TestItIsSaidWhenOneSubjectSetsTheThreshold(t *testing.T) {
	list := evenly(100, 0.95, 0.99)
	for i := range 3 {
		list[i].Live, list[i].Subject = 0.8, "Ada"
	}
	c, err := Calibrate(list, floors(), Bootstrap{Seed: 1, Resamples: 200})
	if err != nil || !c.OneSubject() || c.Leading != "Ada" || c.Subjects != 98 || !(c.Without > 0.94) {
		t.Fatalf("got %+v, %v", c, err)
	}
	if notes := strings.Join(c.Table(Stills).Notes, " "); !strings.Contains(notes, "WARNING") || !strings.Contains(notes, "Ada: without them it would be 0.95") || !strings.Contains(notes, "0 of Ada (0.8000)") {
		t.Errorf("got %s", notes)
	}
	for i := range list {
		list[i].Subject = "Ada"
	}
	if c, err := Calibrate(list, floors(), Bootstrap{Seed: 1, Resamples: 200}); err != nil || !c.OneSubject() || !math.IsNaN(c.Without) || !c.By.Known() {
		t.Errorf("all of one: %+v, %v", c, err)
	}
}

func TestTooFewOrUnsoundCapturesSetNothing(t *testing.T) {
	if _, err := Calibrate(evenly(49, 0.9, 1), floors(), Bootstrap{}); bonafide.CodeOf(err) != bonafide.CodeValue {
		t.Errorf("49 captures: %v", err)
	}
	for _, bad := range []float64{math.NaN(), -0.1, 1.1} {
		if _, err := Calibrate(append(evenly(60, 0.9, 1), Capture{Live: bad}), floors(), Bootstrap{}); err == nil {
			t.Errorf("a score of %v was taken", bad)
		}
	}
	for _, floor := range []float64{0, 1, math.NaN()} {
		if _, err := Calibrate(evenly(60, 0.9, 1), Floors{Strict: floor, Lenient: floor}, Bootstrap{}); err == nil {
			t.Errorf("a floor of %v was taken", floor)
		}
	}
	if c, err := Calibrate(evenly(60, 1, 1), floors(), Bootstrap{}); err != nil || !(c.Threshold > 0.7 && c.Threshold < 1) || c.Rejected.Errors != 0 {
		t.Errorf("captures beyond doubt: %+v, %v", c, err)
	}
}

// made is a list of two datasets whose logits are told by the seed: bona fide
// around 3, attacks around -3, the second dataset shifted.
func made(n int, shift float64) *PAD {
	r := rand.New(rand.NewPCG(7, 7))
	p := &PAD{System: "made", Threshold: 0.5}
	for i := range n {
		o := Outcome{Label: Label{Dataset: []string{"one", "two"}[i%2], Subject: string(rune('a' + i/2%10)), Species: []string{BonaFide, "print"}[i/2%2]}}
		o.Raw = r.NormFloat64() + 3 - 6*float64(i/2%2) + shift*float64(i%2)
		o.Score = 1 / (1 + math.Exp(-o.Raw))
		p.Outcomes = append(p.Outcomes, o)
	}
	return p
}

func TestAFitFindsTheCalibrationOfItsSamples(t *testing.T) {
	// Two normal distributions, 6 apart and of variance 1: the true slope is 6.
	f, err := made(4000, 0).Fit()
	if err != nil {
		t.Fatal(err)
	}
	near(t, "slope", f.Slope, 6, 1.5)
	for i, want := range []float64{0.01, 0.02, 0.05} {
		near(t, "BPCER of "+f.Points[i].Name, f.Points[i].Rates["bpcer"], want, 0.001)
	}
	near(t, "the default threshold", f.Points[1].Threshold, 0.5, 1e-4)
	if !(f.Points[0].Threshold < f.Points[1].Threshold && f.Points[1].Threshold < f.Points[2].Threshold) {
		t.Errorf("thresholds do not rise: %+v", f.Points)
	}
	backwards := made(4000, 0)
	for i := range backwards.Outcomes {
		backwards.Outcomes[i].Raw *= -1
	}
	if f, err := backwards.Fit(); bonafide.CodeOf(err) != bonafide.CodeValue {
		t.Errorf("attacks score higher: %+v, %v", f, err)
	}
	if _, err := made(80, 0).Fit(); err == nil {
		t.Error("a fit on 40 samples of either kind")
	}
	unknown := made(4000, 0)
	unknown.Outcomes[5].Raw = math.NaN()
	if _, err := unknown.Fit(); err == nil {
		t.Error("a fit on a logit that is not known")
	}
}

func TestAThresholdIsTriedOnTheCameraThatWasLeftOut(t *testing.T) {
	promises := []Promise{{BonaFide, 0.02}, {"print", 0.1}}
	rows := func(p *PAD) map[string][]string {
		found := map[string][]string{}
		for _, row := range cameraTable([]*PAD{p}, promises, Stills).Rows {
			found[row[0]+" "+row[7]] = row
		}
		return found
	}
	alike := rows(cameras(4000, 0))
	for kept, want := range map[string]float64{"bpcer=0.02 BPCER": 2, "apcer_print=0.1 APCER print": 10} {
		row := alike[kept]
		if row == nil || row[6] != "2 of 2" {
			t.Fatalf("two cameras alike: %s: %v", kept, row)
		}
		rate, err := strconv.ParseFloat(strings.TrimSuffix(row[9], " %"), 64)
		if err != nil || !(math.Abs(rate-want) < want/4) {
			t.Errorf("two cameras alike: %s: %v", kept, row)
		}
	}
	// Genuine samples of "two" score four lower: the threshold of "one" turns most away.
	if row := rows(cameras(4000, -4))["bpcer=0.02 BPCER"]; !strings.HasPrefix(row[9], "4") || row[3] == row[5] {
		t.Errorf("two cameras apart: %v", row)
	}
	if row := rows(cameras(40, 0))["bpcer=0.02 BPCER"]; row[2] != "-" || row[6] != "0 of 2" {
		t.Errorf("a threshold of ten samples: %v", row)
	}
}

// cameras is made with a camera per dataset.
func cameras(n int, shift float64) *PAD {
	p := made(n, shift)
	for i := range p.Outcomes {
		o := &p.Outcomes[i]
		o.Camera, o.Looked = o.Dataset, 1
		if o.Species != BonaFide {
			o.Species = "print"
		}
	}
	return p
}

func TestClipsOfOneSituationCountAsOne(t *testing.T) {
	var list []*Outcome
	for i := range 100 {
		// Fifty situations, of one clip each that scores well; and fifty clips of one that do not.
		o := &Outcome{Label: Label{Species: BonaFide, Situation: fmt.Sprint(min(i, 50))}, Score: 0.9, Looked: 15}
		if i >= 50 {
			o.Score = 0.2
		}
		list = append(list, o)
	}
	if got := (Promise{BonaFide, 0.02}).keep(list); !(got > 0.2 && got < 0.9) {
		t.Errorf("one situation of 51 may be turned away: %v", got)
	}
	for _, o := range list {
		o.Looked = 1
	}
	if got := (Promise{BonaFide, 0.02}).keep(list); !(got <= 0.2) {
		t.Errorf("half of the stills would be turned away: %v", got)
	}
	if n, mean := bySituation(list); n != 51 || math.Abs(mean-1) > 1e-9 {
		t.Errorf("%d situations, %v", n, mean)
	}
}

func TestPlainStatisticsStandBesideTheModels(t *testing.T) {
	p := cameras(400, 0)
	for i := range p.Outcomes {
		o := &p.Outcomes[i]
		bright := 0.2
		if o.Species == BonaFide {
			bright = 0.1
		}
		o.Trivial = []float64{bright, o.Score, 0, 1}
	}
	table, err := separationTable([]*PAD{p}, Bootstrap{}, Stills)
	if err != nil {
		t.Fatal(err)
	}
	auc := map[string]string{}
	for _, row := range table.Rows {
		auc[row[1]] = row[3]
	}
	if auc["(brightness, turned round)"] != "1.0000" || auc["(saturation)"] != auc[p.System] || auc["(grain)"] != "0.5000" {
		t.Errorf("got %v", auc)
	}
}

func TestPromisesAreReadBack(t *testing.T) {
	for _, s := range []string{"bpcer=0.03", "apcer_print=0.1"} {
		if p, err := ParsePromise(s); err != nil || p.String() != s {
			t.Errorf("%s: %v, %v", s, p, err)
		}
	}
	for _, s := range []string{"", "bpcer", "bpcer=2", "far=0.1", "apcer_=0.1"} {
		if _, err := ParsePromise(s); err == nil {
			t.Errorf("%q is a promise", s)
		}
	}
}
