package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/advice"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/job"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/sample"
)

// checkCmd runs the server's pipeline on files.
type checkCmd struct {
	Files     []string `arg:"" help:"Photos, videos or zips of frames of one capture subject." type:"existingfile"`
	Reference string   `help:"Photo to compare the files with." type:"existingfile"`
	JSON      bool     `name:"json" help:"Print the outcome as JSON."`
}

// checked is one analysis as the command prints it.
type checked struct {
	Type       bonafide.AnalysisType `json:"type"`
	State      bonafide.Status       `json:"state"`
	Resolution bonafide.Status       `json:"resolution"`
	Error      string                `json:"error,omitempty"`
	Result     *bonafide.Result      `json:"result,omitempty"`
}

// Run checks the files for liveness, each by itself, and compares each with the
// reference. The exit code is 2 unless every analysis ends as
// SUCCESS.
func (c *checkCmd) Run(ctx context.Context, cfg *config.Config) error {
	p, err := openPipeline(ctx, cfg)
	if err != nil {
		return err
	}
	defer p.close()
	orders, samples, names := c.orders(p)
	show := progress("check")
	var outcomes []job.Outcome
	for i := range orders {
		show(i, len(orders))
		outcomes = append(outcomes, p.evaluator.Evaluate(ctx, orders[i:i+1], samples, nil)...)
	}
	show(len(orders), len(orders))
	passed := true
	var all []checked
	for i, o := range outcomes {
		passed = passed && o.Resolution == bonafide.Success
		all = append(all, checked{Type: orders[i].Type, State: o.State, Resolution: o.Resolution, Error: o.ErrorMessage, Result: o.Result})
	}
	if err := c.print(all, names); err != nil {
		return err
	}
	if !passed {
		return exitCode(2) // the verdict is no, which is not a fault
	}
	return nil
}

// orders gives one QUALITY analysis over all files and, with a reference, one
// BIOMETRY per file.
func (c *checkCmd) orders(p *pipeline) ([]bonafide.Analysis, []*sample.Sample, map[bonafide.ID]string) {
	names := map[bonafide.ID]string{}
	var samples []*sample.Sample
	open := func(path string) bonafide.ID {
		m := bonafide.Media{ID: bonafide.NewID()}
		names[m.ID] = path
		samples = append(samples, sample.Open(m, media.Source{Path: path}, p.opener, p.set))
		return m.ID
	}
	quality := bonafide.Analysis{ID: bonafide.NewID(), Type: bonafide.Quality}
	for _, path := range c.Files {
		quality.SourceMedia = append(quality.SourceMedia, open(path))
	}
	no := false
	quality.Params.ExtractBestShot = &no
	orders := []bonafide.Analysis{quality}
	if c.Reference != "" {
		reference := open(c.Reference)
		for _, id := range quality.SourceMedia {
			orders = append(orders, bonafide.Analysis{ID: bonafide.NewID(), Type: bonafide.Biometry, SourceMedia: []bonafide.ID{id, reference}})
		}
	}
	return orders, samples, names
}

func (c *checkCmd) print(all []checked, names map[bonafide.ID]string) error {
	if c.JSON {
		e := json.NewEncoder(os.Stdout)
		e.SetIndent("", "  ")
		return e.Encode(map[string]any{"analyses": all, "files": names})
	}
	for _, a := range all {
		fmt.Printf("%s %s\n", a.Type, a.Resolution)
		if a.Error != "" {
			fmt.Printf("  %s\n", a.Error)
		}
		if a.Result == nil {
			continue
		}
		for _, f := range a.Result.Findings {
			fmt.Println("  " + line(f, names))
		}
		for _, r := range a.Result.Reasons {
			fmt.Printf("  %s: %s\n", r.Code, advice.Sentence(advice.English, r.Code))
		}
	}
	return nil
}

// line tells one finding: what, of which files, the score, what is wrong with the
// capture, and the hints with their weights.
func line(f bonafide.Finding, names map[bonafide.ID]string) string {
	words := []string{f.Kind, names[f.MediaID]}
	if f.OtherID != "" {
		words = append(words, names[f.OtherID])
	}
	if f.Score != nil {
		words = append(words, fmt.Sprintf("%.4f", *f.Score))
	}
	for _, r := range f.Failures {
		words = append(words, r.Code)
	}
	for _, h := range f.Hints {
		words = append(words, fmt.Sprintf("%s (%g)", h.Code, h.Weight))
	}
	return strings.Join(words, " ")
}
