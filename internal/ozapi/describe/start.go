package describe

import (
	"bytes"
	_ "embed"
	"html/template"
)

//go:embed start.html
var startHTML string

// Start renders the page of the server's own address, which says what answers there.
func Start(version string) ([]byte, error) {
	page, err := template.New("start").Parse(startHTML)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = page.Execute(&b, version)
	return b.Bytes(), err
}
