package main

import (
	"context"
	"io"

	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/decision"
	"github.com/bonafide-id/bonafide/internal/eval"
)

type evalRollCmd struct {
	Labels string    `required:"" help:"CSV as of eval pad: file and species and, if wanted, dataset, subject and framing." type:"existingfile"`
	Root   string    `help:"Folder of the samples; that of the list by default." type:"existingdir"`
	Rolls  []float64 `help:"Degrees clockwise by which every sample is turned." default:"0,15,30,45,60,75,90,105,120,135,150,165,180,195,210,225,240,255,270,285,300,315,330,345"`

	evalOutput
}

// Run turns every sample and evaluates every set on it.
func (c *evalRollCmd) Run(ctx context.Context, cfg *config.Config) error {
	labels, err := read(c.Labels, eval.ReadLabels)
	if err != nil {
		return err
	}
	var files []string
	for _, l := range labels {
		files = append(files, l.File)
	}
	paths, err := eval.Locate(folderOf(c.Root, c.Labels), files)
	if err != nil {
		return err
	}
	var results []*eval.Rolls
	var tables []eval.Table
	err = c.systems(ctx, cfg, paths, func(s *underTest) error {
		r, err := eval.Roll(ctx, s.work("rolls"), labels, s, c.Rolls)
		if err != nil {
			return err
		}
		r.System = s.Name
		results = append(results, r)
		tables = append(tables, r.Tables(decision.Default().ThresholdMax)...)
		return nil
	})
	if err != nil {
		return err
	}
	return c.write(tables, eval.DET{}, func(w io.Writer) error { return eval.WriteRollScores(w, results) })
}
