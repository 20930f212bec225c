package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/ozapi"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/report"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
	"github.com/bonafide-id/bonafide/internal/webhook"
)

// defaults are those of the rooms, by the names that the tags of config use.
func defaults() kong.Vars {
	limits := media.DefaultLimits()
	vars := kong.Vars{}
	for name, value := range map[string]any{
		"max_file":            httpd.DefaultMaxFile,
		"max_body":            rest.DefaultMaxBody,
		"max_list":            listing.DefaultQuestion,
		"max_meta":            intake.DefaultMaxMeta,
		"max_files":           rest.DefaultMaxFiles,
		"max_pixels":          limits.MaxPixels,
		"max_zip_entries":     limits.MaxZipEntries,
		"max_zip_bytes":       limits.MaxZipBytes,
		"max_zip_pixels":      limits.MaxZipPixels,
		"max_video":           limits.MaxVideo,
		"max_decode":          limits.DecodeTimeout,
		"session_ttl":         auth.DefaultTTL,
		"session_life":        auth.DefaultLifetime,
		"session_long_ttl":    auth.DefaultLongTTL,
		"single_wait":         ozapi.DefaultSingleWait,
		"report_name":         report.DefaultName,
		"webhook_first_pause": webhook.DefaultFirstPause,
		"webhook_patience":    webhook.DefaultPatience,
	} {
		vars[name] = fmt.Sprint(value)
		if d, ok := value.(time.Duration); ok {
			vars[name] = brief(d)
		}
	}
	return vars
}

// brief spells a duration without the zeros at its end: 15m, not 15m0s.
func brief(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}
