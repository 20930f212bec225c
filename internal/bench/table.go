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
			"processor time: of a photo request while as many clients ask as there are cores, with decoders and the client; bare: of the same models on as many cores",
			"load average before the run: " + busy + "; other work on the machine spoils the ratios",
		},
		Rows: [][]string{{"photo", ms(r.Photo.Served), ms(r.Photo.Bare), fmt.Sprintf("%.2f", r.Photo.Ratio()), "<= 1.1", against(r.Photo.Ratio(), 1.1)}},
	}
	if r.Clip != nil {
		speed.Rows = append(speed.Rows, []string{"clip", ms(r.Clip.Served), ms(r.Clip.Bare),
			fmt.Sprintf("%.2f", r.Clip.Ratio()), "<= 1.25", against(r.Clip.Ratio(), 1.25)})
	}
	speed.Rows = append(speed.Rows, []string{"throughput", rate(r.Loaded), rate(r.Single * float64(r.Cores)),
		fmt.Sprintf("%.2f", r.Scaling()), ">= 0.95", against(0.95, r.Scaling())})
	speed.Rows = append(speed.Rows, []string{"processor time", ms(r.CPU.Served), ms(r.CPU.Bare),
		fmt.Sprintf("%.2f", r.CPU.Ratio()), "<= 1.25", against(r.CPU.Ratio(), 1.25)})
	last := float64(r.Memory[len(r.Memory)-1].Bytes) / (1 << 20)
	memory := eval.Table{
		Title:   "Resident memory of the server",
		Columns: []string{"requests", "MiB"},
		Notes: []string{
			fmt.Sprintf("last by first: %.2f", r.Growth()),
			fmt.Sprintf("goal after 2000 requests of which every eighth is for a clip: <= 600 MiB; met: %s", against(last, 600)),
		},
	}
	for _, m := range r.Memory {
		memory.Rows = append(memory.Rows, []string{strconv.Itoa(m.Requests), fmt.Sprintf("%.1f", float64(m.Bytes)/(1<<20))})
	}
	return []eval.Table{speed, memory}
}
