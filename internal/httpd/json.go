package httpd

import (
	"encoding/json"
	"strconv"
	"strings"
)

// Twice is a key that stands twice in one object of a JSON text. Of two values readers
// take either, so that one who checks a request may see another than one who acts on it.
type Twice struct {
	Key  string
	Path string // to the second one, such as analyses[1].type
}

// FindTwice looks for such a key in the bytes alone, before anything is made of them;
// nil: there is none. Letters matter as they are read, not as they are spelled: "a" and
// "\u0061" are one key, "a" and "A" are two. What it says of a text that is not JSON
// means nothing.
func FindTwice(text []byte) *Twice {
	s, open := string(text), []level{}
	for i := 0; i < len(s); i++ {
		switch top := len(open) - 1; s[i] {
		case '{', '[':
			open = append(open, level{array: s[i] == '[', key: true})
		case '}', ']':
			if top >= 0 {
				open = open[:top]
			}
		case ',':
			if top >= 0 {
				open[top].key = true
				open[top].index++
			}
		case '"':
			end := closingQuote(s, i+1)
			if top >= 0 && !open[top].array && open[top].key {
				open[top].key = false
				if !open[top].add(unquoted(s[i:end])) {
					return &Twice{Key: open[top].at, Path: path(open)}
				}
			}
			i = end - 1
		}
	}
	return nil
}

// level is an object or array that has been opened and not closed.
type level struct {
	array bool
	index int    // of the element, of an array
	key   bool   // the next string of an object is a key
	at    string // the last key of an object
	few   []string
	many  map[string]bool // nil while there are few
}

// fewKeys is how many keys are faster compared than hashed.
const fewKeys = 12

// add takes in a key, and tells false where it is there already.
func (l *level) add(key string) bool {
	l.at = key
	if l.many == nil {
		for _, k := range l.few {
			if k == key {
				return false
			}
		}
		if l.few = append(l.few, key); len(l.few) > fewKeys {
			l.many = make(map[string]bool, 4*fewKeys)
			for _, k := range l.few {
				l.many[k] = true
			}
		}
		return true
	}
	if l.many[key] {
		return false
	}
	l.many[key] = true
	return true
}

// closingQuote gives the place behind the string that begins at i.
func closingQuote(s string, i int) int {
	for ; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(s)
}

// unquoted reads a string as the parser does, which replaces what is no letter.
func unquoted(token string) string {
	plain := len(token) >= 2
	for i := 0; plain && i < len(token); i++ {
		plain = token[i] != '\\' && token[i] < 0x80
	}
	var key string
	if !plain && json.Unmarshal([]byte(token), &key) == nil {
		return key
	}
	return strings.Trim(token, `"`)
}

// path spells where the last key of the innermost object stands.
func path(open []level) string {
	var b strings.Builder
	for _, l := range open {
		if l.array {
			b.WriteString("[" + strconv.Itoa(l.index) + "]")
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(l.at)
	}
	return b.String()
}
