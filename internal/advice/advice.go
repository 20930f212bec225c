// Package advice says the codes of reasons in sentences for the capture subject: one
// file per language. Codes are decided, stored and sent; the sentence is looked up where
// a reason is shown.
package advice

import (
	"context"
	"strconv"
	"strings"
)

// Language is a tag of BCP 47, such as en.
type Language string

// The languages. English is the one that is taken where none is asked for.
const (
	English Language = "en"
	Russian Language = "ru"
)

// languages lists the sentences by language. A new language is its file and a line here.
func languages() map[Language]func(code string) string {
	return map[Language]func(code string) string{
		English: english,
		Russian: russian,
	}
}

// Sentence gives the advice for a code, in English where the language lacks it, and
// nothing for a code that is not known.
func Sentence(l Language, code string) string {
	if say, ok := languages()[l]; ok {
		if s := say(code); s != "" {
			return s
		}
	}
	return english(code)
}

// Preferred gives the language that somebody asks for, as in the parameter lang or the
// header Accept-Language: the one of ours that comes first in their order. Regions do not
// matter; where we have none of them, it is English.
func Preferred(ask string) Language {
	best, weight := English, 0.0
	for item := range strings.SplitSeq(ask, ",") {
		tag, parameters, _ := strings.Cut(item, ";")
		primary, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
		l := Language(primary)
		if _, ok := languages()[l]; !ok {
			continue
		}
		q := 1.0
		if value, ok := strings.CutPrefix(strings.ReplaceAll(parameters, " ", ""), "q="); ok {
			var err error
			if q, err = strconv.ParseFloat(value, 64); err != nil {
				continue
			}
		}
		if q > weight {
			best, weight = l, q
		}
	}
	return best
}

type wantedKey struct{}

// WithLanguage gives a context of somebody who wants advice in a language.
func WithLanguage(ctx context.Context, l Language) context.Context {
	return context.WithValue(ctx, wantedKey{}, l)
}

// LanguageOf is the language that advice is wanted in, English where nobody said.
func LanguageOf(ctx context.Context) Language {
	if l, ok := ctx.Value(wantedKey{}).(Language); ok {
		return l
	}
	return English
}
