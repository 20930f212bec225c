package pdf

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/advice"
)

// painting is a JPEG without a face.
func painting(w, h int, shade color.RGBA) []byte {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := shade
			c.R += uint8(64 * x / w)
			c.G += uint8(64 * y / h)
			img.Set(x, y, c)
		}
	}
	var b bytes.Buffer
	_ = jpeg.Encode(&b, img, nil)
	return b.Bytes()
}

func at(v float64) *float64 { return &v }

func example() *Document {
	noon := time.Date(2025, 3, 9, 7, 0, 0, 0, time.UTC)
	zone, _ := time.LoadLocation("Asia/Almaty")
	video := bonafide.Media{ID: bonafide.NewID(), Kind: bonafide.Video, OriginalName: "Қозғалыс.mp4", Thumb: &bonafide.File{Key: "thumb1"},
		Info: bonafide.MediaInfo{WidthPx: 720, HeightPx: 1280, DurationMS: 3210}}
	photo := bonafide.Media{ID: bonafide.NewID(), Kind: bonafide.Image, OriginalName: "Удостоверение личности.jpg", Thumb: &bonafide.File{Key: "thumb2"},
		Info: bonafide.MediaInfo{WidthPx: 1600, HeightPx: 1200}}
	model := []bonafide.ModelRef{{Name: "minifasnet-v2", Version: "1"}, {Name: "yunet", Version: "2023mar"}}
	reason := bonafide.Reason{Code: bonafide.ReasonAttack}
	reason.Media = video.ID
	return &Document{
		Titles:  map[bonafide.AnalysisType]string{bonafide.Quality: "Liveness"},
		Header:  "Қызмет бабында пайдалану үшін.\nДля служебного пользования.",
		Company: "«Қазына» банкі",
		Folder: bonafide.Folder{ID: "5f3a1c9e-7a44-4f0e-9d5f-0c1b2a3d4e5f", TimeCreated: noon, ResolutionTime: noon.Add(4 * time.Second),
			State:          bonafide.FolderState{ResolutionStatus: bonafide.Finished, SystemResolution: bonafide.Declined, Overall: bonafide.Declined},
			OperatorStatus: "", Meta: bonafide.Meta{"transaction_id": "00-17", "аты-жөні": "Әлия Ғаниқызы Өмірбекова", "город": "Щучинск, проспект Абылай хана"}},
		Media: []bonafide.Media{video, photo},
		Analyses: []bonafide.Analysis{
			{Type: bonafide.Biometry, State: bonafide.Finished, Resolution: bonafide.Success, TimeCreated: noon, TimeUpdated: noon.Add(2 * time.Second),
				Result: &bonafide.Result{Findings: []bonafide.Finding{{Kind: bonafide.FindingSimilarity, MediaID: video.ID, OtherID: photo.ID, Score: at(0.9731)}},
					Thresholds: map[bonafide.Threshold]float64{bonafide.ThresholdMin: 0.84, bonafide.ThresholdMax: 0.94}, Models: []bonafide.ModelRef{{Name: "faceres", Version: "1"}}, TookMS: 412}},
			{Type: bonafide.Quality, State: bonafide.Finished, Resolution: bonafide.Declined, TimeCreated: noon, TimeUpdated: noon.Add(4 * time.Second),
				Result: &bonafide.Result{Findings: []bonafide.Finding{{Kind: bonafide.FindingLiveness, MediaID: video.ID, Score: at(0.1213), BestShot: &bonafide.File{Key: "shot"}}},
					Thresholds: map[bonafide.Threshold]float64{bonafide.ThresholdSpoofing: 0.5}, Reasons: []bonafide.Reason{reason}, Models: model, TookMS: 1830}},
		},
		Pictures: map[string][]byte{"thumb1": painting(180, 320, color.RGBA{60, 90, 140, 255}), "thumb2": painting(320, 240, color.RGBA{120, 100, 60, 255}),
			"shot": painting(240, 320, color.RGBA{60, 90, 140, 255})},
		Made: noon.Add(time.Hour), Zone: zone, Version: "1.0",
	}
}

// read renders a document and gives its text.
func read(t *testing.T, d *Document) string {
	t.Helper()
	pdf, err := d.Render()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "report.pdf")
	if keep := os.Getenv("BONAFIDE_KEEP_REPORT"); keep != "" {
		path = keep
	}
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext (poppler-utils) is not installed: the text of reports is not looked at")
	}
	out, err := exec.Command(tool, "-layout", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestReportSaysWhatTheFolderHoldsInAllLetters(t *testing.T) {
	got := read(t, example())
	for _, want := range []string{
		"Verification report", "5f3a1c9e-7a44-4f0e-9d5f-0c1b2a3d4e5f", "«Қазына» банкі", "Әлия Ғаниқызы Өмірбекова", "Щучинск", "аты-жөні",
		"Declined", "Success", "0.8787", "threshold_spoofing 0.5000", "0.9731", "threshold_min 0.8400", "minifasnet-v2 1", "faceres 1",
		"Liveness (QUALITY)", "presentation_attack", "does not look like a living person", "Қозғалыс.mp4", "2025-03-09 12:00:04", "Page 1 of",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	if strings.Index(got, "Declined") > strings.Index(got, "Metadata") {
		t.Error("the verdict does not come first")
	}
}

func TestReportIsInTheLanguageOfWhoAsksForIt(t *testing.T) {
	d := example()
	d.Language = advice.Russian
	got := read(t, d)
	for _, want := range []string{"Отчёт о проверке", "Отклонено", "Решение по последним анализам", "Живость (QUALITY)", "Оценка подделки", "0.8787 (1 — атака)",
		advice.Sentence(advice.Russian, bonafide.ReasonAttack)[:30], "Страница 1 из", "Әлия Ғаниқызы Өмірбекова", "видео, 720×1280, 3.2 с"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
}

// TestEveryWordOfAReportIsTranslated reads the source for words that are said.
func TestEveryWordOfAReportIsTranslated(t *testing.T) {
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{"Liveness": true, "Face comparison": true, "Search in a collection": true, "Document": true} // the titles of package catalog
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		for _, m := range regexp.MustCompile(`\.say\("([^"]*)"\)`).FindAllStringSubmatch(string(raw), -1) {
			said[m[1]] = true
		}
	}
	own := russian()
	for words := range said {
		if own[words] == "" {
			t.Errorf("%q is not translated", words)
		}
		if strings.Count(own[words], "%") != strings.Count(words, "%") || strings.Count(own[words], "{") != strings.Count(words, "{") {
			t.Errorf("%q: %q", words, own[words])
		}
	}
	for words := range own {
		if !said[words] {
			t.Errorf("%q is never said", words)
		}
	}
}

func TestReportSaysWhoDecided(t *testing.T) {
	d := example()
	clerk, gone := bonafide.NewID(), bonafide.NewID()
	d.Operators = map[bonafide.ID]string{clerk: "Айгүл Сейітова"}
	d.Folder.OperatorStatus, d.Folder.OperatorComment = bonafide.Success, "Проверено вручную"
	d.Folder.OperatorID, d.Folder.OperatorTime = clerk, time.Date(2025, 3, 9, 8, 30, 1, 0, time.UTC)
	a := &d.Analyses[0]
	a.Operator, a.OperatorID, a.OperatorTime = bonafide.Declined, gone, time.Date(2025, 3, 9, 8, 31, 2, 0, time.UTC)
	told := map[string]string{}
	for _, p := range d.lines(a) {
		told[p.name] = p.value
	}
	if told["Decided by"] != string(gone) || told["Decided"] != "2025-03-09 13:31:02 "+a.OperatorTime.In(d.Zone).Format("MST") {
		t.Errorf("of an analysis: %q", told)
	}
	got := read(t, d)
	for _, want := range []string{"Decision of an operator; the system said: Declined", "Проверено вручную",
		"Айгүл Сейітова (" + string(clerk) + ")", "2025-03-09 13:30:01", "Decided by", string(gone), "2025-03-09 13:31:02"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
}

func TestReportOfAnythingIsMade(t *testing.T) {
	hostile := "\n\n\x00\xff😀\u202e\U0010FFFF\ue000\ufeff" + strings.Repeat("я", 5000) + " " + strings.Repeat("w ", 3000)
	d := example()
	d.Title, d.Header = hostile, strings.Repeat(hostile, 30)
	d.Pictures["broken"] = []byte("\xff\xd8\xff")
	for range 2 * bonafide.MaxReportAttachments {
		d.Signs = append(d.Signs, bonafide.File{Key: "thumb1"}, bonafide.File{Key: "broken"}, bonafide.File{Key: "missing"})
	}
	d.Company, d.Version, d.Folder.OperatorComment = hostile, hostile, hostile
	for i := range 3 * maxRows {
		d.Folder.Meta[hostile[:40]+strings.Repeat("x", i)] = hostile
	}
	d.Folder.Meta["a"] = map[string]any{"b": hostile}
	for range 40 {
		d.Media = append(d.Media, bonafide.Media{ID: bonafide.NewID(), OriginalName: hostile, Thumb: &bonafide.File{Key: "bad"}})
	}
	d.Pictures["bad"] = []byte("\xff\xd8 no picture")
	a := d.Analyses[1]
	a.ErrorMessage, a.State, a.Operator, a.OperatorComment = hostile, bonafide.Failed, bonafide.Declined, hostile
	for range 2 * maxRows {
		a.Result.Reasons = append(a.Result.Reasons, bonafide.Reason{Code: hostile})
		a.Result.Findings = append(a.Result.Findings, bonafide.Finding{Kind: bonafide.FindingSearch, Score: at(math.NaN()), Failures: a.Result.Reasons[:1],
			Matches: []bonafide.Match{{PersonID: bonafide.NewID()}}})
	}
	for range maxAnalyses {
		d.Analyses = append(d.Analyses, a)
	}
	if got := read(t, d); !strings.Contains(got, "Older analyses that are left out: 2") || !strings.Contains(got, "no picture") {
		t.Error("what is left out is not told")
	}
	if got := read(t, &Document{}); !strings.Contains(got, "Verification report") {
		t.Error("an empty document has no title")
	}
}

func TestASearchNamesTheListAndShowsNoNumberOfAnEmptyOne(t *testing.T) {
	list := bonafide.NewID()
	search := func(size float64) bonafide.Analysis {
		score := 0.0
		return bonafide.Analysis{Type: bonafide.Collection, State: bonafide.Finished, Resolution: bonafide.Success, Params: bonafide.Params{CollectionID: list},
			Result: &bonafide.Result{Profile: &bonafide.Profile{Name: "default", Threshold: 0.5},
				Findings: []bonafide.Finding{{Kind: bonafide.FindingSearch, Score: &score, Measures: map[string]float64{"gallery_size": size}}}}}
	}
	for _, tt := range []struct {
		size  float64
		lists map[bonafide.ID]string
		want  string
	}{
		{0, map[bonafide.ID]string{list: "wanted"}, "wanted (" + string(list) + ")|the list was empty"},
		{3, map[bonafide.ID]string{list: "wanted"}, "wanted (" + string(list) + ")|0.0000"},
		{3, nil, "deleted since (" + string(list) + ")|0.0000"},
	} {
		a := search(tt.size)
		d := &Document{Lists: tt.lists}
		var values []string
		for _, p := range d.lines(&a) {
			if p.name == "List searched" || p.name == "Similarity" {
				values = append(values, p.value)
			}
			if p.name == "Profile" {
				t.Errorf("a search shows the profile of liveness: %s", p.value)
			}
		}
		if got := strings.Join(values, "|"); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}
