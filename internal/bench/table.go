package bench

import (
	"fmt"
	"strconv"
	"time"

	"github.com/bonafide-id/bonafide/internal/eval"
)

// Tables puts the ratios beside what they ought to be. set names the model set, and busy
// says how loaded the machine was.
func (r *Result) Tables(set, busy string) []eval.Table {
	ms := func(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond)) }
	rate := func(v float64) string { return fmt.Sprintf("%.2f/s", v) }
	against := func(ratio, most float64) string {
		if ratio <= most {
			return "yes"
		}
		return "NO"
	}
	speed := eval.Table{
		Title:   fmt.Sprintf("Served time against bare time, set %s, %d cores, medians", set, r.Cores),
		Columns: []string{"step", "served", "bare", "ratio", "goal", "met"},
		Notes: []string{
			"photo: one request for liveness and match of two pictures; bare: the same models on decoded pictures in one thread",
			"clip: one request for liveness; bare: native decoding of the whole clip and the same models",
			"throughput: served is as many clients as cores, bare is one client of a server with one worker on one core, times cores; both in turn",
			"load average before the run: " + busy + "; other work on the machine spoils the ratios",
		},
		Rows: [][]string{{"photo", ms(r.Photo.Served), ms(r.Photo.Bare), fmt.Sprintf("%.2f", r.Photo.Ratio()), "<= 1.3", against(r.Photo.Ratio(), 1.3)}},
	}
	if r.Clip != nil {
		speed.Rows = append(speed.Rows, []string{"clip", ms(r.Clip.Served), ms(r.Clip.Bare),
			fmt.Sprintf("%.2f", r.Clip.Ratio()), "<= 1.5", against(r.Clip.Ratio(), 1.5)})
	}
	speed.Rows = append(speed.Rows, []string{"throughput", rate(r.Loaded), rate(r.Single * float64(r.Cores)),
		fmt.Sprintf("%.2f", r.Scaling()), ">= 0.8", against(0.8, r.Scaling())})
	memory := eval.Table{
		Title:   "Resident memory of the server",
		Columns: []string{"requests", "MiB"},
		Notes:   []string{fmt.Sprintf("last by first: %.2f", r.Growth())},
	}
	for _, m := range r.Memory {
		memory.Rows = append(memory.Rows, []string{strconv.Itoa(m.Requests), fmt.Sprintf("%.1f", float64(m.Bytes)/(1<<20))})
	}
	return []eval.Table{speed, memory}
}
