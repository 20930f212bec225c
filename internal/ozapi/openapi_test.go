package ozapi

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write the committed documents anew")

const apiFolder = "../../api"

func TestEveryRouteHasAShape(t *testing.T) {
	all := shapes()
	for _, rt := range routes() {
		name := rt.Method + " " + rt.Pattern
		sh, ok := all[name]
		if !ok || sh.out == nil && sh.binary == "" {
			t.Errorf("%s: add what goes in and comes out to shapes()", name)
		}
		delete(all, name)
	}
	for name := range all {
		t.Errorf("%s has a shape and no route", name)
	}
}

func TestCommittedDocumentsAreFresh(t *testing.T) {
	for name, make := range map[string]func(string) ([]byte, error){"openapi.json": OpenAPI, "postman.json": Postman} {
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
