package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide/internal/model/modeltest"
)

// shell runs what a guide says as a reader would, who takes FOLDER, COLLECTION, LINK and
// SESSION out of the answers. Where a session token is given a page captures for it.
const shell = `set -eu
curl() {
	command curl -sS --fail-with-body "$@" >answer || { cat answer >&2; exit 1; }
	cat answer
	FOLDER=${FOLDER:-$(sed -n 's/.*"folder_id": "\([^"]*\)".*/\1/p' answer)}
	COLLECTION=${COLLECTION:-$(sed -n 's/^{.*"collection_id": "\([^"]*\)".*/\1/p' answer)}
	LINK=${LINK:-$(sed -n 's/.*"link_id": "\([^"]*\)".*/\1/p' answer)}
	if grep -q '"session_token"' answer; then
		SESSION=$(sed -n 's/.*"session_token": "\([^"]*\)".*/\1/p' answer)
		command curl -sS --fail-with-body --data-binary @answer "$PAGE/sealed" >capture.bin
	fi
}
`

// commands gives the blocks of shell commands of a document.
func commands(t *testing.T, path string) (blocks []string) {
	t.Helper()
	doc, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, block := range regexp.MustCompile("(?ms)^ *```sh\n(.*?)^ *```").FindAllStringSubmatch(string(doc), -1) {
		blocks = append(blocks, block[1])
	}
	return blocks
}

// follow runs commands against a server of their own, in a folder with files, and gives what
// they said. page serves what a page does for a reader.
func follow(t *testing.T, script string, files map[string]string, page func(p *process) http.Handler) string {
	t.Helper()
	for _, program := range []string{"bash", "curl"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("SKIPPED: no %s", program)
		}
	}
	dir := t.TempDir()
	for name, source := range files {
		if err := os.Symlink(source, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	own := listen(t, "127.0.0.1:0")
	p := &process{t: t, data: dataOf(t), address: own.Addr().String()}
	own.Close()
	p.start()
	raw, err := os.ReadFile(filepath.Join(p.data, passwordFile))
	if err != nil {
		t.Fatal(err)
	}
	script = strings.NewReplacer("http://127.0.0.1:8080", "http://"+p.address, "…", strings.Fields(string(raw))[1]).Replace(script)
	cmd := exec.Command("bash", "-c", shell+script)
	cmd.Dir, cmd.Env = dir, os.Environ()
	if page != nil {
		server := httptest.NewServer(page(p))
		defer server.Close()
		cmd.Env = append(cmd.Env, "PAGE="+server.URL)
	}
	var out, faults bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &faults
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %s\n%s", err, faults.String(), out.String())
	}
	return out.String()
}

func TestTheGuidesCommandsWorkAsTheyStand(t *testing.T) {
	script := commands(t, "../../docs/build/guide.md")
	if !slices.Equal(script, commands(t, "../../docs/build/guide.ru.md")) {
		t.Error("the commands of the two guides differ")
	}
	out := follow(t, strings.Join(script, ""), map[string]string{
		"selfie.mp4":   modeltest.Shared(t, "data", "pad", "video", "live__Apfol__videos_real2.webm"),
		"passport.jpg": modeltest.Shared(t, "data", "lfw", "Abel_Pacheco_0001.jpg"),
		"person.jpg":   modeltest.Shared(t, "data", "lfw", "Abel_Pacheco_0004.jpg"),
	}, nil)
	for _, want := range []string{`"video_selfie_eyes"`, `"type": "QUALITY"`, `"type": "BIOMETRY", "state": "FINISHED"`, `"total_count": 1`, `"alias": "wanted"`, `"person_image_id": "`, `"type": "COLLECTION"`} {
		if !strings.Contains(out, want) {
			t.Errorf("%s is missing in\n%s", want, out)
		}
	}
}
