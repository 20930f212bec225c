package request

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/capture"
	"github.com/bonafide-id/bonafide/internal/store"
)

// CaptureLinkIn makes a hosted link.
type CaptureLinkIn struct {
	Actions   []string       `json:"actions,omitempty" maxItems:"8" pattern:"^(video_selfie_(left|right|high|down|smile|eyes|scan|blank|best|oneshot|zoom_in|zoom_out)|photo_[a-z0-9_]{1,40})$" example:"[\"photo_id_front\"]"` // that are captured, in this order; without them and draw those that the server is set to
	Draw      *int           `json:"draw,omitempty" minimum:"0" maximum:"3" example:"2"`                                                                                                                                        // gestures that the server draws; then actions may name photos only
	Meta      map[string]any `json:"meta,omitempty" example:"{\"transaction_id\": \"T-1\"}"`                                                                                                                                    // metadata of the folder
	Lang      *string        `json:"lang,omitempty" pattern:"^([a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})?)?$" maxLength:"12" example:"ru"`                                                                                               // of the page; without it the browser's
	Brand     *BrandIn       `json:"brand,omitempty"`                                                                                                                                                                           // how the page looks
	ExpiresIn *int           `json:"expires_in,omitempty" minimum:"60" maximum:"2592000" example:"3600"`                                                                                                                        // seconds for which it can be opened: 86400
	Endpoint  *string        `json:"resolution_endpoint,omitempty" format:"uri" pattern:"^(https?://|$)" maxLength:"2048" example:"https://bank.example/hook"`                                                                  // address that is told of results
}

// BrandIn is how the page of a link looks.
type BrandIn struct {
	Color *string `json:"color,omitempty" pattern:"^(#[0-9a-fA-F]{6})?$" example:"#1f5fbf"`                                   // of buttons
	Logo  *string `json:"logo,omitempty" pattern:"^(data:image/(png|jpeg|webp);base64,[A-Za-z0-9+/]+=*)?$" maxLength:"87500"` // picture as a data URL, up to 64 KiB
	Name  *string `json:"name,omitempty" maxLength:"100" example:"Bank"`                                                      // of who asks
}

// Bounds of links.
const (
	ordinaryLink = 24 * time.Hour
	shortestLink = time.Minute
	longestLink  = 30 * 24 * time.Hour
	maxDraw      = 3
	maxLogo      = 87500 // bytes of base64: 64 KiB
	maxBrandName = 100   // characters
)

var (
	languageName = regexp.MustCompile(`^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})?$`)
	colorName    = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)
	logoName     = regexp.MustCompile(`^data:image/(png|jpeg|webp);base64,[A-Za-z0-9+/]+=*$`)
)

// ReadCaptureLink reads what a link shall be. Errors are CodeType and CodeValue.
func ReadCaptureLink(f Fields, now time.Time) (l store.CaptureLink, err error) {
	if l.Actions, err = f.Texts("actions"); err != nil {
		return l, err
	}
	draw, err := f.Integer("draw")
	if err != nil {
		return l, err
	}
	if draw != nil {
		l.Draw = int(max(-1, min(*draw, maxDraw+1)))
	}
	if l.Meta, err = f.Meta("meta"); err != nil {
		return l, err
	}
	if l.Lang, err = f.Text("lang"); err != nil {
		return l, err
	}
	if l.Endpoint, err = f.Text("resolution_endpoint"); err != nil {
		return l, err
	}
	if l.Brand, err = readBrand(f); err != nil {
		return l, err
	}
	seconds, err := f.Integer("expires_in")
	if err != nil {
		return l, err
	}
	life := ordinaryLink
	if seconds != nil {
		life = time.Duration(min(max(*seconds, 0), int64(longestLink/time.Second)+1)) * time.Second
	}
	if life < shortestLink || life > longestLink {
		return l, bonafide.Errorf(bonafide.CodeValue, "Invalid expires_in, from 60 to 2592000 seconds")
	}
	l.ExpiresAt = now.Add(life)
	if err := capture.CheckActions(l.Actions); err != nil {
		return l, err
	}
	return l, checkLink(&l)
}

func readBrand(f Fields) (b store.CaptureBrand, err error) {
	o, err := f.Object("brand")
	if err != nil {
		return b, err
	}
	for name, into := range map[string]*string{"color": &b.Color, "logo": &b.Logo, "name": &b.Name} {
		if *into, err = o.Text(name); err != nil {
			return b, err
		}
	}
	return b, nil
}

func checkLink(l *store.CaptureLink) error {
	wrong := func(field, want string) error {
		return bonafide.Errorf(bonafide.CodeValue, "Invalid %s, want %s", field, want)
	}
	switch {
	case l.Draw < 0 || l.Draw > maxDraw:
		return wrong("draw", "0 to 3")
	case l.Draw > 0 && slices.ContainsFunc(l.Actions, func(a string) bool { return strings.HasPrefix(a, "video_") }):
		return wrong("actions", "photos only, since gestures are drawn")
	case l.Lang != "" && !languageName.MatchString(l.Lang):
		return wrong("lang", "a language such as ru or pt-BR")
	case l.Brand.Color != "" && !colorName.MatchString(l.Brand.Color):
		return wrong("brand.color", "#rrggbb")
	case l.Brand.Logo != "" && (len(l.Brand.Logo) > maxLogo || !logoName.MatchString(l.Brand.Logo)):
		return wrong("brand.logo", "a data URL of a PNG, JPEG or WebP of at most 64 KiB")
	case utf8.RuneCountInString(l.Brand.Name) > maxBrandName:
		return wrong("brand.name", "at most 100 characters")
	}
	return nil
}
