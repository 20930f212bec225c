// Package curve measures a running installation under more and more clients.
package curve

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/client"
	"github.com/bonafide-id/bonafide/internal/bench"
)

// Bench is the command.
type Bench struct {
	URL       string        `required:"" help:"Installation that is measured, such as http://127.0.0.1:8080. The folders that are made stay there." env:"BONAFIDE_URL"`
	Token     string        `required:"" help:"Token of an account that may make folders." env:"BONAFIDE_TOKEN"`
	Metrics   string        `help:"Address of the metrics of one server of it, whose memory is shown."`
	Photo     string        `required:"" help:"JPEG of one face that passes the capture gate." type:"existingfile"`
	Reference string        `required:"" help:"JPEG of a face to compare with." type:"existingfile"`
	Clients   []int         `help:"Numbers of clients." default:"1,2,4,8,16,32,64,128,256"`
	Span      time.Duration `help:"Time for each number of clients." default:"15s"`
}

// Run measures and prints a table.
func (c *Bench) Run(ctx context.Context) error {
	if len(c.Clients) == 0 || slices.Min(c.Clients) < 1 || c.Span <= 0 {
		return bonafide.Errorf(bonafide.CodeValue, "--clients wants numbers of 1 or more, and --span some time")
	}
	transport := &http.Transport{MaxIdleConnsPerHost: slices.Max(c.Clients)}
	defer transport.CloseIdleConnections()
	api := client.New(c.URL, &http.Client{Transport: transport, Timeout: 300 * time.Second})
	api.SetToken(c.Token)
	b := &bench.Bench{API: api}
	if c.Metrics != "" {
		b.Resident = func() (int64, error) { return resident(ctx, c.Metrics) }
	}
	var err error
	if b.Photo, err = os.ReadFile(c.Photo); err != nil {
		return err
	}
	if b.Reference, err = os.ReadFile(c.Reference); err != nil {
		return err
	}
	points, err := b.Curve(ctx, c.Clients, c.Span)
	if err != nil {
		return err
	}
	return bench.CurveTable(points, c.Span).WriteText(os.Stdout)
}

// residentMetric is the name under which Prometheus' client tells the memory of a process.
const residentMetric = "process_resident_memory_bytes "

// resident reads the memory of a server from its metrics.
func resident(ctx context.Context, metrics string) (int64, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, metrics, nil)
	if err != nil {
		return 0, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	lines := bufio.NewScanner(resp.Body)
	for lines.Scan() {
		if number, ok := strings.CutPrefix(lines.Text(), residentMetric); ok {
			bytes, err := strconv.ParseFloat(number, 64)
			return int64(bytes), err
		}
	}
	return 0, fmt.Errorf("--metrics %s: HTTP %d without %q", metrics, resp.StatusCode, strings.TrimSpace(residentMetric))
}
