package decision

import "github.com/bonafide-id/bonafide"

// minBrightness is what a face needs to be seen by a person.
const minBrightness = 0.12

func (p Policy) brightness(v bonafide.Verdict, f bonafide.Finding) bonafide.Verdict {
	if f.Score == nil || *f.Score >= minBrightness {
		return v
	}
	return worsen(v, bonafide.Declined, bonafide.Reason{Code: bonafide.ReasonTooDark, Media: f.MediaID})
}
