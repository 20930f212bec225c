package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/analysis/biometry"
	"github.com/bonafide-id/bonafide/internal/analysis/quality"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/eval"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/sample"
)

// evalCmd measures error rates on labelled media.
type evalCmd struct {
	Verification evalVerificationCmd `cmd:"" help:"Error rates of one-to-one comparison on a list of pairs."`
	PAD          evalPADCmd          `cmd:"" name:"pad" help:"Error rates of presentation attack detection on a list of labels."`
	Roll         evalRollCmd         `cmd:"" help:"What becomes of roll, similarity and liveness when samples are turned by any angle."`
}

// evalOutput are the flags that both evaluations share.
type evalOutput struct {
	Compare  []string `help:"Further model sets to print beside --set." placeholder:"SET"`
	CSV      string   `name:"csv" help:"Write every score to this file." type:"path" placeholder:"FILE"`
	DET      string   `name:"det" help:"Write a DET plot to this file." type:"path" placeholder:"FILE.svg"`
	Markdown string   `help:"Write the tables to this file." type:"path" placeholder:"FILE.md"`
}

type evalVerificationCmd struct {
	Pairs    string `required:"" help:"List of pairs: as LFW's pairs.txt, or a CSV with the columns a, b, mated and, if wanted, fold." type:"existingfile"`
	Images   string `help:"Folder of the pictures; that of the list by default." type:"existingdir"`
	Folds    int    `help:"Folds where a CSV names none." default:"10"`
	MainFace bool   `help:"Take the main face of a picture that shows several, which the server would refuse: measures the comparison, not the service."`
	AllPairs bool   `help:"Also compare every picture with every other, the person told from the file name: NAME_NUMBER.jpg, or a folder per person."`

	evalOutput
}

// Run evaluates every set on the same pairs.
func (c *evalVerificationCmd) Run(ctx context.Context, cfg *config.Config) error {
	pairs, err := read(c.Pairs, func(r io.Reader) (*eval.Pairs, error) { return eval.ReadPairs(r, c.Folds) })
	if err != nil {
		return err
	}
	paths, err := eval.Locate(folderOf(c.Images, c.Pairs), pairs.Files())
	if err != nil {
		return err
	}
	var results []*eval.Verification
	var tables []eval.Table
	det := eval.DET{Title: "Verification", X: "FMR", Y: "FNMR"}
	err = c.systems(ctx, cfg, paths, func(s *system) error {
		if s.mainFace = c.MainFace; s.mainFace {
			s.name += ", main face"
		}
		v, err := eval.Verify(ctx, s.work("templates"), pairs, s)
		if err != nil {
			return err
		}
		v.System = s.name
		results = append(results, v)
		listed, err := v.Comparisons()
		if err != nil {
			return err
		}
		det.Curves = append(det.Curves, eval.Named{Name: s.name, Curve: listed.Curve})
		if !c.AllPairs {
			return nil
		}
		all, err := v.CompareAll(ctx, s.work("all pairs"), s)
		if err != nil {
			return err
		}
		det.Curves = append(det.Curves, eval.Named{Name: s.name + ", all pairs", Curve: all.Curve})
		tables = append(tables, all.Tables("all pairs, "+s.name)...)
		return nil
	})
	if err != nil {
		return err
	}
	listed, err := eval.VerificationTables(results)
	if err != nil {
		return err
	}
	return c.write(append(listed, tables...), det, func(w io.Writer) error {
		return eval.WriteVerificationScores(w, results)
	})
}

// system is a model set as the evaluation sees it: the analyses that the server
// runs, on files.
type system struct {
	*pipeline
	name     string
	paths    map[string]string
	workers  int
	mainFace bool
	variants []quality.Analysis // of the liveness analysis
}

// systems opens one set after the other.
func (o *evalOutput) systems(ctx context.Context, cfg *config.Config, paths map[string]string, f func(*system) error) error {
	for _, set := range append([]string{cfg.Set}, o.Compare...) {
		one := *cfg
		one.Set = set
		p, err := openPipeline(ctx, &one)
		if err != nil {
			return err
		}
		err = f(&system{pipeline: p, name: p.set.Name, paths: paths, workers: workers(cfg)})
		p.close()
		if err != nil {
			return fmt.Errorf("set %s: %w", p.set.Name, err)
		}
	}
	return nil
}

func (s *system) work(what string) eval.Work {
	return eval.Work{Workers: s.workers, Progress: progress(s.name + ", " + what)}
}

// noModel is the reason for which a set without a liveness model gives no answer.
// Beside other sets that is a row of the table, not the end of the evaluation.
const noModel = "no_liveness_model"

// Template compares the file with itself, so that it is taken or refused by the
// rules of the analysis, and gives the template that was made for that.
func (s *system) Template(ctx context.Context, file string) (bonafide.Template, []bonafide.Reason, error) {
	one := s.sample(file)
	findings, err := biometry.Analysis{}.Run(ctx, analysis.Input{Samples: []*sample.Sample{one, one}})
	if err != nil {
		return bonafide.Template{}, nil, err
	}
	for _, f := range findings {
		if len(f.Failures) > 0 && !(s.mainFace && f.Failures[0].Code == bonafide.ReasonSeveralFaces) {
			return bonafide.Template{}, f.Failures, nil
		}
	}
	best, err := one.Best(ctx)
	if err != nil {
		return bonafide.Template{}, nil, err
	}
	t, err := best.Template(ctx)
	return t, nil, err
}

// Compare gives cosine and similarity.
func (s *system) Compare(a, b bonafide.Template) (raw, similarity float64, err error) {
	return s.set.Embedder.Compare(a, b)
}

func (s *system) sample(file string) *sample.Sample {
	m := bonafide.Media{ID: bonafide.NewID()}
	return sample.Open(m, media.Source{Path: s.paths[file]}, s.opener, s.set)
}

// write prints the tables and fills the files that were asked for.
func (o *evalOutput) write(tables []eval.Table, det eval.DET, scores func(io.Writer) error) error {
	markdown := func(w io.Writer) error {
		for _, t := range tables {
			if err := t.WriteMarkdown(w); err != nil {
				return err
			}
		}
		return nil
	}
	for _, out := range []struct {
		path  string
		write func(io.Writer) error
	}{{o.CSV, scores}, {o.DET, det.WriteSVG}, {o.Markdown, markdown}} {
		if out.path == "" {
			continue
		}
		if err := writeFile(out.path, out.write); err != nil {
			return err
		}
	}
	return printTables(os.Stdout, tables)
}

// printTables writes tables with an empty line between them.
func printTables(w io.Writer, tables []eval.Table) error {
	for i, t := range tables {
		if i > 0 {
			fmt.Fprintln(w)
		}
		if err := t.WriteText(w); err != nil {
			return err
		}
	}
	return nil
}

func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := write(f); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func read[T any](path string, parse func(io.Reader) (T, error)) (T, error) {
	f, err := os.Open(path)
	if err != nil {
		var none T
		return none, err
	}
	defer f.Close()
	return parse(f)
}

// folderOf is the folder that was named, or the one the list lies in.
func folderOf(named, list string) string {
	if named != "" {
		return named
	}
	return filepath.Dir(list)
}
