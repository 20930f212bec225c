package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide/internal/license"
)

func TestASignedLicenceAllowsItsOriginsAlone(t *testing.T) {
	dir := t.TempDir()
	key := filepath.Join(dir, "key.pem")
	var told []string
	for range 2 { // the second time with the key that the first one made
		cmd := exec.Command(os.Args[0], "license", "sign", "--key", key, "--origins", "https://bank.example,https://www.bank.example", "--not-after", "2027-12-31T00:00:00Z")
		cmd.Env = append(os.Environ(), serveEnv+"=1")
		raw, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, "web.json")
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		told = append(told, string(raw))
		l, err := license.Read(raw, nil)
		if err != nil {
			t.Fatal(err)
		}
		now := time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
		if err := l.Allow("https://bank.example", now); err != nil {
			t.Error(err)
		}
		if l.Allow("https://bank.example.evil.example", now) == nil || l.Allow("https://bank.example", now.AddDate(2, 0, 0)) == nil {
			t.Error("other pages, or those of later, may capture, too")
		}
	}
	if told[0] != told[1] || !strings.Contains(told[0], "signature") {
		t.Error("the key of the file was not taken again")
	}
}
