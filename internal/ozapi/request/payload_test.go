package request

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

func decodePayload(raw string) (intake.Payload, error) {
	f, err := Parse([]byte(raw))
	if err != nil {
		return intake.Payload{}, err
	}
	return ReadPayload(f)
}

func decodeOrders(raw string) (intake.Orders, error) {
	f, err := Parse([]byte(raw))
	if err != nil {
		return intake.Orders{}, err
	}
	return ReadOrders(f)
}

func TestPayload(t *testing.T) {
	got, err := decodePayload(`{
		"folder:meta_data": {"transaction_id": "T", "n": 12345678901234567890.10},
		"media:tags": {"v1": ["video_selfie"], "none": null, "cleared": []},
		"media:meta_data": {"v1": {"note": 1}, "none": null},
		"resolution_endpoint": "https://x.example/h",
		"analyses": [
			{"type": "quality", "source_media": ["v1"], "params": {"extract_best_shot": true, "threshold_spoofing": 0.5}, "meta_data": {"a": 1}},
			{"type": "Documents", "params": {"capabilities": 492}, "unknown": {}}
		],
		"additional_info": [1, 2]
	}`)
	if err != nil {
		t.Fatal(err)
	}
	want := intake.Payload{
		FolderMeta: bonafide.Meta{"transaction_id": "T", "n": json.Number("12345678901234567890.10")},
		Tags:       map[string][]string{"v1": {"video_selfie"}, "none": nil, "cleared": {}},
		MediaMeta:  map[string]bonafide.Meta{"v1": {"note": json.Number("1")}, "none": nil},
		Orders: intake.Orders{
			Endpoint: "https://x.example/h",
			Lines: []intake.OrderLine{
				{Type: bonafide.Quality, Source: []string{"v1"}, Meta: bonafide.Meta{"a": json.Number("1")},
					Params: bonafide.Params{ExtractBestShot: ptr(true), ThresholdSpoofing: ptr(0.5)}},
				{Type: bonafide.Documents, Params: bonafide.Params{Capabilities: ptr(int64(492))}},
			},
		},
	}
	if more, ok := got.More["additional_info"].([]any); !ok || len(more) != 2 {
		t.Errorf("what else was sent is %v", got.More)
	}
	got.More = nil
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// The form of the first iOS SDK: everything inside params.
func TestOldOrdersKeepSourcesInParams(t *testing.T) {
	got, err := decodeOrders(`{"analyses": [{"type": "collection", "source_media": [], "params":
		{"collection_id": "c3", "source_media": ["a1"], "decision_count": 10, "decision_threshold": 0.7}}], "params": {"x": 1}}`)
	if err != nil {
		t.Fatal(err)
	}
	threshold, count := 0.7, int64(10)
	want := intake.Orders{Lines: []intake.OrderLine{{Type: bonafide.Collection, Source: []string{"a1"},
		Params: bonafide.Params{CollectionID: "c3", DecisionThreshold: &threshold, DecisionCount: &count}}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	got, err = decodeOrders(`{"analyses": [{"type": "collection", "collection_id": "c4", "params": {"collection_id": "c3"}}]}`)
	if err != nil || got.Lines[0].Params.CollectionID != "c4" {
		t.Errorf("the newer place does not win: %+v %v", got, err)
	}
}

func TestMalformedBodiesHaveTheirCode(t *testing.T) {
	for raw, want := range map[string]bonafide.Code{
		`[1]`:                         bonafide.CodeStructure,
		`"x"`:                         bonafide.CodeStructure,
		`null`:                        bonafide.CodeStructure,
		`{`:                           bonafide.CodeStructure,
		`{} {}`:                       bonafide.CodeStructure,
		`{"analyses": null}`:          bonafide.CodeStructure,
		`{}`:                          bonafide.CodeStructure,
		``:                            bonafide.CodeStructure,
		"\xff\xfe":                    bonafide.CodeStructure,
		strings.Repeat(`[`, 40):       bonafide.CodeStructure,
		`{"analyses": {}}`:            bonafide.CodeType,
		`{"analyses": []}`:            bonafide.CodeValue,
		`{"analyses": [1]}`:           bonafide.CodeType,
		`{"analyses": [{}]}`:          bonafide.CodeStructure,
		`{"analyses": [{"type": 1}]}`: bonafide.CodeType,
		order(`"params": []`):         bonafide.CodeType,
		order(`"params": {"threshold_min": "0.5"}`):                     bonafide.CodeType,
		order(`"params": {"threshold_min": 1e999}`):                     bonafide.CodeValue,
		order(`"params": {"capabilities": 1.5}`):                        bonafide.CodeType,
		order(`"params": {"extract_best_shot": "maybe"}`):               bonafide.CodeType,
		order(`"source_media": "a"`):                                    bonafide.CodeType,
		order(`"source_media": [1]`):                                    bonafide.CodeType,
		order(`"collection_id": {}`):                                    bonafide.CodeType,
		order(`"meta_data": 3`):                                         bonafide.CodeType,
		`{"analyses": [{"type": "quality"}], "resolution_endpoint": 1}`: bonafide.CodeType,
	} {
		_, err := decodeOrders(raw)
		if bonafide.CodeOf(err) != want {
			t.Errorf("%.80s: %v, want %s", raw, err, want)
		}
	}
	for _, raw := range []string{
		`{"folder:meta_data": 1}`, `{"media:tags": []}`, `{"media:tags": {"a": "x"}}`, `{"media:tags": {"a": [1]}}`,
		`{"media:meta_data": {"a": 1}}`,
	} {
		if _, err := decodePayload(raw); bonafide.CodeOf(err) != bonafide.CodeType {
			t.Errorf("%s: %v, want %s", raw, err, bonafide.CodeType)
		}
	}
}

func order(member string) string { return `{"analyses": [{"type": "quality", ` + member + `}]}` }

func TestValuesAreLimitedBeforeParsing(t *testing.T) {
	many := func(n int) string { return `{"folder:meta_data": {"a": [` + strings.Repeat(`{"b":1},`, n) + `1]}}` }
	if _, err := decodePayload(many(maxValues/2 - 10)); err != nil {
		t.Errorf("allowed: %v", err)
	}
	if _, err := decodePayload(many(maxValues / 2)); bonafide.CodeOf(err) != bonafide.CodeTooLarge {
		t.Errorf("too many: %v", err)
	}
}

func TestDepthIsLimitedBeforeParsing(t *testing.T) {
	nested := func(n int) string {
		return `{"folder:meta_data": ` + strings.Repeat(`{"a":`, n) + `1` + strings.Repeat(`}`, n) + `}`
	}
	if _, err := decodePayload(nested(maxDepth - 1)); err != nil {
		t.Errorf("allowed depth: %v", err)
	}
	if _, err := decodePayload(nested(maxDepth)); bonafide.CodeOf(err) != bonafide.CodeStructure {
		t.Errorf("too deep: %v", err)
	}
	if _, err := decodePayload(`{"folder:meta_data": {"a": "` + strings.Repeat(`[`, 100) + `\"[["}}`); err != nil {
		t.Errorf("brackets inside a string: %v", err)
	}
}

func FuzzPayload(f *testing.F) {
	f.Add([]byte(`{"folder:meta_data": {"a": 1}, "media:tags": {"v": ["x"]}, "media:meta_data": {"v": {}}, "analyses": [{"type": "quality"}]}`))
	f.Add([]byte(`{"media:tags": {"v": [1]}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, err := decodePayload(string(raw))
		if err == nil {
			// What was read can be stored and sent.
			_, err = json.Marshal(p)
			if err != nil {
				t.Errorf("%q: %v", raw, err)
			}
			return
		}
		refused(t, raw, err)
	})
}

func FuzzOrders(f *testing.F) {
	f.Add([]byte(`{"analyses": [{"type": "biometry", "source_media": ["a"], "params": {"threshold_min": 0.75, "threshold_max": 0.85}}]}`))
	f.Add([]byte(`{"analyses": [{"type": "collection", "params": {"collection_id": "c", "source_media": []}}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		o, err := decodeOrders(string(raw))
		if err != nil {
			refused(t, raw, err)
			return
		}
		if len(o.Lines) == 0 {
			t.Errorf("%q: an order of nothing", raw)
		}
	})
}

// refused checks that a refusal is the client's fault and says so.
func refused(t *testing.T, raw []byte, err error) {
	t.Helper()
	if status, body := wire.ViewError(err); status != 400 || body.Message == "" {
		t.Errorf("%q: %d %+v", raw, status, body)
	}
}

func ptr[T any](v T) *T { return &v }
