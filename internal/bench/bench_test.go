package bench

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/client"
)

// server answers single requests with the same analyses and remembers uploads.
type server struct {
	answer string
	mu     sync.Mutex
	seen   map[string]int
	most   int // requests at once
	now    int
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.now++
	s.most = max(s.most, s.now)
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		s.now--
		s.mu.Unlock()
	}()
	parts, err := r.MultipartReader()
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	clip := false
	for {
		p, err := parts.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		raw, _ := io.ReadAll(p)
		if p.FileName() != "" {
			s.mu.Lock()
			s.seen[string(raw)]++
			s.mu.Unlock()
			clip = clip || p.FormName() == "clip"
		}
	}
	answer := s.answer
	if clip {
		answer = `{"analyses":[{"type":"QUALITY","results_data":{"confidence_spoofing":0.1}}]}`
	}
	fmt.Fprint(w, answer)
}

const passed = `{"analyses":[{"type":"QUALITY","results_data":{"confidence_spoofing":0.1}},` +
	`{"type":"BIOMETRY","results_data":{"min_confidence":0.9,"max_confidence":0.9}}]}`

func picture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func run(t *testing.T, answer string) (*Bench, *server, *Result, error) {
	t.Helper()
	s := &server{answer: answer, seen: map[string]int{}}
	http := httptest.NewServer(s)
	t.Cleanup(http.Close)
	var bare atomic.Int32
	resident, processor := int64(0), time.Duration(0)
	b := &Bench{
		API: client.New(http.URL, nil), OneWorker: client.New(http.URL, nil), Photo: picture(t), Reference: append(picture(t), 'r'),
		Clip:      append([]byte("\x00\x00\x00\x10ftypisom"), 0, 0, 0, 0),
		BarePhoto: func(context.Context) error { bare.Add(1); return nil },
		BareClip:  func(context.Context) error { bare.Add(1); return nil },
		Resident:  func() (int64, error) { resident += 100; return resident, nil },
		Processor: func() (time.Duration, error) { processor += time.Second; return processor, nil },
		OneCore:   func(do func() error) error { return do() },
		Cores:     2, Repeats: 3, Requests: 8,
	}
	r, err := b.Run(context.Background())
	if want := 6 + rounds/2*b.inRound()*b.Cores; err == nil && int(bare.Load()) != want {
		t.Errorf("%d bare steps, want as many as served ones, %d", bare.Load(), want)
	}
	return b, s, r, err
}

func TestEveryUploadIsNew(t *testing.T) {
	b, s, _, err := run(t, passed)
	if err != nil {
		t.Fatal(err)
	}
	clips := b.Repeats + b.Requests/clipEvery
	if want := 2*(b.total()-clips) + clips; len(s.seen) != want {
		t.Errorf("%d different files, want %d", len(s.seen), want)
	}
	if b.done != b.total() {
		t.Errorf("%d of %d requests were told", b.done, b.total())
	}
	if s.most > b.Cores {
		t.Errorf("%d requests at once, want at most %d", s.most, b.Cores)
	}
}

func TestResultIsRatios(t *testing.T) {
	_, _, r, err := run(t, passed)
	if err != nil {
		t.Fatal(err)
	}
	if r.Clip == nil || r.Photo.Served <= 0 || r.Single <= 0 || r.Loaded <= 0 || r.Gain <= 0 || r.CPU != (Times{time.Second / 4, time.Second / 4}) {
		t.Errorf("%+v", r)
	}
	if len(r.Memory) != 4 || r.Memory[0].Requests != 2 || r.Memory[3].Requests != 8 || r.Growth() != 4 {
		t.Errorf("memory %+v", r.Memory)
	}
	half := Result{Gain: 1, Cores: 2, Photo: Times{Served: 3, Bare: 2}}
	if half.Scaling() != 0.5 || half.Photo.Ratio() != 1.5 {
		t.Errorf("scaling %v, ratio %v", half.Scaling(), half.Photo.Ratio())
	}
}

func TestRefusalIsNotMeasured(t *testing.T) {
	for name, answer := range map[string]string{
		"no score":     `{"analyses":[{"type":"QUALITY","technical_meta_data":{"reasons":[{"code":"blurred"}]}},{"type":"BIOMETRY","results_data":{"min_confidence":0.9}}]}`,
		"no match":     `{"analyses":[{"type":"QUALITY","results_data":{"confidence_spoofing":0.1}},{"type":"BIOMETRY"}]}`,
		"no liveness":  `{"analyses":[{"type":"QUALITY","state":"FAILED","error_message":"no liveness model"},{"type":"BIOMETRY","results_data":{"min_confidence":0.9}}]}`,
		"too few":      `{"analyses":[]}`,
		"not readable": `{`,
	} {
		if _, _, _, err := run(t, answer); err == nil {
			t.Errorf("%s: measured", name)
		}
	}
	_, _, _, err := run(t, `{"analyses":[{"type":"QUALITY","technical_meta_data":{"reasons":[{"code":"blurred"}]}},{"type":"BIOMETRY"}]}`)
	if err == nil || !strings.Contains(err.Error(), "blurred") {
		t.Errorf("the reason is missing: %v", err)
	}
}

func TestUniqueFilesKeepTheirPicture(t *testing.T) {
	raw := picture(t)
	a, errA := unique(raw, 1)
	b, errB := unique(raw, 2)
	if err := errors.Join(errA, errB); err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(a, b) {
		t.Error("two files are equal")
	}
	if _, err := jpeg.Decode(bytes.NewReader(a)); err != nil {
		t.Error(err)
	}
	if _, err := unique([]byte("GIF89a..........."), 1); bonafide.CodeOf(err) != bonafide.CodeValue {
		t.Errorf("a GIF: %v", err)
	}
}

func TestProcessorTimeHoldsThatOfChildren(t *testing.T) {
	before, err := Processor()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.Command("sh", "-c", "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; echo done; read line")
	in, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(out, make([]byte, 5)); err != nil {
		t.Fatal(err)
	}
	living, errLiving := Processor()
	in.Close()
	_ = child.Wait() // its last word is that there was no line
	ended, errEnded := Processor()
	if err := errors.Join(errLiving, errEnded); err != nil {
		t.Fatal(err)
	}
	// Times are told in hundredths of a second.
	if took, exact := child.ProcessState.UserTime(), 20*time.Millisecond; living-before < took-exact || ended-before < took-exact {
		t.Errorf("the child took %v; %v while it lived, %v when it had ended", took, living-before, ended-before)
	}
}
