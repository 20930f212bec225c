package webadapter

import (
	"encoding/json"
	"maps"
)

// texts are the words of our own pages in the language of the browser.
func (a *adapter) texts(c *call) map[string]string { return a.textsIn(a.pageLanguage(c)) }

// textsIn are the words in a language. What it has not is English.
func (a *adapter) textsIn(lang string) map[string]string {
	all := map[string]map[string]string{}
	if raw, err := pageFiles.ReadFile("pages/texts.json"); err != nil || json.Unmarshal(raw, &all) != nil {
		return map[string]string{} // a test reads the file
	}
	words := maps.Clone(all["en"])
	maps.Copy(words, all[lang])
	return words
}
