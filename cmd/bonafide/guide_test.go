package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide/internal/model/modeltest"
)

// shell runs what the guide says as a reader would, who takes FOLDER and COLLECTION
// out of the answers.
const shell = `set -eu
curl() {
	command curl -sS --fail-with-body "$@" >answer || { cat answer >&2; exit 1; }
	cat answer
	FOLDER=${FOLDER:-$(sed -n 's/.*"folder_id": "\([^"]*\)".*/\1/p' answer)}
	COLLECTION=${COLLECTION:-$(sed -n 's/^{.*"collection_id": "\([^"]*\)".*/\1/p' answer)}
}
`

// commands gives the blocks of shell commands of a document.
func commands(t *testing.T, path string) string {
	t.Helper()
	doc, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, block := range regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(string(doc), -1) {
		out.WriteString(block[1])
	}
	return out.String()
}

func TestTheGuidesCommandsWorkAsTheyStand(t *testing.T) {
	script := commands(t, "../../docs/build/guide.md")
	if script != commands(t, "../../docs/build/guide.ru.md") {
		t.Error("the commands of the two guides differ")
	}
	for _, program := range []string{"bash", "curl"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("SKIPPED: no %s", program)
		}
	}
	dir := t.TempDir()
	for name, source := range map[string]string{
		"selfie.mp4":   modeltest.Shared(t, "data", "pad", "video", "live__Apfol__videos_real2.webm"),
		"passport.jpg": modeltest.Shared(t, "data", "lfw", "Abel_Pacheco_0001.jpg"),
		"person.jpg":   modeltest.Shared(t, "data", "lfw", "Abel_Pacheco_0004.jpg"),
	} {
		if err := os.Symlink(source, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	own := listen(t, "127.0.0.1:0")
	p := &process{t: t, data: t.TempDir(), address: own.Addr().String()}
	own.Close()
	p.start()
	raw, err := os.ReadFile(filepath.Join(p.data, passwordFile))
	if err != nil {
		t.Fatal(err)
	}
	script = strings.NewReplacer("http://127.0.0.1:8080", "http://"+p.address, "…", strings.Fields(string(raw))[1]).Replace(script)
	cmd := exec.Command("bash", "-c", shell+script)
	cmd.Dir = dir
	var out, faults bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &faults
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %s\n%s", err, faults.String(), out.String())
	}
	for _, want := range []string{`"video_selfie_eyes"`, `"type": "QUALITY"`, `"type": "BIOMETRY", "state": "FINISHED"`, `"total_count": 1`, `"alias": "wanted"`, `"person_image_id": "`, `"type": "COLLECTION"`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s is missing in\n%s", want, out.String())
		}
	}
}
