package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bonafide-id/bonafide/cmd/bonafide/pages"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/webadapter"
)

// greeting is what a server says when it can be reached. All of it is true at that
// moment: who reads it may be in a hurry.
type greeting struct {
	address  net.Addr
	secure   bool   // by TLS
	public   string // base of links in answers, where one is set
	set      string // of models
	live     bool   // there is a liveness model
	noVideo  bool   // ffmpeg is missing
	password string // file with an e-mail and a password that let an administrator in; empty for none
	samples  string // folder with two pictures to try the server with; empty for none
	instant  bool   // only the instant call is answered
	open     bool   // it asks for no token
	demo     bool   // it has a page that captures in a browser
	worker   bool   // it only works the queue
}

// greeting finds out what can be said.
func (c *serveCmd) greeting(ctx context.Context, cfg *config.Config, p *pipeline, records auth.Records) (*greeting, error) {
	has := func(component string) bool {
		return len(c.Components) == 0 || slices.Contains(c.Components, component)
	}
	g := &greeting{
		public:  c.PublicURL,
		secure:  c.TLSCert != "",
		set:     p.set.Name,
		live:    p.set.PAD != nil,
		noVideo: p.opener.Video() != nil,
		instant: !has(rest.ComponentStateful),
		open:    !has(rest.ComponentStateful) && !has(rest.ComponentAuth),
		worker:  c.Role == config.RoleWorker,
		demo:    has(rest.ComponentStateful) && pages.Demo(&c.Serve) != webadapter.DemoOff,
	}
	if assets, err := cfg.AssetsDir(); err == nil && isFile(filepath.Join(assets, "samples", "selfie.jpg")) && isFile(filepath.Join(assets, "samples", "reference.jpg")) {
		g.samples = filepath.Join(assets, "samples")
	}
	var err error
	g.password, err = workingPassword(ctx, filepath.Join(cfg.Data, passwordFile), records)
	return g, err
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// workingPassword gives the path of the password file where what it says still lets
// somebody in: it is meant to be removed, and the password to be changed.
func workingPassword(ctx context.Context, path string, records auth.Records) (string, error) {
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	words := strings.Fields(string(raw))
	if len(words) != 2 {
		return "", nil
	}
	authority, err := auth.New(records, auth.Options{})
	if err != nil {
		return "", err
	}
	opens, err := authority.Opens(ctx, words[0], words[1])
	if err != nil || !opens {
		return "", err
	}
	return path, nil
}

// say tells a person at a terminal where the server is and how to try it, or a program
// that reads JSON.
func (g *greeting) say(format string, w io.Writer, log *slog.Logger) error {
	if format == "json" {
		values := []any{"address", g.address.String(), "url", g.url(), "version", version, "set", g.set, "liveness", g.live, "video", !g.noVideo}
		if g.password != "" {
			values = append(values, "password_file", g.password)
		}
		log.Info("ready", values...)
		return nil
	}
	log.Info("listening", "address", g.address.String(), "set", g.set, "liveness", g.live, "video", !g.noVideo)
	_, err := io.WriteString(w, g.text())
	return err
}

// url is an address that works on this machine, also where the server listens on all.
func (g *greeting) url() string {
	scheme := "http://"
	if g.secure {
		scheme = "https://"
	}
	host, port, err := net.SplitHostPort(g.address.String())
	if err != nil {
		return scheme + g.address.String()
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return scheme + net.JoinHostPort(host, port)
}

func (g *greeting) text() string {
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	say("Bonafide %s is ready at %s (model set: %s)", version, g.url(), g.set)
	if g.worker {
		say("It works on what other processes take in, and answers %s/healthz.", g.url())
		return b.String()
	}
	if host, _, err := net.SplitHostPort(g.address.String()); err == nil && net.ParseIP(host).IsUnspecified() {
		say("It listens on every address of this machine.")
	}
	if g.public != "" {
		say("Links in answers begin with %s", g.public)
	}
	if !g.live {
		say("No liveness model is installed: QUALITY analyses will fail until `bonafide model pull` has run and the server was started again.")
	}
	if g.noVideo {
		say("ffmpeg is not installed: videos are refused, pictures are not.")
	}
	if g.password != "" {
		say("The administrator's e-mail and password are in %s", g.password)
	}
	if g.demo {
		say("Try it with a camera: %s/demo", g.url())
	}
	if try := g.try(); try != "" {
		say("Try it:\n  %s", try)
	}
	return b.String()
}

// try is a command that works as it stands, empty where there is none.
func (g *greeting) try() string {
	if g.samples == "" || g.password == "" && !g.open {
		return ""
	}
	path, orders := "/api/folders/", `{"type":"quality"},{"type":"biometry"}`
	if !g.live {
		orders = `{"type":"biometry"}`
	}
	if g.instant {
		path = "/api/instant/folders/"
	}
	var token string
	if !g.open {
		token = fmt.Sprintf(` -H "X-Forensic-Access-Token: $(curl -s %s/api/authorize/auth -d "$(printf '{"credentials":{"email":"%%s","password":"%%s"}}' $(cat %s))" | grep -o '"access_token": "[0-9a-z]*' | cut -d'"' -f4)"`,
			g.url(), quoted(g.password))
	}
	return fmt.Sprintf(`curl -s %s%s%s -F selfie=@%s -F id=@%s -F 'payload={"media:tags":{"id":["photo_id_front"]},"analyses":[%s]}'`, g.url(), path, token,
		quoted(filepath.Join(g.samples, "selfie.jpg")), quoted(filepath.Join(g.samples, "reference.jpg")), orders)
}
