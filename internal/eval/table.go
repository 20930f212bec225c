package eval

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Table is a result for people: aligned text for terminals, Markdown for papers.
type Table struct {
	Title   string
	Columns []string
	Rows    [][]string // as long as Columns
	Notes   []string
}

// WriteText writes columns padded with spaces. Columns of numbers are aligned to
// the right.
func (t Table) WriteText(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s\n", t.Title)
	width := make([]int, len(t.Columns))
	for _, row := range append([][]string{t.Columns}, t.Rows...) {
		for i, cell := range row {
			width[i] = max(width[i], utf8.RuneCountInString(cell))
		}
	}
	right := t.numeric()
	for _, row := range append([][]string{t.Columns}, t.Rows...) {
		var line strings.Builder
		for i, cell := range row {
			pad := strings.Repeat(" ", width[i]-utf8.RuneCountInString(cell))
			line.WriteString("  ")
			if right[i] {
				line.WriteString(pad + cell)
			} else {
				line.WriteString(cell + pad)
			}
		}
		fmt.Fprintln(out, strings.TrimRight(line.String(), " "))
	}
	for _, note := range t.Notes {
		fmt.Fprintf(out, "  (%s)\n", note)
	}
	return out.Flush()
}

// WriteMarkdown writes a heading, a pipe table and the notes as a list.
func (t Table) WriteMarkdown(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "### %s\n\n|", t.Title)
	escape := strings.NewReplacer("|", `\|`, "\n", " ")
	for _, c := range t.Columns {
		fmt.Fprintf(out, " %s |", escape.Replace(c))
	}
	fmt.Fprint(out, "\n|")
	for _, right := range t.numeric() {
		if right {
			fmt.Fprint(out, "---:|")
		} else {
			fmt.Fprint(out, "---|")
		}
	}
	for _, row := range t.Rows {
		fmt.Fprint(out, "\n|")
		for _, cell := range row {
			fmt.Fprintf(out, " %s |", escape.Replace(cell))
		}
	}
	fmt.Fprint(out, "\n\n")
	for _, note := range t.Notes {
		fmt.Fprintf(out, "- %s\n", escape.Replace(note))
	}
	if len(t.Notes) > 0 {
		fmt.Fprintln(out)
	}
	return out.Flush()
}

// numeric tells which columns hold numbers, or dashes for lack of them, alone.
func (t Table) numeric() []bool {
	right := make([]bool, len(t.Columns))
	for i := range right {
		right[i] = i > 0 && len(t.Rows) > 0
		for _, row := range t.Rows {
			if r, _ := utf8.DecodeRuneInString(row[i]); row[i] != "" && r != '-' && !unicode.IsDigit(r) {
				right[i] = false
			}
		}
	}
	return right
}

// support says in a few words what a rate rests on that n trials are to show. By
// the rule of 3, n trials without an error show no more than a rate below 3/n; by
// the rule of 30, a rate is known to about a third of itself once it rests on 30
// errors (ISO/IEC 19795-1, on test size).
func support(target float64, n int) string {
	expected := target * float64(n)
	switch {
	case n == 0:
		return "no trials"
	case expected < 1:
		return fmt.Sprintf("NOT SUPPORTED: %d trials show no rate below %.2g", n, min(1, 3/float64(n)))
	case expected < 30:
		return fmt.Sprintf("weak: rests on %d errors", int(expected+1e-9))
	}
	return ""
}
