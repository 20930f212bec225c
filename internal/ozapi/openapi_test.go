package ozapi

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

var update = flag.Bool("update", false, "write the committed documents anew")

const apiFolder = "../../api"

func TestEveryRouteSaysWhatItAnswersUnderANameOfItsOwn(t *testing.T) {
	named := map[string]bool{}
	for _, rt := range routes() {
		if rt.Out == nil && rt.Binary == "" {
			t.Errorf("%s %s: add what comes out", rt.Method, rt.Pattern)
		}
		if !regexp.MustCompile(`^[a-z][A-Za-z0-9]+$`).MatchString(rt.Name) || named[rt.Name] {
			t.Errorf("%s %s: %q is no name of its own in camel case", rt.Method, rt.Pattern, rt.Name)
		}
		named[rt.Name] = true
	}
}

func TestCommittedDocumentsAreFresh(t *testing.T) {
	for name, make := range map[string]func(string) ([]byte, error){"openapi.json": OpenAPI, "postman.json": postman} {
		want, err := make("6")
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(apiFolder, name)
		if *update {
			if err := os.WriteFile(path, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is stale: go test ./internal/ozapi -run Fresh -update", path)
		}
	}
}
