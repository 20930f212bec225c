// Package role is what a process does in an installation of several, and what these must
// have in common.
package role

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/store"
)

// mark is the file in the data folder that says whose it is, and the name of what the
// database says about it. Backups have both.
const mark = "installation"

// markBytes are those of a mark's random name.
const markBytes = 16

// CheckMedia refuses a process that would not find the media of the others: its data folder
// must be theirs, unless media lie in a bucket.
func CheckMedia(ctx context.Context, cfg *config.Config, secrets store.Secrets) error {
	if cfg.Blobs != "" {
		return nil
	}
	own, err := ownMark(filepath.Join(cfg.Data, mark))
	if err != nil {
		return err
	}
	installed, err := secrets.Secret(ctx, mark, func() ([]byte, error) { return own, nil })
	if err == nil && string(installed) != string(own) {
		err = errors.New("--data " + cfg.Data + ": the media of this installation lie in another folder: name that one, or set --blobs for several machines")
	}
	return err
}

// ownMark reads the mark of a folder, which is made where there is none. Several processes
// may do so at once.
func ownMark(path string) ([]byte, error) {
	made := path + "." + bonafide.NewSecret(markBytes)
	if err := os.WriteFile(made, []byte(bonafide.NewSecret(markBytes)), 0o600); err != nil {
		return nil, err
	}
	err := os.Link(made, path) // as a whole, and not over another
	if errors.Is(err, os.ErrExist) {
		err = nil
	}
	if err := errors.Join(err, os.Remove(made)); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

// Bootstrap makes the first administrator of a fresh installation. keep writes e-mail and
// password to a file before the account exists, so that no crash can lose it. Of several
// processes that begin at once one makes it, and only its file stays.
func Bootstrap(ctx context.Context, authority *auth.Authority, path string, keep func(path, content string) error) error {
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer folder.Close() // and the lock with it
	if err := syscall.Flock(int(folder.Fd()), syscall.LOCK_EX); err != nil {
		return err
	}
	_, err = authority.Bootstrap(ctx, func(email, password string) error { return keep(path, email+"\n"+password+"\n") })
	if bonafide.CodeOf(err) == bonafide.CodeExists { // one with another folder was faster
		return os.Remove(path)
	}
	return err
}

// Health lets requests through that ask how a process is, and no others.
func Health(all http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch strings.TrimSuffix(r.URL.Path, "/") {
		case "/healthz", "/readyz":
			all.ServeHTTP(w, r)
		default:
			http.Error(w, "This process works the queue and answers /healthz and /readyz only", http.StatusNotFound)
		}
	})
}
