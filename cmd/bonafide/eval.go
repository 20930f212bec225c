package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/eval"
	"github.com/bonafide-id/bonafide/internal/eval/system"
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
	Short    string   `help:"Write the table that a person reads first to this file." type:"path" placeholder:"FILE.md"`
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
	var all []*eval.Comparisons
	var tables []eval.Table
	det := eval.DET{Title: "Verification", X: "FMR", Y: "FNMR"}
	err = c.systems(ctx, cfg, paths, func(s *underTest) error {
		if s.MainFace = c.MainFace; s.MainFace {
			s.Name += ", main face"
		}
		v, err := eval.Verify(ctx, s.work("templates"), pairs, s)
		if err != nil {
			return err
		}
		v.System = s.Name
		results = append(results, v)
		listed, err := v.Comparisons()
		if err != nil {
			return err
		}
		det.Curves = append(det.Curves, eval.Named{Name: s.Name, Curve: listed.Curve})
		if !c.AllPairs {
			return nil
		}
		every, err := v.CompareAll(ctx, s.work("all pairs"), s)
		if err != nil {
			return err
		}
		all = append(all, every)
		det.Curves = append(det.Curves, eval.Named{Name: s.Name + ", all pairs", Curve: every.Curve})
		tables = append(tables, every.Tables("all pairs, "+s.Name)...)
		return nil
	})
	if err != nil {
		return err
	}
	listed, err := eval.VerificationTables(results)
	if err != nil {
		return err
	}
	short, err := eval.ShortVerification(results, all)
	if err != nil {
		return err
	}
	if err := c.writeShort(short); err != nil {
		return err
	}
	return c.write(append(listed, tables...), det, func(w io.Writer) error {
		return eval.WriteVerificationScores(w, results)
	})
}

// underTest is a model set that is evaluated by so many workers.
type underTest struct {
	system.System
	workers int
}

func newUnderTest(cfg *config.Config, p *pipeline, paths map[string]string) *underTest {
	return &underTest{system.System{Name: p.set.Name, Set: p.set, Opener: p.opener, Paths: paths}, workers(cfg)}
}

// systems opens one set after the other.
func (o *evalOutput) systems(ctx context.Context, cfg *config.Config, paths map[string]string, f func(*underTest) error) error {
	for _, set := range append([]string{cfg.Set}, o.Compare...) {
		one := *cfg
		one.Set = set
		p, err := openPipeline(ctx, &one)
		if err != nil {
			return err
		}
		err = f(newUnderTest(cfg, p, paths))
		p.close()
		if err != nil {
			return fmt.Errorf("set %s: %w", p.set.Name, err)
		}
	}
	return nil
}

func (s *underTest) work(what string) eval.Work {
	return eval.Work{Workers: s.workers, Progress: progress(s.Name + ", " + what)}
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

// writeShort fills the file of the table that comes first, where one was asked for.
func (o *evalOutput) writeShort(t eval.Table) error {
	if o.Short == "" {
		return nil
	}
	return writeFile(o.Short, t.WriteMarkdown)
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
