package eval

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
)

// scripted is a system that answers by the file's name.
type scripted map[string][]bonafide.Finding

func (s scripted) Assess(_ context.Context, file string) (*Assessment, error) {
	switch file {
	case "torn":
		return nil, bonafide.Errorf(bonafide.CodeValue, "not a picture")
	case "broken":
		return nil, errors.New("out of memory")
	}
	return &Assessment{Variants: [][]bonafide.Finding{s[file]}}, nil
}

func live(score float64) []bonafide.Finding {
	return []bonafide.Finding{
		{Kind: bonafide.FindingCapture, MediaID: "m", Measures: map[string]float64{"face_width_share": 0.25, "face_height_share": 0.4}},
		{Kind: bonafide.FindingLiveness, MediaID: "m", Score: &score, Frames: 1},
	}
}

func refused(code string) []bonafide.Finding {
	why := []bonafide.Reason{{Code: code}}
	return []bonafide.Finding{
		{Kind: bonafide.FindingCapture, MediaID: "m", Failures: why},
		{Kind: bonafide.FindingLiveness, MediaID: "m", Failures: why},
	}
}

func detect(t *testing.T, threshold float64) *PAD {
	t.Helper()
	system := scripted{
		"b1": live(0.9), "b2": live(0.4), "b3": refused(bonafide.ReasonBlurred), "b4": live(math.NaN()), "b5": live(0.8),
		"p1": live(0.1), "p2": live(0.6), "p3": refused(bonafide.ReasonNoFace),
		"r1": live(0.5),
	}
	labels := []Label{
		{File: "b1", Subject: "s1", Species: BonaFide}, {File: "b2", Subject: "s2", Species: BonaFide},
		{File: "b3", Subject: "s2", Species: BonaFide}, {File: "b4", Subject: "s3", Species: BonaFide},
		{File: "b5", Subject: "s3", Species: BonaFide}, {File: "torn", Subject: "s3", Species: BonaFide},
		{File: "p1", Subject: "s1", Species: "print"}, {File: "p2", Subject: "s2", Species: "print"},
		{File: "p3", Subject: "s3", Species: "print"}, {File: "r1", Subject: "s1", Species: "replay"},
	}
	all, err := Detect(context.Background(), Work{Workers: 3}, labels, system, []string{"scripted"}, threshold)
	if err != nil {
		t.Fatal(err)
	}
	p := all[0]
	for i := range p.Outcomes {
		p.Outcomes[i].Took = time.Duration(i+1) * time.Millisecond
	}
	return p
}

func TestErrorsAreCountedPerSpecies(t *testing.T) {
	want := []Species{
		{Name: BonaFide, Samples: 6, Subjects: 3, NonResponse: Rate{3, 6}, Error: Rate{1, 3}, EndToEnd: Rate{4, 6}},
		{Name: "print", Samples: 3, Subjects: 3, NonResponse: Rate{1, 3}, Error: Rate{1, 2}, EndToEnd: Rate{1, 3}},
		// A live score of 0.5 is not below the threshold when turned round: declined.
		{Name: "replay", Samples: 1, Subjects: 1, NonResponse: Rate{0, 1}, Error: Rate{0, 1}, EndToEnd: Rate{0, 1}},
	}
	for i, got := range sumUp(detect(t, 0.5).all(), Bootstrap{Seed: 1, Resamples: 1000}) {
		got.ErrorBySubject, got.Situations, got.BySituation = Interval{}, 0, 0
		if got != want[i] {
			t.Errorf("got  %+v\nwant %+v", got, want[i])
		}
	}
}

func TestThresholdIsThatOfTheWire(t *testing.T) {
	// 1-0.5 is below 0.51: the replay passes.
	for _, s := range sumUp(detect(t, 0.51).all(), Bootstrap{}) {
		if s.Name == "replay" && s.Error != (Rate{1, 1}) {
			t.Errorf("replay: %+v", s.Error)
		}
	}
	for _, bad := range []float64{-0.1, 1.1, math.NaN()} {
		if _, err := Detect(context.Background(), Work{}, nil, scripted{}, nil, bad); bonafide.CodeOf(err) != bonafide.CodeValue {
			t.Errorf("threshold %v: %v", bad, err)
		}
	}
}

func TestNonResponseKeepsItsReason(t *testing.T) {
	why := map[string]string{}
	for _, o := range detect(t, 0.5).Outcomes {
		if o.Answered() != (len(o.Reasons) == 0) {
			t.Errorf("%s: score %v with reasons %v", o.File, o.Score, o.Reasons)
		}
		if o.Accepted && !o.Answered() {
			t.Errorf("%s was accepted without a score", o.File)
		}
		why[o.File] = strings.Join(o.Reasons, " ")
	}
	for file, want := range map[string]string{
		"b3": bonafide.ReasonBlurred, "b4": noScore, "torn": "unreadable (not a picture)", "p3": bonafide.ReasonNoFace,
	} {
		if why[file] != want {
			t.Errorf("%s: %q, want %q", file, why[file], want)
		}
	}
}

func TestMissingFindingsEndTheEvaluation(t *testing.T) {
	half := 0.5
	for name, findings := range map[string][]bonafide.Finding{
		"none":        nil,
		"no liveness": {{Kind: bonafide.FindingCapture, MediaID: "m"}},
		"other kind":  {{Kind: "new", MediaID: "m"}, {Kind: bonafide.FindingLiveness, MediaID: "m", Score: &half}},
	} {
		labels := []Label{{File: "x", Subject: "s", Species: BonaFide}}
		if _, err := Detect(context.Background(), Work{}, labels, scripted{"x": findings}, []string{""}, 0.5); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	labels := []Label{{File: "broken", Subject: "s", Species: BonaFide}}
	if _, err := Detect(context.Background(), Work{}, labels, scripted{}, []string{""}, 0.5); err == nil {
		t.Error("a machine fault was taken for a non-response")
	}
}

func TestSeparationIsTakenAgainstBonaFide(t *testing.T) {
	all, err := detect(t, 0.5).Separations(Bootstrap{Seed: 1, Resamples: 1000})
	if err != nil {
		t.Fatal(err)
	}
	// Bona fide 0.4, 0.8, 0.9; print 0.1, 0.6: of six comparisons one is lost.
	s := all[0]
	near(t, "AUC", s.AUC, 5./6, 1e-12)
	if got := s.Low[1].FalseReject; got != (Rate{1, 3}) {
		t.Errorf("BPCER at APCER 1 %%: %v", got)
	}
	if all[1].AUCBy.Known() {
		t.Error("one attack subject has an interval by subject")
	}
}

func TestSubjectsOfTwoDatasetsAreNotMixed(t *testing.T) {
	list := []*Outcome{
		{Label: Label{Dataset: "x", Subject: "1"}},
		{Label: Label{Dataset: "y", Subject: "1"}},
		{Label: Label{Dataset: "x", Subject: "1"}},
	}
	if n := len(subjects(list)); n != 2 {
		t.Errorf("%d subjects, want 2", n)
	}
}

func TestDetectionTablesAreStable(t *testing.T) {
	p := &PAD{System: "made", Threshold: 0.5}
	for i := range 200 {
		o := Outcome{
			Label: Label{
				File: fmt.Sprint(i), Dataset: []string{"one", "two"}[i%2], Subject: fmt.Sprint(i / 10),
				Species: []string{BonaFide, "print", BonaFide, "replay"}[i%4],
			},
			FaceShare: spread(fmt.Sprint("share", i)),
			Frames:    1,
			Looked:    1 + i%3,
			Trivial:   []float64{0.1, spread(fmt.Sprint("saturation", i)), 0.2, 0.3},
			Took:      time.Duration(i) * time.Millisecond,
		}
		o.Score = spread(fmt.Sprint("score", i))
		if o.Species == BonaFide {
			o.Score = math.Sqrt(o.Score)
		}
		o.Accepted = 1-o.Score < 0.5
		if i%9 == 0 {
			o.Score, o.Accepted, o.Frames, o.Reasons = math.NaN(), false, 0, []string{bonafide.ReasonBlurred}
		}
		p.Outcomes = append(p.Outcomes, o)
	}
	tables, err := PADTables([]*PAD{p, p}, []Promise{{BonaFide, 0.02}}, Bootstrap{Seed: 1, Resamples: 1000}, 2)
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	for _, table := range tables {
		if err := table.WriteText(&text); err != nil {
			t.Fatal(err)
		}
	}
	golden(t, "pad.txt", text.Bytes())
	var scores bytes.Buffer
	if err := WritePADScores(&scores, []*PAD{p}); err != nil {
		t.Fatal(err)
	}
	if rows := bytes.Count(scores.Bytes(), []byte("\n")); rows != 201 {
		t.Errorf("%d rows of scores", rows)
	}
	if !bytes.Contains(scores.Bytes(), []byte("made,0,one,0,bona_fide,,,,,0,false,")) {
		t.Errorf("the first sample is not shown without a score: %.200s", scores.Bytes())
	}
}

func TestProgressReachesTheEnd(t *testing.T) {
	last := 0
	w := Work{Workers: 4, Progress: func(done, total int) {
		if done != last+1 || total != 100 {
			t.Errorf("after %d came %d of %d", last, done, total)
		}
		last = done
	}}
	if err := w.each(context.Background(), 100, func(context.Context, int) error { return nil }); err != nil || last != 100 {
		t.Errorf("ended at %d: %v", last, err)
	}
}
