package pdf

import (
	"cmp"
	"fmt"
	"sort"
	"strings"
	"unicode"

	"github.com/bonafide-id/bonafide"
)

// longestWord is where a word without blanks is broken, so that it stays within
// its column.
const longestWord = 40

// printable leaves what the font and the writer can set: no controls, no marks
// that turn the direction, nothing beyond the basic plane. Blanks of all kinds
// become one blank.
func printable(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r > 0xFFFF || r == unicode.ReplacementChar || unicode.Is(unicode.Co, r):
			return '?'
		case !unicode.IsPrint(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "?"))
	words := strings.Fields(s)
	for i, w := range words {
		words[i] = broken(w)
	}
	return strings.Join(words, " ")
}

func broken(word string) string {
	runes := []rune(word)
	var parts []string
	for len(runes) > longestWord {
		parts = append(parts, string(runes[:longestWord]))
		runes = runes[longestWord:]
	}
	return strings.Join(append(parts, string(runes)), " ")
}

// short cuts a text to a number of characters.
func short(s string, most int) string {
	runes := []rune(printable(s))
	if len(runes) <= most {
		return string(runes)
	}
	return string(runes[:most-1]) + "…"
}

// number spells a score or a threshold.
func number(v float64) string { return fmt.Sprintf("%.4f", v) }

// typeName names a type of analyses.
func (d *Document) typeName(t bonafide.AnalysisType) string {
	return cmp.Or(d.say(d.Titles[t]), string(t))
}

// statusName says a status in words.
func (d *Document) statusName(s bonafide.Status) string {
	switch s {
	case bonafide.Success:
		return d.say("Success")
	case bonafide.Declined:
		return d.say("Declined")
	case bonafide.OperatorRequired:
		return d.say("Operator required")
	case bonafide.Failed:
		return d.say("Failed")
	case bonafide.Processing:
		return d.say("In progress")
	case bonafide.Initial:
		return d.say("Nothing analysed")
	}
	return string(s)
}

// kindName says the kind of a media in words.
func (d *Document) kindName(k bonafide.MediaKind) string {
	switch k {
	case bonafide.Image:
		return d.say("image")
	case bonafide.Video:
		return d.say("video")
	case bonafide.ShotsSet:
		return d.say("shots set")
	}
	return strings.ToLower(string(k))
}

// pair is a line of a table.
type pair struct{ name, value string }

// metaPairs are the entries of metadata in the order of their names; what is no
// plain value is told as such.
func (d *Document) metaPairs(m bonafide.Meta) []pair {
	var names []string
	for name := range m {
		names = append(names, name)
	}
	sort.Strings(names)
	var pairs []pair
	for _, name := range names {
		if len(pairs) == maxRows {
			return append(pairs, pair{"…", fmt.Sprintf(d.say("%d more"), len(names)-maxRows)})
		}
		value := fmt.Sprint(m[name])
		switch m[name].(type) {
		case nil:
			value = "–"
		case map[string]any, []any:
			value = "(" + d.say("nested") + ")"
		}
		pairs = append(pairs, pair{short(name, 60), short(value, 300)})
	}
	return pairs
}

// thresholds are called as in an order, and come in the order of these names.
func thresholds(m map[bonafide.Threshold]float64) []string {
	names := map[bonafide.Threshold]string{
		bonafide.ThresholdSpoofing: "threshold_spoofing", bonafide.ThresholdMin: "threshold_min",
		bonafide.ThresholdMax: "threshold_max", bonafide.ThresholdSearch: "decision_threshold",
	}
	var parts []string
	for t, v := range m {
		parts = append(parts, cmp.Or(names[t], printable(string(t)))+" "+number(v))
	}
	sort.Strings(parts)
	return parts
}

// title is the heading of the document.
func (d *Document) title() string {
	if t := short(d.Title, 100); t != "" {
		return t
	}
	return d.say("Verification report")
}

// maxLines bounds the text below the title.
const maxLines = 20

// header is the text below the title, an element for each line.
func (d *Document) header() []string {
	if d.Header == "" {
		return nil
	}
	lines := strings.SplitN(d.Header, "\n", maxLines)
	for i, l := range lines {
		if lines[i] = short(l, 2000); lines[i] == "" {
			lines[i] = " "
		}
	}
	return lines
}
