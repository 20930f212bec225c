package request

import (
	"slices"
	"strings"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/capture"
	"github.com/bonafide-id/bonafide/internal/catalog"
)

// CaptureIn says what is to be drawn. All of it may be left out.
type CaptureIn struct {
	Draw      *int        `json:"draw,omitempty" minimum:"1" maximum:"3"`                                                                                                                                                        // gestures that the server draws, at least one of them no turn to a side
	Actions   []string    `json:"actions,omitempty" maxItems:"8" pattern:"^(video_selfie_(left|right|high|down|smile|eyes|scan|blank|best|oneshot|zoom_in|zoom_out)|photo_[a-z0-9_]{1,40})$" example:"[\"video_selfie_smile\"]"` // instead: that are demanded in this order, and photos such as photo_id_front
	Analyses  []OrderType `json:"analyses,omitempty" maxItems:"8" example:"[\"QUALITY\"]"`                                                                                                                                       // types that are ordered whatever the container says; without it QUALITY, and what the container names
	EndUserID string      `json:"end_user_id,omitempty" maxLength:"256" example:"customer 4711"`                                                                                                                                 // whom the capture is of; kept as a keyed hash, to limit draws
	Light     *bool       `json:"light,omitempty"`                                                                                                                                                                               // a sequence of colours for the screen is drawn, too
}

const maxCaptureAnalyses = 8 // a type may be named again

// ReadCapture reads what is to be drawn.
func ReadCapture(f Fields) (capture.Wish, error) {
	var w capture.Wish
	draw, err := f.Integer("draw")
	if err != nil {
		return w, err
	}
	if draw != nil {
		if *draw < 1 || *draw > capture.MaxDraw {
			return w, bonafide.Errorf(bonafide.CodeValue, "Invalid draw, from 1 to %d gestures can be drawn", capture.MaxDraw)
		}
		w.Draw = int(*draw)
	}
	if w.Actions, err = f.Texts("actions"); err != nil {
		return w, err
	}
	if w.Analyses, err = f.Texts("analyses"); err != nil {
		return w, err
	}
	if len(w.Analyses) > maxCaptureAnalyses {
		return w, bonafide.Errorf(bonafide.CodeValue, "Invalid analyses, at most %d can be named", maxCaptureAnalyses)
	}
	for i, name := range w.Analyses {
		w.Analyses[i] = strings.ToUpper(name)
		if !slices.Contains(catalog.Types(), bonafide.AnalysisType(w.Analyses[i])) {
			return w, bonafide.Errorf(bonafide.CodeValue, "Unknown analysis type %s", bonafide.Quote(name))
		}
	}
	if w.Subject, err = f.Text("end_user_id"); err != nil {
		return w, err
	}
	light, err := f.Bool("light")
	w.Light = light != nil && *light
	return w, err
}
