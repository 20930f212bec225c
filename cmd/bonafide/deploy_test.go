package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"github.com/bonafide-id/bonafide/cmd/bonafide/monitor"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/httpd"
)

// deployed gives the files of deploy/ by path.
func deployed(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	top := "../../deploy"
	err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		files[strings.TrimPrefix(path, top+"/")] = string(raw)
		return err
	})
	if err != nil || len(files) < 15 {
		t.Fatal(len(files), err)
	}
	return files
}

// parsed reads the command line of a server, and the environment.
func parsed(t *testing.T) (*cli, *kong.Application, error) {
	t.Helper()
	var c cli
	parser, err := kong.New(&c, kong.Name("bonafide"), kong.Configuration((&settings{}).read), kong.Vars{"version": version}, defaults(), kong.Bind(&c.Config))
	if err != nil {
		t.Fatal(err)
	}
	_, err = parser.Parse([]string{"serve"})
	return &c, parser.Model, err
}

// TestWhatIsDeployedSetsSettingsThatThereAre looks for names in all files, and lets a
// server read what the container and the unit set.
func TestWhatIsDeployedSetsSettingsThatThereAre(t *testing.T) {
	files := deployed(t)
	_, app, err := parsed(t)
	if err != nil {
		t.Fatal(err)
	}
	var known []string
	visitFlags(app, func(f *kong.Flag) { known = append(known, f.Envs...) })
	variable := regexp.MustCompile(`\bBONAFIDE_[A-Z_]+`)
	named := 0
	for path, text := range files {
		if strings.HasPrefix(path, "zabbix/") {
			continue
		}
		for _, name := range variable.FindAllString(text, -1) {
			if named++; !slices.Contains(known, name) {
				t.Errorf("%s: there is no setting %s", path, name)
			}
		}
	}
	if named < 30 {
		t.Errorf("only %d settings are named", named)
	}
	for path, set := range map[string]*regexp.Regexp{
		"systemd/bonafide.env":                    regexp.MustCompile(`(?m)^#?(BONAFIDE_[A-Z_]+)=(\S+)$`),
		"container/Containerfile":                 regexp.MustCompile(`(?m)^(?:ENV)? +(BONAFIDE_[A-Z_]+)=(\S+)`),
		"compose/cluster.yaml":                    regexp.MustCompile(`(BONAFIDE_ROLE): (\w+)`),
		"helm/bonafide/templates/deployment.yaml": regexp.MustCompile(`name: (BONAFIDE_[A-Z_]+), value: "?([^"{}]+)"?}`),
	} {
		t.Run(path, func(t *testing.T) {
			pairs := set.FindAllStringSubmatch(files[path], -1)
			if len(pairs) < 2 {
				t.Fatalf("it sets %q", pairs)
			}
			t.Setenv("BONAFIDE_DB", "postgres://bonafide@db/bonafide")
			t.Setenv("BONAFIDE_BLOBS", "s3://faces")
			for _, pair := range pairs {
				t.Setenv(pair[1], pair[2])
			}
			c, _, err := parsed(t)
			if err == nil {
				err = c.Serve.Validate()
			}
			if err != nil {
				t.Error(err)
			}
			if strings.Contains(files[path], "BONAFIDE_LITE") && c.Serve.Lite {
				t.Error("Oz API Lite is open")
			}
		})
	}
	for _, role := range []string{config.RoleAPI, config.RoleWorker} {
		if !strings.Contains(files["compose/cluster.yaml"], "BONAFIDE_ROLE: "+role) || !strings.Contains(files["helm/bonafide/templates/deployment.yaml"], `"`+role+`"`) {
			t.Errorf("nothing has the role %s", role)
		}
	}
}

// TestWhatIsDeployedAsksWhereServersAnswer compares ports and paths.
func TestWhatIsDeployedAsksWhereServersAnswer(t *testing.T) {
	files := deployed(t)
	path := regexp.MustCompile(`(?:path: |GET |:9464|URL}|path |= )(/[a-z]+)\b`)
	answered := []string{httpd.AlivePath, httpd.ReadyPath, monitor.MetricsPath}
	asked := map[string]bool{}
	for name, text := range files {
		for _, m := range path.FindAllStringSubmatch(text, -1) {
			if asked[m[1]] = true; !slices.Contains(answered, m[1]) {
				t.Errorf("%s asks %s, which nobody answers", name, m[1])
			}
		}
	}
	for _, p := range answered {
		if !asked[p] {
			t.Errorf("nobody asks %s", p)
		}
	}
	for name, wants := range map[string][]string{
		"container/Containerfile":                 {"BONAFIDE_LISTEN=:8080", "BONAFIDE_METRICS_LISTEN=:9464", "EXPOSE 8080 9464", "127.0.0.1/9464"},
		"helm/bonafide/templates/deployment.yaml": {`BONAFIDE_LISTEN, value: ":8080"`, `BONAFIDE_METRICS_LISTEN, value: ":9464"`, "name: http, containerPort: 8080", "name: metrics, containerPort: 9464"},
		"helm/bonafide/templates/service.yaml":    {"port: 9464, targetPort: metrics"},
		"compose/single.yaml":                     {"127.0.0.1:8080:8080"},
		"compose/cluster.yaml":                    {"127.0.0.1:8080:8080"},
		"systemd/bonafide.env":                    {"BONAFIDE_LISTEN=127.0.0.1:8080", "BONAFIDE_METRICS_LISTEN=127.0.0.1:9464"},
		"nginx/bonafide.conf":                     {"server 127.0.0.1:8080", "client_max_body_size    110m"},
		"caddy/Caddyfile":                         {"reverse_proxy 127.0.0.1:8080", "max_size 110MB"},
		"prometheus/prometheus.yaml":              {"127.0.0.1:9464"},
		"zabbix/bonafide.yaml":                    {"http://127.0.0.1:9464"},
	} {
		for _, want := range wants {
			if !strings.Contains(files[name], want) {
				t.Errorf("%s has no %q", name, want)
			}
		}
	}
}
