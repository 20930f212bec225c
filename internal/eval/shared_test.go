package eval

import (
	"os"
	"path/filepath"
	"testing"
)

// shared is the folder of evaluation media, which are not part of the
// repository.
func shared(t *testing.T, path string) string {
	t.Helper()
	root := os.Getenv("BONAFIDE_SHARED")
	if root == "" {
		root = "../../../shared"
	}
	full := filepath.Join(root, path)
	if _, err := os.Stat(full); err != nil {
		t.Skipf("NOT TESTED: %s is not there; set BONAFIDE_SHARED", full)
	}
	return full
}

func TestPublishedPairsAreReadWhole(t *testing.T) {
	list := shared(t, "data/lfw/pairs.txt")
	f, err := os.Open(list)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	p, err := ReadPairs(f, 0)
	if err != nil {
		t.Fatal(err)
	}
	mated := make([]int, p.Folds)
	all := make([]int, p.Folds)
	for _, pair := range p.List {
		all[pair.Fold]++
		if pair.Mated {
			mated[pair.Fold]++
		}
	}
	for fold := range all {
		if all[fold] != 600 || mated[fold] != 300 {
			t.Errorf("fold %d has %d pairs, %d of them mated", fold, all[fold], mated[fold])
		}
	}
	files := p.Files()
	if _, err := Locate(filepath.Dir(list), files); err != nil {
		t.Error(err)
	}
	if _, err := p.identities(files); err != nil {
		t.Error(err)
	}
}

func TestPublishedLabelsAreReadWhole(t *testing.T) {
	list := shared(t, "data/pad/labels.csv")
	f, err := os.Open(list)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	labels, err := ReadLabels(f)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(labels); n != 868 {
		t.Errorf("%d labels", n)
	}
	var files []string
	for _, l := range labels {
		files = append(files, l.File)
	}
	if _, err := Locate(filepath.Dir(list), files); err != nil {
		t.Error(err)
	}
}
