package mediatest

import (
	"bytes"
	"testing"
)

func TestHostileFilesAreTheSameForTheSameSeed(t *testing.T) {
	a, b, c := HostileFiles(1), HostileFiles(1), HostileFiles(2)
	if len(a) < 200 || len(a) != len(b) {
		t.Fatalf("%d and %d files", len(a), len(b))
	}
	same := true
	names := map[string]bool{}
	for i := range a {
		if a[i].Name != b[i].Name || !bytes.Equal(a[i].Data, b[i].Data) {
			t.Errorf("%s differs", a[i].Name)
		}
		if names[a[i].Name] {
			t.Errorf("%s is there twice", a[i].Name)
		}
		names[a[i].Name] = true
		same = same && bytes.Equal(a[i].Data, c[i].Data)
	}
	if same {
		t.Error("another seed gives the same files")
	}
}

func TestLayingIsUndoneByItsOpposite(t *testing.T) {
	scene := Scene(7, 5)
	for orientation, opposite := range map[int]int{1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6} {
		if d := Distance(scene, Lay(Lay(scene, orientation), opposite)); d != 0 {
			t.Errorf("orientation %d: distance %v", orientation, d)
		}
	}
}
