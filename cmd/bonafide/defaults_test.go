package main

import (
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/ozapi"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/report"
)

func TestUnsetSettingsAreTheDefaultsOfTheRooms(t *testing.T) {
	var c cli
	parser, err := kong.New(&c, defaults(), kong.Vars{"version": version}, kong.Bind(&c.Config))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse([]string{"serve"}); err != nil {
		t.Fatal(err)
	}
	if d := media.DefaultLimits(); c.Limits.ZipPixels != d.MaxZipPixels || c.Limits.VideoDuration != d.MaxVideo || c.Limits.BodyBytes != rest.DefaultMaxBody {
		t.Errorf("%+v", c.Limits)
	}
	if s := c.Serve; s.SessionLongTTL != auth.DefaultLongTTL || s.SingleWait != ozapi.DefaultSingleWait || s.ReportName != report.DefaultName {
		t.Errorf("%+v", s)
	}
}

func TestDurationsAreBrief(t *testing.T) {
	for d, want := range map[time.Duration]string{5 * time.Second: "5s", 15 * time.Minute: "15m", 72 * time.Hour: "72h", 90 * time.Minute: "1h30m",
		10*time.Hour + 10*time.Second: "10h0m10s", time.Minute + 30*time.Second: "1m30s", 20 * time.Minute: "20m"} {
		if got := brief(d); got != want {
			t.Errorf("%s: %q, want %q", d, got, want)
		}
	}
}
