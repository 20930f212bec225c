package ozapi

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/bonafide-id/bonafide/internal/liteapi"
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
	whole := func(version string) ([]byte, error) { return OpenAPI(version, liteapi.Operations()...) }
	for name, make := range map[string]func(string) ([]byte, error){"openapi.json": whole, "postman.json": postman} {
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
			t.Errorf("%s is stale: go generate ./internal/ozapi", path)
		}
	}
}

// TestTypesOfTheWebClientAreFresh needs no node: their first line names the document that
// they were made from.
func TestTypesOfTheWebClientAreFresh(t *testing.T) {
	api, err := os.ReadFile(filepath.Join(apiFolder, "openapi.json"))
	if err != nil {
		t.Fatal(err)
	}
	const types = "../../web/client/src/api.gen.ts"
	made, err := os.ReadFile(types)
	if err != nil {
		t.Fatal(err)
	}
	line, _, _ := bytes.Cut(made, []byte("\n"))
	if sum := sha256.Sum256(api); !bytes.Contains(line, []byte(hex.EncodeToString(sum[:]))) {
		t.Errorf("%s is stale: npm --prefix web ci && go generate ./internal/ozapi", types)
	}
}
