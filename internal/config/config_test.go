package config_test

import (
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide/internal/config"
)

func TestThePublicURLIsTheStartOfALink(t *testing.T) {
	for url, good := range map[string]bool{
		"":                            true,
		"https://id.example.org":      true,
		"http://10.0.0.1:8080/faces/": true,
		"id.example.org":              false,
		"id.example.org:8080":         false,
		"/faces":                      false,
		"ftp://id.example.org":        false,
		"https://":                    false,
		"https://:8080":               false,
		"https://a:b@id.example.org":  false,
		"https://id.example.org?a=b":  false,
		"https://id.example.org#top":  false,
		"https://id.example.org:port": false,
		"https://id example.org":      false,
	} {
		if err := (&config.Serve{PublicURL: url}).Validate(); (err == nil) != good {
			t.Errorf("%q: %v", url, err)
		}
	}
}

func TestReportsHaveAKnownZoneAndAPlainName(t *testing.T) {
	for _, s := range []config.Serve{{}, {Timezone: "Asia/Almaty", ReportName: "отчёт_{folder_id}_{date}_{time}.pdf"}} {
		if err := s.Validate(); err != nil {
			t.Errorf("%+v: %v", s, err)
		}
	}
	for _, s := range []config.Serve{{Timezone: "Mars/Olympus"}, {Timezone: "Local"}, {Timezone: "../etc"}, {ReportName: "a/b.pdf"}, {ReportName: "a.exe"},
		{ReportName: "{user}.pdf"}, {ReportName: "a\".pdf"}, {ReportName: "a\n.pdf"}} {
		if err := s.Validate(); err == nil {
			t.Errorf("%+v passes", s)
		}
	}
}

func TestComponentsAreSpelledRight(t *testing.T) {
	for list, good := range map[string]bool{
		"auth,stateful,stateless":      true,
		"stateless":                    true,
		"auth,stateful,oz_collections": true,
		"auth":                         false,
		"auth,stateles":                false,
		"auth, stateful":               false,
		"oz_collections":               false,
	} {
		if err := (&config.Serve{Components: strings.Split(list, ",")}).Validate(); (err == nil) != good {
			t.Errorf("%q: %v", list, err)
		}
	}
}
