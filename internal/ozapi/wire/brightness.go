package wire

import "github.com/bonafide-id/bonafide"

// Brightness holds the number of BRIGHTNESS: that of the darkest media.
type Brightness struct {
	Brightness *Number `json:"brightness"` // [0,1], null unless all media were measured
}

func darkest(a *bonafide.Analysis, media []bonafide.ID) Brightness {
	var v Brightness
	for _, id := range media {
		measured := false
		for _, f := range findings(a) {
			if f.Kind != bonafide.FindingBrightness || f.MediaID != id || !sound(f.Score) {
				continue
			}
			measured = true
			if n := Number(*f.Score); v.Brightness == nil || n < *v.Brightness {
				v.Brightness = &n
			}
		}
		if !measured {
			return Brightness{}
		}
	}
	return v
}
