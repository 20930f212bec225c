// Package advice says the codes of reasons in sentences for the capture subject: one
// file per language. Codes are decided, stored and sent; the sentence is looked up where
// a reason is shown.
package advice

// Language is a tag of BCP 47, such as en.
type Language string

// English is the language that has every sentence.
const English Language = "en"

// languages lists the sentences by language. A new language is its file and a line here.
func languages() map[Language]func(code string) string {
	return map[Language]func(code string) string{
		English: english,
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
