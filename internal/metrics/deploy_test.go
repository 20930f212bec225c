package metrics

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/bonafide-id/bonafide/internal/store"
)

// names gives all metrics that a server may have.
func names(t *testing.T) []string {
	t.Helper()
	m := New("dev")
	m.Ask(Sources{
		Backlog: func(context.Context) (store.Backlog, error) { return store.Backlog{}, nil },
		Checks:  func(context.Context) map[string]bool { return nil },
		Room:    func() (int64, int64, error) { return 0, 0, nil },
		Memory:  func() (int64, int64, error) { return 0, 0, nil },
		Damaged: func() int64 { return 0 },
	})
	m.InUse("starter", nil)
	m.LicenseEnds(time.Now())
	told := make(chan *prometheus.Desc)
	go func() {
		m.registry.Describe(told)
		close(told)
	}()
	var all []string
	name := regexp.MustCompile(`fqName: "([^"]+)"`)
	for d := range told {
		all = append(all, name.FindStringSubmatch(d.String())[1])
	}
	return all
}

// TestWhatIsDeployedNamesMetricsThatThereAre reads alarms, dashboard and templates.
func TestWhatIsDeployedNamesMetricsThatThereAre(t *testing.T) {
	all := names(t)
	named := regexp.MustCompile(`\b(bonafide|go|process)_[a-z0-9_]+`)
	for file, atLeast := range map[string]int{
		"deploy/helm/bonafide/rules.yaml":                 12,
		"deploy/helm/bonafide/templates/autoscaling.yaml": 1,
		"deploy/prometheus/rules.yaml":                    12,
		"deploy/prometheus/adapter.yaml":                  1,
		"deploy/grafana/bonafide.json":                    20,
		"deploy/zabbix/bonafide.yaml":                     14,
		"docs/run/monitoring.md":                          20,
	} {
		raw, err := os.ReadFile(filepath.Join("../..", file))
		if err != nil {
			t.Fatal(err)
		}
		found := map[string]bool{}
		for _, name := range named.FindAllString(string(raw), -1) {
			for _, part := range []string{"_bucket", "_sum", "_count"} {
				if bare := strings.TrimSuffix(name, part); slices.Contains(all, bare) {
					name = bare
				}
			}
			if found[name] = true; !slices.Contains(all, name) && !strings.HasSuffix(name, "_") {
				t.Errorf("%s: there is no metric %s", file, name)
			}
		}
		if len(found) < atLeast {
			t.Errorf("%s names %d metrics only", file, len(found))
		}
	}
	page, err := os.ReadFile("../../docs/run/monitoring.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range all {
		if strings.HasPrefix(name, namespace+"_") && !strings.Contains(string(page), name) {
			t.Errorf("docs/run/monitoring.md does not name %s", name)
		}
	}
}
