package describe

import (
	"bytes"
	_ "embed"
	"html/template"
)

//go:embed start.html
var startHTML string

// Start renders the page of the server's own address, which says what answers there.
// demo is set where a person can try a capture.
func Start(version string, demo bool) ([]byte, error) {
	page, err := template.New("start").Parse(startHTML)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = page.Execute(&b, map[string]any{"Version": version, "Demo": demo})
	return b.Bytes(), err
}
