package eval

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/bonafide-id/bonafide"
)

// Limits of the lists.
const (
	maxListBytes = 64 << 20
	maxTrials    = 2_000_000
	maxFolds     = 1000
	maxField     = 1024
)

// Pair is one verification trial: two pictures, and whether they show one
// person. Files are relative to the folder of the pictures.
type Pair struct {
	A, B  string
	Mated bool
	Fold  int // from 0
}

// Pairs is a list of verification trials.
type Pairs struct {
	List  []Pair
	Folds int
	// Assigned tells that the list named no folds, so that they were dealt out by
	// position. One person may then appear in several folds.
	Assigned bool
}

// ReadPairs reads a list in one of two forms. The first is that of LFW's View 2:
// a header "folds pairs", then per fold that many mated pairs "name n n" and as
// many non-mated pairs "name n name n", where picture n of a name is
// name_000n.jpg. The second is CSV with the columns a, b and mated (yes/no,
// true/false, 1/0) and, if wanted, fold; other columns are ignored. A CSV without
// folds is dealt out to the given number of folds.
func ReadPairs(r io.Reader, folds int) (*Pairs, error) {
	raw, err := readList(r)
	if err != nil {
		return nil, err
	}
	first, _, _ := bytes.Cut(raw, []byte("\n"))
	var p *Pairs
	if bytes.Contains(first, []byte(",")) {
		p, err = readPairsCSV(raw, folds)
	} else {
		p, err = readPairsLFW(raw)
	}
	if err != nil {
		return nil, bonafide.Wrap(bonafide.CodeValue, "list of pairs", err)
	}
	return p, nil
}

// readList reads a whole list below the limit, without a byte order mark.
func readList(r io.Reader) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxListBytes+1))
	if err != nil {
		return nil, err
	}
	if len(raw) > maxListBytes {
		return nil, bonafide.Errorf(bonafide.CodeTooLarge, "the list is larger than %d bytes", maxListBytes)
	}
	return bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")), nil
}

func readPairsLFW(raw []byte) (*Pairs, error) {
	lines := bufio.NewScanner(bytes.NewReader(raw))
	if !lines.Scan() {
		return nil, errors.New("is empty")
	}
	header := strings.Fields(lines.Text())
	if len(header) != 2 {
		return nil, errors.New(`line 1: want "folds pairs", or a CSV header with a, b and mated`)
	}
	folds, err := number(header[0], maxFolds)
	if err != nil {
		return nil, fmt.Errorf("line 1: folds: %w", err)
	}
	each, err := number(header[1], maxTrials)
	if err != nil {
		return nil, fmt.Errorf("line 1: pairs: %w", err)
	}
	want := 2 * folds * each
	if want > maxTrials {
		return nil, fmt.Errorf("line 1: more than %d pairs", maxTrials)
	}
	p := &Pairs{Folds: folds}
	for line := 2; lines.Scan(); line++ {
		fields := strings.Fields(lines.Text())
		if len(fields) == 0 {
			continue
		}
		i := len(p.List)
		if i == want {
			return nil, fmt.Errorf("line %d: more than the %d pairs that the header promises", line, want)
		}
		pair, err := pairLFW(fields, i%(2*each) < each)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		pair.Fold = i / (2 * each)
		p.List = append(p.List, pair)
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if len(p.List) != want {
		return nil, fmt.Errorf("has %d pairs, the header promises %d", len(p.List), want)
	}
	return p, nil
}

func pairLFW(fields []string, mated bool) (Pair, error) {
	switch {
	case mated && len(fields) == 3:
		fields = []string{fields[0], fields[1], fields[0], fields[2]}
	case mated || len(fields) != 4:
		return Pair{}, fmt.Errorf("has %d fields where a mated pair has 3 and a non-mated pair 4", len(fields))
	}
	a, errA := pictureLFW(fields[0], fields[1])
	b, errB := pictureLFW(fields[2], fields[3])
	return Pair{A: a, B: b, Mated: mated}, errors.Join(errA, errB)
}

func pictureLFW(name, n string) (string, error) {
	i, err := number(n, 9999)
	if err != nil {
		return "", err
	}
	return localFile(fmt.Sprintf("%s_%04d.jpg", name, i))
}

func readPairsCSV(raw []byte, folds int) (*Pairs, error) {
	if folds < 1 || folds > maxFolds {
		return nil, fmt.Errorf("folds must lie between 1 and %d", maxFolds)
	}
	p := &Pairs{Folds: folds}
	named := map[string]int{}
	var dealt [2]int // non-mated and mated pairs are dealt out apart
	err := readColumns(raw, []string{"a", "b", "mated"}, func(field func(string) string) error {
		a, errA := localFile(field("a"))
		b, errB := localFile(field("b"))
		mated, errM := yes(field("mated"))
		if err := errors.Join(errA, errB, errM); err != nil {
			return err
		}
		pair := Pair{A: a, B: b, Mated: mated}
		if fold := field("fold"); fold != "" {
			if _, known := named[fold]; !known {
				named[fold] = len(named)
			}
			pair.Fold = named[fold]
		} else {
			side := 0
			if mated {
				side = 1
			}
			pair.Fold = dealt[side] % folds
			dealt[side]++
		}
		p.List = append(p.List, pair)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(named) == 0 {
		p.Assigned = true
		p.Folds = min(folds, max(dealt[0], dealt[1])) // none is empty
		return p, nil
	}
	if dealt[0]+dealt[1] > 0 {
		return nil, errors.New("some pairs have a fold and some have none")
	}
	if p.Folds = len(named); p.Folds > maxFolds {
		return nil, fmt.Errorf("has more than %d folds", maxFolds)
	}
	return p, nil
}

// readColumns calls f for each row of a CSV with a header. field gives the value
// of a column of the row, empty when there is no such column.
func readColumns(raw []byte, required []string, f func(field func(string) string) error) error {
	rows := csv.NewReader(bytes.NewReader(raw))
	rows.ReuseRecord = true
	header, err := rows.Read()
	if err == io.EOF {
		return errors.New("is empty")
	}
	if err != nil {
		return err
	}
	column := map[string]int{}
	for i, name := range header {
		column[strings.ToLower(strings.TrimSpace(name))] = i
	}
	for _, name := range required {
		if _, ok := column[name]; !ok {
			return fmt.Errorf("line 1: the column %q is missing", name)
		}
	}
	for n := 0; ; n++ {
		row, err := rows.Read()
		if err == io.EOF {
			if n == 0 {
				return errors.New("has no rows")
			}
			return nil
		}
		if err != nil {
			return err
		}
		if n == maxTrials {
			return fmt.Errorf("has more than %d rows", maxTrials)
		}
		line, _ := rows.FieldPos(0)
		if err := f(func(name string) string {
			i, ok := column[name]
			if !ok {
				return ""
			}
			return strings.TrimSpace(row[i])
		}); err != nil {
			return fmt.Errorf("line %d: %w", line, err)
		}
	}
}

// number reads a whole number from 1 to limit.
func number(s string, limit int) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > limit {
		return 0, fmt.Errorf("%.20q is not a number between 1 and %d", s, limit)
	}
	return n, nil
}

// yes reads a yes or a no.
func yes(s string) (bool, error) {
	switch strings.ToLower(s) {
	case "1", "true", "yes", "y":
		return true, nil
	case "0", "false", "no", "n":
		return false, nil
	}
	return false, fmt.Errorf("mated is %.20q, want yes or no", s)
}

// localFile accepts names of files inside the folder of the pictures.
func localFile(name string) (string, error) {
	if len(name) > maxField || strings.ContainsRune(name, 0) || !filepath.IsLocal(name) || filepath.Clean(name) == "." {
		return "", fmt.Errorf("%.80q is not the name of a file inside the folder", name)
	}
	return filepath.ToSlash(filepath.Clean(name)), nil
}
