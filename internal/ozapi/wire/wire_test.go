package wire

import (
	"bytes"
	"encoding/json"
	"flag"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
)

var update = flag.Bool("update", false, "write golden files anew")

// at is a moment with a fraction, which must not reach the wire.
func at(second int64) time.Time { return time.Unix(1764580000+second, 123456789).UTC() }

func sampleFile(name, mime string, size int64) bonafide.File {
	return bonafide.File{Key: strings.Repeat("a1", 16), Name: name, Digest: strings.Repeat("d", 64), Size: size, MIME: mime}
}

func sampleUser() *bonafide.User {
	return &bonafide.User{
		ID: "0d6a1a3c-9a57-4f0e-8d5c-2d7a1c7b5e60", CompanyID: "5f8f8b9e-0000-4000-8000-000000000001",
		Type: bonafide.ClientAdmin, Active: true, Email: "a.user@bank.example", FirstName: "Ada", LastName: "Ünal <&>",
		PasswordHash: "secret", MayStart: map[bonafide.AnalysisType]bool{bonafide.Quality: true, bonafide.Biometry: true},
	}
}

func sampleFolder() bonafide.Folder {
	return bonafide.Folder{
		ID: "4c2c0d9a-0000-4000-8000-000000000001", CompanyID: "5f8f8b9e-0000-4000-8000-000000000001",
		UserID:             "0d6a1a3c-9a57-4f0e-8d5c-2d7a1c7b5e60",
		State:              bonafide.FolderState{ResolutionStatus: bonafide.Failed, SystemResolution: bonafide.Failed, Overall: bonafide.Failed},
		ResolutionEndpoint: "https://bank.example/hook", ResolutionTime: at(9),
		Meta:        bonafide.Meta{"transaction_id": "T-2041", "amount": json.Number("1E+2"), "name": "Жан \"<b>\" , : 日本"},
		TimeCreated: at(0), TimeUpdated: at(9),
	}
}

func sampleMedia() []bonafide.Media {
	folder, company := sampleFolder().ID, sampleFolder().CompanyID
	thumb := sampleFile("thumb.jpg", "image/jpeg", 900)
	return []bonafide.Media{
		{
			ID: "a1000000-0000-4000-8000-000000000001", FolderID: folder, CompanyID: company, Kind: bonafide.Video,
			OriginalName: "selfie.mp4", Tags: []string{"video_selfie", "video_selfie_eyes"},
			Original: sampleFile("v.mp4", "video/mp4", 5000), Thumb: &thumb, MD5: strings.Repeat("e", 32),
			Info: bonafide.MediaInfo{Format: "mp4", WidthPx: 720, HeightPx: 1280, FPS: 29.97, DurationMS: 4500},
			Meta: bonafide.Meta{"note": "front"}, TimeCreated: at(1), TimeUpdated: at(2),
		},
		{
			ID: "a1000000-0000-4000-8000-000000000002", FolderID: folder, CompanyID: company, Kind: bonafide.Image,
			OriginalName: "id.png", Original: sampleFile("i.jpg", "image/jpeg", 700), TimeCreated: at(1), TimeUpdated: at(1),
		},
		{
			ID: "a1000000-0000-4000-8000-000000000003", FolderID: folder, Kind: bonafide.ShotsSet,
			OriginalName: "s.zip", Tags: []string{}, Original: sampleFile("z.zip", "application/zip", 800), TimeCreated: at(1), TimeUpdated: at(1),
		},
	}
}

func ptr[T any](v T) *T { return &v }

func sampleAnalyses() []bonafide.Analysis {
	media := sampleMedia()
	shot := sampleFile("best.jpg", "image/jpeg", 600)
	base := func(id string, kind bonafide.AnalysisType, source ...bonafide.ID) bonafide.Analysis {
		return bonafide.Analysis{
			ID: bonafide.ID("e7000000-0000-4000-8000-00000000000" + id), FolderID: sampleFolder().ID, CompanyID: sampleFolder().CompanyID,
			GroupID: "9b000000-0000-4000-8000-000000000001", Type: kind, State: bonafide.Finished,
			SourceMedia: source, TimeCreated: at(3), TimeUpdated: at(5),
		}
	}
	quality := base("1", bonafide.Quality, media[0].ID, media[2].ID)
	quality.Resolution = bonafide.Success
	quality.Result = &bonafide.Result{
		Findings: []bonafide.Finding{
			{Kind: bonafide.FindingCapture, MediaID: media[0].ID, Measures: map[string]float64{"face_width_px": 211.5}},
			{Kind: bonafide.FindingLiveness, MediaID: media[0].ID, Score: ptr(0.9787), Raw: ptr(2.25), Frames: 12, BestShot: &shot,
				Hints: []bonafide.Hint{{Code: bonafide.ReasonEdited, Weight: 0.1}}},
			{Kind: bonafide.FindingLiveness, MediaID: media[2].ID, Score: ptr(0.99999999999), Frames: 3},
		},
		Thresholds: map[bonafide.Threshold]float64{bonafide.ThresholdSpoofing: 0.5},
		Models:     []bonafide.ModelRef{{Name: "pad", Version: "1"}},
		Profile:    &bonafide.Profile{Name: "default", Threshold: 0.5, Rates: map[string]float64{"bpcer": 0.02}},
		TookMS:     42,
	}
	biometry := base("2", bonafide.Biometry, media[0].ID, media[1].ID)
	biometry.Resolution = bonafide.Declined
	biometry.Params = bonafide.Params{ThresholdMin: ptr(0.75), ThresholdMax: ptr(0.85)}
	biometry.Result = &bonafide.Result{
		Findings: []bonafide.Finding{
			{Kind: bonafide.FindingSimilarity, MediaID: media[0].ID, OtherID: media[1].ID, Score: ptr(0.00000012), Raw: ptr(-0.1)},
		},
		Thresholds: map[bonafide.Threshold]float64{bonafide.ThresholdMin: 0.75, bonafide.ThresholdMax: 0.85},
		Reasons:    []bonafide.Reason{{Code: bonafide.ReasonNoMatch}},
		Models:     []bonafide.ModelRef{{Name: "embedder", Version: "2"}},
	}
	documents := base("3", bonafide.Documents)
	documents.State, documents.Resolution = bonafide.Failed, bonafide.Failed
	documents.Params.Capabilities = ptr(int64(492))
	documents.ErrorCode, documents.ErrorMessage = bonafide.CodeUnsupported, "DOCUMENTS is not available"
	running := base("4", bonafide.Quality, media[0].ID)
	running.State, running.Resolution = bonafide.Processing, bonafide.Processing
	running.Params.ExtractBestShot = ptr(false)
	return []bonafide.Analysis{quality, biometry, documents, running}
}

func TestGoldenJSON(t *testing.T) {
	l := LinksAt("https://id.example", "")
	folder := sampleFolder()
	parts := &FolderParts{
		Folder: folder, Media: sampleMedia(), Analyses: sampleAnalyses(), User: sampleUser(),
		Company: &bonafide.Company{ID: folder.CompanyID, Name: "Bank"},
	}
	session := &bonafide.Session{ID: 17, ExpiresAt: at(900), TimeCreated: at(0), TimeUpdated: at(0)}
	access, refresh := strings.Repeat("0f", 64), strings.Repeat("f0", 64)
	empty := &FolderParts{Folder: bonafide.Folder{
		ID: folder.ID, State: bonafide.FolderState{ResolutionStatus: bonafide.Initial, SystemResolution: bonafide.Initial, Overall: bonafide.Initial},
		TimeCreated: at(0), TimeUpdated: at(0),
	}}
	for name, v := range map[string]any{
		"session.json":         ViewSession(session, sampleUser(), access, refresh),
		"folder.json":          ViewFolder(parts, true, l),
		"folder_empty.json":    ViewFolder(empty, true, l),
		"folder_bare.json":     ViewFolder(empty, false, l),
		"media.json":           ViewMedias(parts.Media, folder.TimeCreated, l),
		"analyses.json":        ViewAnalyses(parts.Analyses, &folder, parts.Media, l),
		"page.json":            ViewPage(bonafide.Query{Offset: 5, Limit: 100}, 6, []int{1}),
		"page_uncounted.json":  ViewPage(bonafide.Query{Limit: 100}, -1, []int{}),
		"error.json":           errorBody(bonafide.Errorf(bonafide.CodeNotFound, "Folder not found")),
		"error_container.json": errorBody(bonafide.Errorf(bonafide.CodeContainer, "Invalid request data")),
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Encode(v)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name, append(got, '\n'))
		})
	}
}

func errorBody(err error) Error {
	_, body := ViewError(err)
	return body
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs\ngot  %s\nwant %s", path, got, want)
	}
}

func TestJSONIsSpelledLikePythons(t *testing.T) {
	got, err := Encode(map[string]any{"a": []any{1, "x,y:z \" \\", nil}, "b": "<é>&"})
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"a": [1, "x,y:z \" \\", null], "b": "<é>&"}`; string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestNumbersHaveNoExponentAndNoNoise(t *testing.T) {
	for in, want := range map[float64]string{
		1 - 0.9787:           "0.0213",
		0:                    "0.0",
		math.Copysign(0, -1): "0.0",
		1:                    "1.0",
		1e-7:                 "0.0000001",
		1e-12:                "0.0",
		123456789.5:          "123456789.5",
		1e301:                "1" + strings.Repeat("0", 301) + ".0",
		math.Inf(1):          "null",
	} {
		got, err := Number(in).MarshalJSON()
		if err != nil || string(got) != want {
			t.Errorf("%v is %s, want %s (%v)", in, got, want, err)
		}
	}
	if got, _ := Number(math.NaN()).MarshalJSON(); string(got) != "null" {
		t.Errorf("NaN is %s", got)
	}
}

func TestWorstMediaDecidesTheQualityNumber(t *testing.T) {
	a := sampleAnalyses()[0]
	if got := worstSpoofing(&a, a.SourceMedia); got == nil || math.Abs(float64(*got)-0.0213) > 1e-9 {
		t.Errorf("got %v", got)
	}
}

func TestMissingScoreLeavesTheNumberOpen(t *testing.T) {
	media := sampleMedia()
	quality, biometry := sampleAnalyses()[0], sampleAnalyses()[1]
	quality.SourceMedia = append(quality.SourceMedia, media[1].ID)
	if got := worstSpoofing(&quality, quality.SourceMedia); got != nil {
		t.Errorf("spoofing of an unmeasured media is %v", *got)
	}
	biometry.SourceMedia = append(biometry.SourceMedia, media[2].ID)
	if got := extremes(&biometry, biometry.SourceMedia); got.MinConfidence != nil || got.MaxConfidence != nil {
		t.Errorf("similarity with an unmeasured media is %v", got)
	}
	nan := sampleAnalyses()[0]
	nan.Result.Findings[2].Score = ptr(math.NaN())
	raw, err := Encode(resultsData(&nan, nan.SourceMedia))
	if err != nil || strings.Contains(string(raw), "0.0213") {
		t.Errorf("a score that is no number became %s (%v)", raw, err)
	}
}

func TestLeastAndMostSimilarPair(t *testing.T) {
	media := sampleMedia()
	a := bonafide.Analysis{Type: bonafide.Biometry, SourceMedia: []bonafide.ID{media[0].ID, media[1].ID, media[2].ID}}
	a.Result = &bonafide.Result{}
	for i, score := range []float64{0.9, 0.5, 0.7} {
		a.Result.Findings = append(a.Result.Findings, bonafide.Finding{
			Kind: bonafide.FindingSimilarity, MediaID: media[i].ID, OtherID: media[(i+1)%3].ID, Score: &score})
	}
	got := extremes(&a, a.SourceMedia)
	if got.MinConfidence == nil || *got.MinConfidence != 0.5 || got.MaxConfidence == nil || *got.MaxConfidence != 0.9 {
		t.Errorf("all: %v", got)
	}
	got = extremes(&a, []bonafide.ID{media[0].ID})
	if *got.MinConfidence != 0.7 || *got.MaxConfidence != 0.9 {
		t.Errorf("first: %v", got)
	}
}
