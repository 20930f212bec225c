package eval

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
)

const lfw = "2\t1\nAda_L\t1\t2\nAda_L\t1\tBob\t3\nCid\t4\t5\nCid\t4\tDan\t1\n"

func TestPairsOfLFWAreReadInBlocks(t *testing.T) {
	p, err := ReadPairs(strings.NewReader(lfw), 10)
	if err != nil {
		t.Fatal(err)
	}
	want := []Pair{
		{"Ada_L_0001.jpg", "Ada_L_0002.jpg", true, 0},
		{"Ada_L_0001.jpg", "Bob_0003.jpg", false, 0},
		{"Cid_0004.jpg", "Cid_0005.jpg", true, 1},
		{"Cid_0004.jpg", "Dan_0001.jpg", false, 1},
	}
	if p.Folds != 2 || p.Assigned || len(p.List) != len(want) {
		t.Fatalf("%d folds, %d pairs, assigned %v", p.Folds, len(p.List), p.Assigned)
	}
	for i := range want {
		if p.List[i] != want[i] {
			t.Errorf("pair %d is %v, want %v", i, p.List[i], want[i])
		}
	}
	if files := p.Files(); len(files) != 6 {
		t.Errorf("pictures %v are not listed once each", files)
	}
}

func TestPairsOfCSVAreReadByColumnName(t *testing.T) {
	p, err := ReadPairs(strings.NewReader("\ufeffMated,a,comment,b\nyes,x/1.jpg,\"so, so\",x/2.jpg\n0,x/1.jpg,,y/1.jpg\ntrue,y/1.jpg,,y/2.jpg\n"), 10)
	if err != nil {
		t.Fatal(err)
	}
	if !p.Assigned || p.Folds != 2 || len(p.List) != 3 {
		t.Fatalf("assigned %v, %d folds, %d pairs", p.Assigned, p.Folds, len(p.List))
	}
	if want := (Pair{"x/1.jpg", "y/1.jpg", false, 0}); p.List[1] != want {
		t.Errorf("second pair is %v, want %v", p.List[1], want)
	}
	if want := (Pair{"y/1.jpg", "y/2.jpg", true, 1}); p.List[2] != want {
		t.Errorf("third pair is %v, want %v", p.List[2], want)
	}
}

func TestFoldsOfCSVAreKept(t *testing.T) {
	p, err := ReadPairs(strings.NewReader("a,b,mated,fold\n1,2,1,z\n1,3,0,y\n2,3,0,z\n"), 10)
	if err != nil {
		t.Fatal(err)
	}
	if p.Assigned || p.Folds != 2 || p.List[0].Fold != 0 || p.List[1].Fold != 1 || p.List[2].Fold != 0 {
		t.Errorf("%+v", p)
	}
}

func TestBrokenPairsAreRefused(t *testing.T) {
	for name, in := range map[string]string{
		"empty":             "",
		"no header":         "Ada 1 2\n",
		"zero folds":        "0 300\n",
		"huge promise":      "1000 2000000\n",
		"too few":           "1 2\nAda 1 2\n",
		"too many":          "1 1\nAda 1 2\nAda 1 Bob 2\nAda 1 2\n",
		"wrong block":       "1 1\nAda 1 Bob 2\nAda 1 2\n",
		"picture zero":      "1 1\nAda 0 2\nAda 1 Bob 2\n",
		"path out":          "1 1\n../Ada 1 2\nAda 1 Bob 2\n",
		"csv path out":      "a,b,mated\n../x,y,1\n",
		"csv absolute path": "a,b,mated\n/x,y,1\n",
		"csv no column":     "a,b\nx,y\n",
		"csv no rows":       "a,b,mated\n",
		"csv no file":       "a,b,mated\n,y,1\n",
		"csv maybe":         "a,b,mated\nx,y,maybe\n",
		"csv ragged":        "a,b,mated\nx,y\n",
		"csv some folds":    "a,b,mated,fold\nx,y,1,1\nx,z,0,\n",
	} {
		if _, err := ReadPairs(strings.NewReader(in), 10); bonafide.CodeOf(err) != bonafide.CodeValue {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLabelsAreReadByColumnName(t *testing.T) {
	labels, err := ReadLabels(strings.NewReader("species,file,colour,subject,framing,dataset,camera,situation\nbona_fide,a.jpg,red,s1,full,d,phone,sofa\nprint,b.jpg,,,tight,d,,\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []Label{
		{File: "a.jpg", Dataset: "d", Subject: "s1", Species: BonaFide, Framing: "full", Camera: "phone", Situation: "sofa"},
		{File: "b.jpg", Dataset: "d", Subject: "b.jpg", Species: "print", Framing: "tight", Camera: "d b.jpg", Situation: "d b.jpg print"},
	}
	if len(labels) != 2 || labels[0] != want[0] || labels[1] != want[1] {
		t.Fatalf("%+v", labels)
	}
	if kept := Filter(labels, nil, []string{"tight"}); len(kept) != 1 || kept[0] != want[1] {
		t.Errorf("tight: %+v", kept)
	}
	if kept := Filter(labels, []string{"other"}, nil); len(kept) != 0 {
		t.Errorf("other: %+v", kept)
	}
}

func TestBrokenLabelsAreRefused(t *testing.T) {
	for name, in := range map[string]string{
		"empty":      "",
		"no species": "file,subject\na,b\n",
		"unlabelled": "file,species\na,\n",
		"twice":      "file,species\na,print\n./a,print\n",
		"path out":   "file,species\n../a,print\n",
	} {
		if _, err := ReadLabels(strings.NewReader(in)); bonafide.CodeOf(err) != bonafide.CodeValue {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzReadPairs(f *testing.F) {
	f.Add([]byte(lfw))
	f.Add([]byte("a,b,mated,fold\nx/1.jpg,x/2.jpg,yes,1\nx/1.jpg,y/2.jpg,no,2\n"))
	f.Add([]byte("1 1\n\"\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, err := ReadPairs(bytes.NewReader(raw), 10)
		if err != nil {
			return
		}
		if len(p.List) == 0 || p.Folds < 1 {
			t.Fatalf("%d pairs in %d folds", len(p.List), p.Folds)
		}
		filled := make([]bool, p.Folds)
		for _, pair := range p.List {
			filled[pair.Fold] = true
			if !filepath.IsLocal(pair.A) || !filepath.IsLocal(pair.B) {
				t.Fatalf("%q and %q lead out of the folder", pair.A, pair.B)
			}
		}
		for i, ok := range filled {
			if !ok {
				t.Fatalf("fold %d is empty", i)
			}
		}
	})
}

func FuzzReadLabels(f *testing.F) {
	f.Add([]byte("file,dataset,subject,species,framing\na/b.jpg,d,s,print,full\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		labels, err := ReadLabels(bytes.NewReader(raw))
		if err != nil {
			return
		}
		for _, l := range labels {
			if !filepath.IsLocal(l.File) || l.Species == "" || l.Subject == "" {
				t.Fatalf("%+v", l)
			}
		}
	})
}
