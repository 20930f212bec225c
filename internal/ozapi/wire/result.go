package wire

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"github.com/bonafide-id/bonafide"
)

// ResultMedia is what an analysis says about one of its media. Of the three
// source ids the one of its kind is set.
type ResultMedia struct {
	AnalysisMediaID   *bonafide.ID  `json:"analysis_media_id"`   // always null
	SourceVideoID     *bonafide.ID  `json:"source_video_id"`     // the media, where it is a video
	SourceShotsSetID  *bonafide.ID  `json:"source_shots_set_id"` // the media, where it is a frame sequence
	SourceImageID     *bonafide.ID  `json:"source_image_id"`     // the media, where it is a picture
	MediaID           bonafide.ID   `json:"media_id"`            // of the media
	MediaType         MediaType     `json:"media_type"`          // of the media
	Tags              []string      `json:"tags"`                // of the media
	ResultsData       any           `json:"results_data"`        // its numbers, of a shape that goes with the type of the analysis
	OutputImages      []OutputImage `json:"output_images"`       // pictures that were made of it: the best shot
	PersonID          *bonafide.ID  `json:"person_id"`           // of the most similar person that a search found, else null
	CollectionPersons []Match       `json:"collection_persons"`  // persons that a search found, the most similar first
}

// Match is a person whom a search found.
type Match struct {
	PersonID     bonafide.ID `json:"person_id"`     // of the person
	CollectionID bonafide.ID `json:"collection_id"` // of the collection that the person is in
	Similarity   Number      `json:"similarity"`    // from 0 to 1, calibrated for the size of the collection
}

// Confidence is the number of COLLECTION about one media: the similarity of
// the most similar person.
type Confidence struct {
	Confidence *Number `json:"confidence"` // similarity of the most similar person, from 0 to 1; null until it is known, and where the media could not be searched with
}

// OutputImage is a picture that an analysis made: the best shot. One that is
// stored has an address, one that is not its content, base64 of a JPEG.
type OutputImage struct {
	ImageID     bonafide.ID `json:"image_id"`                  // of the picture
	MediaID     bonafide.ID `json:"media_id"`                  // of the media that it was made of
	MediaType   MediaType   `json:"media_type"`                // always IMAGE_RESULT_ANALYSIS_SINGLE
	OriginalURL *string     `json:"original_url" format:"uri"` // address of the JPEG, open without a token; null where the picture is not stored
	Content     []byte      `json:"content,omitempty"`         // the JPEG, base64, where the picture is not stored
}

// Quality is the number of QUALITY: higher is more like an attack.
type Quality struct {
	ConfidenceSpoofing *Number    `json:"confidence_spoofing"` // from 0 to 1, higher is more like an attack; null until it is known, and where a media has no score: then nothing may be concluded from it
	Gesture            *Gesture   `json:"gesture,omitempty"`   // ours: what became of the gesture that the tags name, of several the one that was not shown; absent where no tag names one, and where the capture is to be made again
	Injection          *Injection `json:"injection,omitempty"` // ours: how a drawn capture came here; absent where the media came with none
}

// Injection is what the server found about how a drawn capture came here.
type Injection struct {
	Score   Number            `json:"score"`             // from 0 to 1, higher is better; decides nothing
	Signals []InjectionSignal `json:"signals"`           // behind it, those of weight 1 are reasons
	Light   *Number           `json:"light_correlation"` // how well the face follows the colours that the screen was drawn to show, from -1 to 1; null where none were, or the recording shows too few of them
}

// InjectionSignal is one thing that was found.
type InjectionSignal struct {
	Code   string `json:"code" example:"canvas_track"` // a code of reasons, or a word about the camera
	Weight Number `json:"weight"`                      // from 0 to 1, 1 is decisive
}

// Similarity holds the numbers of BIOMETRY, similarities of the least and the
// most similar pair, and of COLLECTION, the same of the media's confidences.
type Similarity struct {
	MinConfidence *Number `json:"min_confidence"` // similarity of the least similar pair, from 0 to 1; null until it is known, and where a media could not be compared
	MaxConfidence *Number `json:"max_confidence"` // similarity of the most similar pair, null with min_confidence
}

// Documents holds the fields of DOCUMENTS.
type Documents struct {
	TextFields []TextField `json:"text_fields"` // fields of the document; none yet
}

// TextField is a field that was read from a document. None is yet.
type TextField struct{}

// resultsData gives the numbers of an analysis about some of its media. A number
// is null unless everything that it rests on was measured, so that nobody reads a
// success into the rest.
func resultsData(a *bonafide.Analysis, media []bonafide.ID) any {
	switch a.Type {
	case bonafide.Quality:
		return Quality{ConfidenceSpoofing: worstSpoofing(a, media), Gesture: gestureOf(a, media), Injection: injection(a, media)}
	case bonafide.Documents:
		return Documents{TextFields: []TextField{}}
	}
	return extremes(a, media)
}

// mediaResults gives the numbers of an analysis about one of its media.
func mediaResults(a *bonafide.Analysis, media bonafide.ID) any {
	if a.Type == bonafide.Collection {
		return Confidence{extremes(a, []bonafide.ID{media}).MaxConfidence}
	}
	return resultsData(a, []bonafide.ID{media})
}

// worstSpoofing turns live scores round. The worst media decides; a media
// without score leaves the number open.
func worstSpoofing(a *bonafide.Analysis, media []bonafide.ID) *Number {
	var worst *Number
	for _, id := range media {
		score := liveScore(a, id)
		if score == nil {
			return nil
		}
		if spoofing := Number(1 - *score); worst == nil || spoofing > *worst {
			worst = &spoofing
		}
	}
	return worst
}

// injection gives what was found about the media of a drawn capture, the worst score
// first, nil where none of them came with one.
func injection(a *bonafide.Analysis, media []bonafide.ID) *Injection {
	var v *Injection
	for _, f := range findings(a) {
		if f.Kind != bonafide.FindingInjection || !sound(f.Score) || !slices.Contains(media, f.MediaID) {
			continue
		}
		if v != nil && Number(*f.Score) >= v.Score {
			continue
		}
		v = &Injection{Score: Number(*f.Score), Signals: []InjectionSignal{}, Light: light(f)}
		for _, h := range f.Hints {
			v.Signals = append(v.Signals, InjectionSignal{h.Code, Number(h.Weight)})
		}
	}
	return v
}

// light is how well a face followed the colours of the screen, where that was measured.
func light(f bonafide.Finding) *Number {
	v, measured := f.Measures["light_correlation"]
	if !measured {
		return nil
	}
	n := Number(v)
	return &n
}

func liveScore(a *bonafide.Analysis, media bonafide.ID) *float64 {
	for _, f := range findings(a) {
		if f.Kind == bonafide.FindingLiveness && f.MediaID == media && sound(f.Score) {
			return f.Score
		}
	}
	return nil
}

// sound tells that there is a score and that it is one.
func sound(score *float64) bool { return score != nil && *score >= 0 && *score <= 1 }

// extremes gives the lowest and the highest similarity among the pairs that hold
// one of the media, or the searches with them; both are open where a media could
// not be compared.
func extremes(a *bonafide.Analysis, media []bonafide.ID) Similarity {
	var v Similarity
	for _, id := range media {
		compared := false
		for _, f := range findings(a) {
			if f.Kind != bonafide.FindingSimilarity && f.Kind != bonafide.FindingSearch || f.MediaID != id && f.OtherID != id {
				continue
			}
			if !sound(f.Score) {
				return Similarity{}
			}
			compared = true
			n := Number(*f.Score)
			if v.MinConfidence == nil || n < *v.MinConfidence {
				v.MinConfidence = &n
			}
			if v.MaxConfidence == nil || n > *v.MaxConfidence {
				v.MaxConfidence = &n
			}
		}
		if !compared {
			return Similarity{}
		}
	}
	return v
}

// ViewResults renders what the analysis says about each of its media, nothing
// before it has ended.
func ViewResults(a *bonafide.Analysis, source []bonafide.Media, l Links) []ResultMedia {
	if a.Result == nil {
		return []ResultMedia{}
	}
	out := make([]ResultMedia, len(source))
	for i := range source {
		m := &source[i]
		out[i] = ResultMedia{
			MediaID:           m.ID,
			MediaType:         mediaType(m),
			Tags:              tags(m),
			ResultsData:       mediaResults(a, m.ID),
			OutputImages:      bestShots(a, m.ID, l),
			CollectionPersons: matches(a, m.ID),
		}
		if found := out[i].CollectionPersons; len(found) > 0 {
			out[i].PersonID = &found[0].PersonID
		}
		switch m.Kind {
		case bonafide.Video:
			out[i].SourceVideoID = &m.ID
		case bonafide.ShotsSet:
			out[i].SourceShotsSetID = &m.ID
		case bonafide.Image:
			out[i].SourceImageID = &m.ID
		}
	}
	return out
}

// matches gives the persons whom the search with a media found. Those below the
// threshold were compared and are not disclosed.
func matches(a *bonafide.Analysis, media bonafide.ID) []Match {
	out := []Match{}
	for _, f := range findings(a) {
		threshold, known := a.Result.Thresholds[bonafide.ThresholdSearch]
		if f.Kind != bonafide.FindingSearch || f.MediaID != media || !known {
			continue
		}
		for _, m := range f.Matches {
			if m.Similarity >= threshold {
				out = append(out, Match{m.PersonID, m.CollectionID, Number(m.Similarity)})
			}
		}
	}
	return out
}

func bestShots(a *bonafide.Analysis, media bonafide.ID, l Links) []OutputImage {
	out := []OutputImage{}
	for _, f := range findings(a) {
		if f.MediaID != media || f.BestShot == nil {
			continue
		}
		out = append(out, OutputImage{
			ImageID:     imageID(f.BestShot),
			MediaID:     media,
			MediaType:   ImageResult,
			OriginalURL: l.file(f.BestShot),
			Content:     f.BestShotJPEG,
		})
	}
	return out
}

func findings(a *bonafide.Analysis) []bonafide.Finding {
	if a.Result == nil {
		return nil
	}
	return a.Result.Findings
}

// imageID names a produced picture. It has no row of its own, so the name comes
// from the key of its link, one way, in the shape of a UUID version 4.
func imageID(f *bonafide.File) bonafide.ID {
	sum := sha256.Sum256([]byte(f.Key))
	sum[6] = sum[6]&0x0f | 0x40
	sum[8] = sum[8]&0x3f | 0x80
	h := hex.EncodeToString(sum[:16])
	return bonafide.ID(h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:32])
}
