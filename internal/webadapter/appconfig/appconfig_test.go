package appconfig

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// delivered is a file as the vendor delivers it, with its slip and a key of another
// version.
const delivered = `{"use_for_liveness": false, "prenit": "full", "architecture": "normal", "debug": true,
 "api_url": "http://10.0.0.5:8000/api/", "api_token": "t0k3n", "api_use_token": "config",
 "lang_allow": ["en","ru"], "lang_default": "ru",
 "video_actions_list": ["video_selfie_left","video_selfie_smile","video_selfie_blank"],
 "video_required_actions_list": ["video_selfie_blank"], "photo_actions_list": ["photo_id_front","photo_id_back","photo_doc_custom"],
 "photo_source": ["capture"], "actions_default_importance": false,
 "actions_default": {"video_count": 1, "photo_front": true, "photo_back": true},
 "analyses": {"quality": true, "biometry": true, "documents": true}, "extract_best_shot": true, "save_lossless_frame": true,
 "delete_old_sessions": true, "delete_old_sessions_offset_minutes": 120, "result_mode": "safe",
 "load_3d_mask": false, "enable_3d_mask": false, "video_file_format": "zip", "some_day": 1}`

func TestAFileOfTheVendorIsUnderstood(t *testing.T) {
	s, told, err := Read([]byte(delivered), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(told) != 1 || !strings.Contains(told[0], "some_day") {
		t.Errorf("told %q", told)
	}
	if s.Preinit != "full" || s.LangDefault != "ru" || !s.Defaults.PhotoBack || !s.Analyses["documents"] || s.CaptureScenario != ScenarioSelf || !s.Debug {
		t.Errorf("read %+v", s)
	}
}

func TestTheEnvironmentGoesBeforeTheFile(t *testing.T) {
	s, told, err := Read([]byte(delivered), []string{"WA_LANG_DEFAULT=en", "WA_LANG_ALLOW=en, kk", "WA_DEBUG=False", "WA_RESULT_MODE=status",
		`WA_ACTIONS_DEFAULT={"video_count":2}`, `WA_ANALYSES={"quality":true}`, "WA_MAX_BODY=50m", "WA_CORS_ORIGINS=*", "WA_SSL_CERT_ADD=True",
		"WA_NOBODY=1", "WA_USE_FOR_LIVENESS=true", "PATH=/bin"})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(s.LangAllow, []string{"en", "kk"}) || s.Debug || s.ResultMode != Status || s.MaxBody != 50<<20 || s.Defaults.VideoCount != 2 {
		t.Errorf("read %+v", s)
	}
	if !reflect.DeepEqual(s.Analyses, map[string]bool{"quality": true}) {
		t.Errorf("analyses of the file are mixed in: %v", s.Analyses)
	}
	if len(told) != 3 || !strings.HasPrefix(told[1], "WA_SSL_CERT_ADD has no effect: ") || told[2] != "nobody reads the variable WA_NOBODY" {
		t.Errorf("told %q", told)
	}
	if s.CaptureScenario != ScenarioOperator {
		t.Errorf("the scenario is %q", s.CaptureScenario)
	}
}

func TestWhatHasNoEffectIsSaid(t *testing.T) {
	_, told, err := Read([]byte(`{"enable_3d_mask": true, "load_3d_mask": true}`), []string{"WA_HTTP_PORT=80"})
	want := []string{"WA_HTTP_PORT has no effect: see --listen", "enable_3d_mask has no effect: no 3D mask is drawn", "load_3d_mask has no effect: no 3D mask is drawn"}
	if err != nil || !slices.Equal(told, want) {
		t.Errorf("%q, %v", told, err)
	}
}

func TestTheNamedScenarioGoesBeforeTheFlag(t *testing.T) {
	for file, want := range map[string]string{
		`{}`:                         ScenarioSelf,
		`{"use_for_liveness": true}`: ScenarioOperator,
		`{"use_for_liveness": true, "capture_scenario": "self"}`:      ScenarioSelf,
		`{"use_for_liveness": false, "capture_scenario": "operator"}`: ScenarioOperator,
	} {
		if s, _, err := Read([]byte(file), nil); err != nil || s.CaptureScenario != want {
			t.Errorf("%s: %q, %v", file, s.CaptureScenario, err)
		}
	}
}

func TestWhatCannotBeMeantIsRefused(t *testing.T) {
	for _, file := range []string{`[]`, `{`, `{"result_mode": "verbose"}`, `{"architecture": "Normal"}`, `{"api_url": "api.example.org"}`,
		`{"api_url": "https://a:b@c/api"}`, `{"debug": "yes"}`, `{"video_required_actions_list": ["video_selfie_wink"]}`,
		`{"delete_old_sessions_offset_minutes": 0}`, `{"actions_default": {"video_count": 99}}`, `{"api_use_token": "both"}`,
		`{"lang_allow": ["<script>"]}`, `{"video_file_format": "mp4"}`, `{"max_body": 5}`} {
		if _, _, err := Read([]byte(file), nil); err == nil {
			t.Errorf("%s is taken", file)
		}
	}
	for _, variable := range []string{"WA_DEBUG=perhaps", "WA_MAX_BODY=lots", "WA_MAX_BODY=", "WA_ANALYSES=quality", "WA_RESULT_MODE="} {
		if _, _, err := Read(nil, []string{variable}); err == nil {
			t.Errorf("%s is taken", variable)
		}
	}
}

func TestSecretsAreNotShown(t *testing.T) {
	s, _, err := Read([]byte(delivered), nil)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(s.Shown())
	if err != nil || strings.Contains(string(raw), "t0k3n") || !strings.Contains(string(raw), `"api_token":"***"`) {
		t.Errorf("shown %s, %v", raw, err)
	}
	if s.APIToken != "t0k3n" {
		t.Error("showing changed the settings")
	}
}

func TestTenantsHaveFilesOfTheirOwn(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	main := filepath.Join(dir, "app_config.json")
	write("app_config.json", `{"lang_default": "kk"}`)
	write("tenants/bank/app_config.json", `{"result_mode": "full", "nobody": 1}`)
	f, err := ReadFiles(main, []string{"WA_RESULT_MODE=status"})
	if err != nil || f.Settings.LangDefault != "kk" || f.Settings.ResultMode != Status || f.Tenants["bank"].ResultMode != Full || len(f.Told) != 1 {
		t.Errorf("%+v, %v", f, err)
	}
	write("tenants/api/app_config.json", `{}`)
	if _, err := ReadFiles(main, nil); err == nil {
		t.Error("a tenant takes the path of the API")
	}
	if _, err := ReadFiles(filepath.Join(dir, "none.json"), nil); err == nil {
		t.Error("a lost file is not missed")
	}
}

func FuzzSettings(f *testing.F) {
	names := slices.Sorted(maps.Keys(new(Settings).keys()))
	values := []string{"True", `["en"]`, "50m", "", "https://a.example/api/", `{"video_count": 2, "photo_front": true}`, "video_selfie_left, <b>", "full"}
	for i, name := range names {
		f.Add([]byte(delivered), uint8(i), values[i%len(values)])
		f.Add([]byte(`{"`+name+`": null}`), uint8(i), values[(i+3)%len(values)])
	}
	f.Add([]byte(`{"analyses": null, "actions_default": {"video_count": -1}}`), uint8(0), "50m")
	f.Add([]byte(`{"capture_scenario": "", "lang_allow": []}`), uint8(1), "")
	f.Fuzz(func(t *testing.T, file []byte, which uint8, value string) {
		one := "WA_" + strings.ToUpper(names[int(which)%len(names)]) + "=" + value
		var all []string
		for _, name := range names {
			all = append(all, "WA_"+strings.ToUpper(name)+"="+value)
		}
		for _, env := range [][]string{nil, {one}, all, {value}} {
			s, _, err := Read(file, env)
			if err != nil {
				continue
			}
			if err := s.check(); err != nil {
				t.Errorf("what was taken is wrong: %v", err)
			}
			if s.APIToken != "" {
				if raw, _ := json.Marshal(s.Shown()["api_token"]); string(raw) != `"***"` {
					t.Errorf("a secret is shown: %s", raw)
				}
			}
			for _, list := range [][]string{s.VideoActions, s.LangAllow} {
				for _, word := range list {
					if strings.ContainsAny(word, "<>&\"'/ ") {
						t.Errorf("%q is fit for no page", word)
					}
				}
			}
		}
	})
}
