// Package appconfig reads what an installation wants of captures in browsers:
// app_config.json with the keys of the vendor's adapter, and the environment over it.
package appconfig

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Settings are what app_config.json holds, under the vendor's names. Each is also read
// from the environment as WA_ and its name in capitals, which goes before the file.
type Settings struct {
	UseForLiveness    bool            // alias of CaptureScenario: true means operator
	CaptureScenario   string          // ScenarioSelf or ScenarioOperator
	Preinit           string          // off, script or full: how much the page loads before it opens
	Architecture      string          // Normal, Lite or Capture
	Debug             bool            // answers /debug.php
	APIURL            string          // of the Oz API or Oz API Lite; empty takes the process's own
	APIToken          string          // of a service account
	UseToken          string          // FromConfig or FromClient: whose access token is used
	UseSessionToken   string          // FromAPI or FromClient: who fetches the session token
	UseContainer      bool            // media come in a sealed container where the API opens such
	LangAllow         []string        // language packs that pages may choose
	LangDefault       string          // pack of a page that chooses none
	VideoActions      []string        // gestures that may be asked for, and are drawn from
	RequiredActions   []string        // gestures that are among those drawn
	PhotoActions      []string        // photos that may be asked for
	PhotoSource       []string        // capture, upload
	DefaultImportance bool            // the defaults win over what a page asks for
	Defaults          DefaultActions  // for pages that name no actions
	Analyses          map[string]bool // that are ordered: quality, biometry, documents
	ExtractBestShot   bool            // parameter of QUALITY
	LosslessFrame     bool            // the best frame is sent as PNG
	DeleteOldSessions bool            // sessions are removed when they are old
	DeleteOldMinutes  int             // that old
	ResultMode        string          // Safe, Status, FolderMode or Full
	Load3DMask        bool            // understood, without effect
	Enable3DMask      bool            // understood, without effect
	VideoFormat       string          // zip: the only one
	Light             bool            // ours: a sequence of colours is drawn and shown
	CORSOrigins       []string        // that pages may call from
	CORSMethods       string          // that they may use
	CORSHeaders       string          // that they may send
	MaxBody           int64           // bytes of one capture
}

// DefaultActions are what is captured for pages that name no actions.
type DefaultActions struct {
	VideoCount int  `json:"video_count"` // gestures, drawn by the server
	PhotoFront bool `json:"photo_front"` // front of a document
	PhotoBack  bool `json:"photo_back"`  // back of a document
}

// Words of the settings.
const (
	ScenarioSelf     = "self"     // people film themselves
	ScenarioOperator = "operator" // somebody films them: back camera, nothing is mirrored

	Normal  = "normal"  // media go to the API, analyses are awaited
	Lite    = "lite"    // the best frame goes to Oz API Lite
	Capture = "capture" // media stay with the page

	FromConfig = "config"
	FromClient = "client"
	FromAPI    = "api"

	Safe       = "safe"   // only that it is over
	Status     = "status" // states and verdicts
	FolderMode = "folder" // and the folder's identifier
	Full       = "full"   // and nearly all that the API says
)

// MaxActions is how many things one capture may ask of a person.
const MaxActions = 10

// DefaultMaxBody is how many bytes one capture may have where nothing else is set.
const DefaultMaxBody = 64 << 20

// Default are those of a server that nobody configured. Of the vendor's they
// differ where the vendor's would not work here: documents are not ordered, since such
// analyses end as FAILED where they cannot be run, and one selfie is the default.
func Default() Settings {
	return Settings{
		CaptureScenario:   ScenarioSelf,
		Preinit:           "script",
		Architecture:      Normal,
		UseToken:          FromConfig,
		UseSessionToken:   FromAPI,
		UseContainer:      true,
		LangAllow:         []string{"en", "ru", "kk", "es", "pt-BR", "tr", "hy", "ky"},
		LangDefault:       "en",
		VideoActions:      gestures(),
		RequiredActions:   []string{"video_selfie_blank"},
		PhotoActions:      []string{"photo_id_front", "photo_id_back", "photo_doc_custom"},
		PhotoSource:       []string{"capture"},
		Defaults:          DefaultActions{VideoCount: 1},
		Analyses:          map[string]bool{"quality": true, "biometry": true, "documents": false},
		ExtractBestShot:   true,
		LosslessFrame:     true,
		DeleteOldSessions: true,
		DeleteOldMinutes:  120,
		ResultMode:        Safe,
		VideoFormat:       "zip",
		CORSOrigins:       []string{"*"},
		CORSMethods:       "GET, POST, OPTIONS",
		CORSHeaders:       "Content-Type, esid, traceparent, X-Session-Token, X-Forensic-Access-Token, X-Requested-With, Cache-Control",
		MaxBody:           DefaultMaxBody,
	}
}

// gestures are the actions that are known, as the vendor lists them.
func gestures() []string {
	return []string{"video_selfie_left", "video_selfie_right", "video_selfie_down", "video_selfie_high", "video_selfie_scan",
		"video_selfie_smile", "video_selfie_eyes", "video_selfie_blank", "video_selfie_best"}
}

// keys gives the place of each setting by its name in the file. The name prenit is a
// slip in the vendor's own file that is found on many installations.
func (s *Settings) keys() map[string]any {
	return map[string]any{
		"use_for_liveness":                   &s.UseForLiveness,
		"capture_scenario":                   &s.CaptureScenario,
		"preinit":                            &s.Preinit,
		"prenit":                             &s.Preinit,
		"architecture":                       &s.Architecture,
		"debug":                              &s.Debug,
		"api_url":                            &s.APIURL,
		"api_token":                          &s.APIToken,
		"api_use_token":                      &s.UseToken,
		"api_use_session_token":              &s.UseSessionToken,
		"use_wasm_container":                 &s.UseContainer,
		"lang_allow":                         &s.LangAllow,
		"lang_default":                       &s.LangDefault,
		"video_actions_list":                 &s.VideoActions,
		"video_required_actions_list":        &s.RequiredActions,
		"photo_actions_list":                 &s.PhotoActions,
		"photo_source":                       &s.PhotoSource,
		"actions_default_importance":         &s.DefaultImportance,
		"actions_default":                    &s.Defaults,
		"analyses":                           &s.Analyses,
		"extract_best_shot":                  &s.ExtractBestShot,
		"save_lossless_frame":                &s.LosslessFrame,
		"delete_old_sessions":                &s.DeleteOldSessions,
		"delete_old_sessions_offset_minutes": &s.DeleteOldMinutes,
		"result_mode":                        &s.ResultMode,
		"load_3d_mask":                       &s.Load3DMask,
		"enable_3d_mask":                     &s.Enable3DMask,
		"video_file_format":                  &s.VideoFormat,
		"light":                              &s.Light,
		"cors_origins":                       &s.CORSOrigins,
		"cors_methods":                       &s.CORSMethods,
		"cors_headers":                       &s.CORSHeaders,
		"max_body":                           &s.MaxBody,
	}
}

// elsewhere are variables that an adapter may have and this one has not, with what is set
// here in their place.
func elsewhere() map[string]string {
	const tls = "TLS is a matter of a proxy before the server"
	return map[string]string{"WA_SSL_CERT_ADD": tls, "WA_SSL_CERT": tls, "WA_SSL_KEY": tls, "WA_HTTPS_PORT": tls, "WA_HTTP_PORT": "see --listen",
		"WA_TRUSTED_PROXIES": "see --trusted-proxies", "WA_LICENSE_PATH": "see --license", "WA_SESSION_DIR": "see --data", "WA_LOG_LEVEL": "see --log-level"}
}

// idle names settings that are understood, set, and without effect.
func (s *Settings) idle() (told []string) {
	for name, on := range map[string]bool{"load_3d_mask": s.Load3DMask, "enable_3d_mask": s.Enable3DMask} {
		if on {
			told = append(told, name+" has no effect: no 3D mask is drawn")
		}
	}
	slices.Sort(told)
	return told
}

// maxSettings bounds the file, in bytes.
const maxSettings = 1 << 20

// Read reads app_config.json, nil for none, and the environment over it. told
// names what nobody reads, or has no effect: such a key is no error, since files of other
// versions have more. A value that cannot be what its key asks for is one.
func Read(file []byte, environ []string) (s Settings, told []string, err error) {
	s = Default()
	if len(file) > maxSettings {
		return s, nil, fmt.Errorf("app_config.json: longer than %d bytes", maxSettings)
	}
	if file != nil {
		if told, err = s.readFile(file); err != nil {
			return s, nil, err
		}
	}
	more, err := s.readEnvironment(environ)
	if err != nil {
		return s, nil, err
	}
	if s.CaptureScenario == "" {
		s.CaptureScenario = ScenarioSelf
		if s.UseForLiveness {
			s.CaptureScenario = ScenarioOperator
		}
	}
	return s, slices.Concat(told, more, s.idle()), s.check()
}

func (s *Settings) readFile(file []byte) (told []string, err error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(file, &fields); err != nil {
		return nil, fmt.Errorf("app_config.json: want a JSON object: %w", err)
	}
	keys := s.keys()
	if _, both := fields["preinit"]; both {
		delete(fields, "prenit")
	}
	s.scenarioOf(fields)
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		place, known := keys[name]
		if !known {
			told = append(told, fmt.Sprintf("app_config.json: nobody reads %q", name))
			continue
		}
		if string(fields[name]) == "null" {
			continue // as if it were not there
		}
		if err := decode(fields[name], place); err != nil {
			return nil, fmt.Errorf("app_config.json: %s: %w", name, err)
		}
	}
	return told, nil
}

// scenarioOf lets the vendor's flag count where the scenario is not named.
func (s *Settings) scenarioOf(fields map[string]json.RawMessage) {
	_, flag := fields["use_for_liveness"]
	if _, named := fields["capture_scenario"]; flag && !named {
		s.CaptureScenario = ""
	}
}

// decode reads a value over another. Lists and maps are replaced, not filled up.
func decode(raw json.RawMessage, place any) error {
	switch p := place.(type) {
	case *[]string:
		*p = nil
	case *map[string]bool:
		*p = nil
	}
	return json.Unmarshal(raw, place)
}

func (s *Settings) readEnvironment(environ []string) (told []string, err error) {
	keys := s.keys()
	names := map[string]json.RawMessage{}
	for _, pair := range environ {
		variable, value, _ := strings.Cut(pair, "=")
		if !strings.HasPrefix(variable, "WA_") {
			continue
		}
		if instead, other := elsewhere()[variable]; other {
			told = append(told, variable+" has no effect: "+instead)
			continue
		}
		name := strings.ToLower(strings.TrimPrefix(variable, "WA_"))
		place, known := keys[name]
		if !known {
			told = append(told, "nobody reads the variable "+variable)
			continue
		}
		raw, err := fromVariable(value, place)
		if err == nil {
			err = decode(raw, place)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", variable, err)
		}
		names[name] = raw
	}
	s.scenarioOf(names)
	slices.Sort(told)
	return told, nil
}

// fromVariable makes JSON of the words that people write into variables: True, 50m,
// a,b. Lists may be JSON, objects must be.
func fromVariable(value string, place any) (json.RawMessage, error) {
	value = strings.TrimSpace(value)
	switch place.(type) {
	case *string:
		return json.Marshal(value)
	case *bool:
		b, err := strconv.ParseBool(strings.ToLower(value))
		if err != nil {
			return nil, fmt.Errorf("%q: want true or false", value)
		}
		return json.Marshal(b)
	case *int64:
		n, err := bytesOf(value)
		if err != nil {
			return nil, err
		}
		return json.Marshal(n)
	case *[]string:
		if strings.HasPrefix(value, "[") {
			return json.RawMessage(value), nil
		}
		list := []string{}
		for word := range strings.SplitSeq(value, ",") {
			if word = strings.TrimSpace(word); word != "" {
				list = append(list, word)
			}
		}
		return json.Marshal(list)
	}
	return json.RawMessage(value), nil
}

// bytesOf reads a number of bytes as nginx does: 50m is 50 MiB.
func bytesOf(value string) (int64, error) {
	shift := map[string]uint{"k": 10, "m": 20, "g": 30}[strings.ToLower(value[max(0, len(value)-1):])]
	digits := value
	if shift > 0 {
		digits = value[:len(value)-1]
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n < 0 || n > 1<<33 {
		return 0, fmt.Errorf("%q: want a number of bytes, such as 50m", value)
	}
	return n << shift, nil
}

// check finds what would fail later, or open more than was meant.
func (s *Settings) check() error {
	var faults []error
	among := func(key, value string, words ...string) {
		if !slices.Contains(words, value) {
			faults = append(faults, fmt.Errorf("%s: %q is none of %s", key, value, strings.Join(words, ", ")))
		}
	}
	among("capture_scenario", s.CaptureScenario, ScenarioSelf, ScenarioOperator)
	among("preinit", s.Preinit, "off", "script", "full")
	among("architecture", s.Architecture, Normal, Lite, Capture)
	among("api_use_token", s.UseToken, FromConfig, FromClient)
	among("api_use_session_token", s.UseSessionToken, FromAPI, FromClient)
	among("result_mode", s.ResultMode, Safe, Status, FolderMode, Full)
	among("video_file_format", s.VideoFormat, "zip")
	for _, source := range s.PhotoSource {
		among("photo_source", source, "capture", "upload")
	}
	for _, action := range s.RequiredActions {
		if len(s.VideoActions) > 0 && !slices.Contains(s.VideoActions, action) {
			faults = append(faults, fmt.Errorf("video_required_actions_list: %q is not in video_actions_list", action))
		}
	}
	for _, list := range [][]string{s.VideoActions, s.RequiredActions, s.PhotoActions, s.LangAllow, {s.LangDefault}} {
		for _, word := range list {
			if !IsWord(word) {
				faults = append(faults, fmt.Errorf("%q: want letters, digits, _ and -", word))
			}
		}
	}
	if s.APIURL != "" {
		if u, err := url.Parse(s.APIURL); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" {
			faults = append(faults, errors.New("api_url: want http or https, a host and a path, such as https://api.example.org/api/"))
		}
	}
	if n := s.Defaults.VideoCount; n < 0 || n > MaxActions {
		faults = append(faults, fmt.Errorf("actions_default: video_count %d: want 0 to %d", n, MaxActions))
	}
	if s.DeleteOldMinutes < 5 || s.DeleteOldMinutes > 60*24*30 {
		faults = append(faults, fmt.Errorf("delete_old_sessions_offset_minutes: %d: want 5 to %d", s.DeleteOldMinutes, 60*24*30))
	}
	if s.MaxBody < 1<<20 || s.MaxBody > 1<<30 {
		faults = append(faults, fmt.Errorf("max_body: %d: want 1 MiB to 1 GiB", s.MaxBody))
	}
	return errors.Join(faults...)
}

// IsWord tells whether a word is one that names an action, a language or a tenant: fit
// for a path, a tag and a page without escaping.
func IsWord(s string) bool {
	return s != "" && len(s) <= 64 && !strings.ContainsFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '_' && r != '-'
	})
}

// hidden is what is shown in place of a secret.
const hidden = "***"

// Shown are the settings for people to read: by their names in the file, without
// secrets.
func (s Settings) Shown() map[string]any {
	s.APIToken = map[bool]string{false: "", true: hidden}[s.APIToken != ""]
	shown := s.keys()
	delete(shown, "prenit")
	return shown
}
