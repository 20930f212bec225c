package disk

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/blob"
	"github.com/bonafide-id/bonafide/internal/blob/blobtest"
)

func open(t testing.TB, dir string) *Blobs {
	t.Helper()
	b, err := Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDiskKeepsBlobs(t *testing.T) {
	blobtest.Run(t, func(t *testing.T) blob.Store { return open(t, t.TempDir()) })
}

// files lists what lies below dir, without folders.
func files(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(dir, path)
			names = append(names, rel)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestAFailedPutLeavesNoFile(t *testing.T) {
	dir := t.TempDir()
	b := open(t, dir)
	broken := errors.New("connection reset")
	r := io.MultiReader(strings.NewReader("half a file"), errReader{broken})
	if _, err := b.Put(t.Context(), r); err != broken {
		t.Errorf("Put gives %v", err)
	}
	if left := files(t, dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

type errReader struct{ err error }

func (e errReader) Read([]byte) (int, error) { return 0, e.err }

func TestEqualContentIsOneFile(t *testing.T) {
	dir := t.TempDir()
	b := open(t, dir)
	for range 3 {
		if _, err := b.Put(t.Context(), strings.NewReader("the same")); err != nil {
			t.Fatal(err)
		}
	}
	if left := files(t, dir); len(left) != 1 {
		t.Errorf("files: %v", left)
	}
}

func TestFilesAreForTheOwnerAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "made")
	b := open(t, dir)
	blob, err := b.Put(t.Context(), strings.NewReader("a face"))
	if err != nil {
		t.Fatal(err)
	}
	path, _, err := b.Path(t.Context(), blob.Digest)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]fs.FileMode{
		dir: fs.ModeDir | 0o700, filepath.Dir(path): fs.ModeDir | 0o700,
		filepath.Join(dir, tempDir): fs.ModeDir | 0o700, path: 0o600,
	} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode() != want {
			t.Errorf("%s has mode %v, want %v", name, info.Mode(), want)
		}
	}
	if !filepath.IsAbs(path) {
		t.Errorf("the path %s depends on the working folder", path)
	}
}

func TestOpenRemovesWhatACrashLeft(t *testing.T) {
	dir := t.TempDir()
	b := open(t, dir)
	kept, err := b.Put(t.Context(), strings.NewReader("whole"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, tempDir, "put-123"), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	open(t, dir)
	if got, want := files(t, dir), []string{filepath.Join(kept.Digest[:2], kept.Digest)}; !slices.Equal(got, want) {
		t.Errorf("files %v, want %v", got, want)
	}
}

func TestACrashDiscardsWhatIsStaged(t *testing.T) {
	dir := t.TempDir()
	s, err := open(t, dir).Stage(t.Context(), strings.NewReader("nobody has kept it"))
	if err != nil {
		t.Fatal(err)
	}
	open(t, dir) // while the writer lives
	if left := files(t, dir); len(left) != 1 {
		t.Errorf("files: %v", left)
	}
	_ = s.(*staged).flush()
	s.(*staged).file.Close() // the writer is dead
	open(t, dir)
	if left := files(t, dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestOpenLeavesAnUploadInProgressAlone(t *testing.T) {
	dir := t.TempDir()
	b := open(t, dir)
	second := func() error { // a second process starts in the middle of the upload
		_, err := Open(dir, nil)
		return err
	}
	r := io.MultiReader(strings.NewReader("first half, "), &calling{second}, strings.NewReader("second half"))
	blob, err := b.Put(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Join(dir, blob.Digest[:2], blob.Digest))
	if string(content) != "first half, second half" || err != nil {
		t.Errorf("kept %q, %v", content, err)
	}
}

// calling is an empty reader that does something when it is read.
type calling struct{ do func() error }

func (c *calling) Read([]byte) (int, error) {
	if err := c.do(); err != nil {
		return 0, err
	}
	return 0, io.EOF
}

// A full disk is played by a limit on the size of files, which needs a process
// of its own.
func TestAFullDiskLeavesNoFile(t *testing.T) {
	const inChild = "DISK_TEST_FULL"
	if dir := os.Getenv(inChild); dir != "" {
		fillUp(t, dir)
		return
	}
	dir := t.TempDir()
	open(t, dir)
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), inChild+"="+dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if left := files(t, dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func fillUp(t *testing.T, dir string) {
	signal.Ignore(syscall.SIGXFSZ)
	b := open(t, dir)
	limit := syscall.Rlimit{Cur: 1 << 20, Max: 1 << 20}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	_, err := b.Put(t.Context(), bytes.NewReader(make([]byte, 2<<20)))
	if bonafide.CodeOf(err) != bonafide.CodeUnknown || !errors.Is(err, syscall.EFBIG) {
		t.Errorf("Put gives %v", err)
	}
}

func BenchmarkPut(b *testing.B) {
	for name, size := range map[string]int{"100KB": 100e3, "2MB": 2e6} {
		b.Run(name, func(b *testing.B) {
			blobs := open(b, b.TempDir())
			content := make([]byte, size)
			b.SetBytes(int64(size))
			for i := 0; b.Loop(); i++ {
				content[0], content[1], content[2] = byte(i), byte(i>>8), byte(i>>16)
				if _, err := blobs.Put(b.Context(), bytes.NewReader(content)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
