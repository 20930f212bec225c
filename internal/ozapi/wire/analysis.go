package wire

import (
	"maps"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/advice"
	"github.com/bonafide-id/bonafide/internal/decision"
)

// Analysis is one analysis. The identifier and the resolution are there
// twice, under the old name and the new one.
type Analysis struct {
	TimeCreated        Stamp                 `json:"time_created"`                         // when it was ordered
	TimeUpdated        Stamp                 `json:"time_updated"`                         // of the last change
	AnalyseID          bonafide.ID           `json:"analyse_id"`                           // the identifier under its old name
	AnalysisID         bonafide.ID           `json:"analysis_id"`                          // the same identifier
	FolderID           bonafide.ID           `json:"folder_id"`                            // of the folder that it belongs to
	FolderTimeCreated  Stamp                 `json:"folder_time_created"`                  // of that folder
	CompanyID          *bonafide.ID          `json:"company_id"`                           // null: the folder belongs to no company
	GroupID            bonafide.ID           `json:"group_id"`                             // the same for all analyses that were ordered in one request
	Type               bonafide.AnalysisType `json:"type"`                                 // what is asked
	State              bonafide.Status       `json:"state"`                                // PROCESSING, FINISHED or FAILED
	Resolution         bonafide.Status       `json:"resolution"`                           // the state until it has finished, then the verdict: SUCCESS, DECLINED or OPERATOR_REQUIRED; an operator's decision stands over the system's
	ResolutionStatus   bonafide.Status       `json:"resolution_status"`                    // the same as resolution
	ResolutionOperator *bonafide.Status      `json:"resolution_operator" words:"Decision"` // what an operator decided: SUCCESS, DECLINED or null
	OperatorID         *bonafide.ID          `json:"operator_id"`                          // ours: of the user who decided; null: nobody did, or that is not known
	OperatorTime       Stamp                 `json:"operator_time" null:"true"`            // ours: when they decided; null likewise
	ResultsData        any                   `json:"results_data"`                         // the deciding numbers, of a shape that goes with type; its keys are the same from the order to the end
	ResultsMedia       []ResultMedia         `json:"results_media"`                        // what was found out about each media; empty until it has ended
	SourceMedia        []Media               `json:"source_media"`                         // the media that are analysed, in the order of the folder
	Confs              map[string]any        `json:"confs"`                                // the settings in force
	Collection         any                   `json:"collection" null:"true"`               // Searched of COLLECTION, else null
	ErrorCode          *ErrorCode            `json:"error_code"`                           // why it FAILED, else null
	ErrorMessage       *string               `json:"error_message"`                        // the same for people, else null
	Meta               bonafide.Meta         `json:"meta_data"`                            // metadata of the client
	TechnicalMeta      bonafide.Meta         `json:"technical_meta_data"`                  // why, by which models, and the measurements behind it
}

// ViewAnalyses renders the analyses of one folder, whose media are given.
func ViewAnalyses(analyses []bonafide.Analysis, f *bonafide.Folder, media []bonafide.Media, l Links) []Analysis {
	out := make([]Analysis, len(analyses))
	for i := range analyses {
		out[i] = ViewAnalysis(&analyses[i], f, media, l)
	}
	return out
}

// ViewAnalysis renders an analysis of a folder. media are all of the folder, of which
// the analysis names its own.
func ViewAnalysis(a *bonafide.Analysis, f *bonafide.Folder, media []bonafide.Media, l Links) Analysis {
	source := pick(media, a.SourceMedia)
	v := Analysis{
		TimeCreated:        Stamp(a.TimeCreated),
		TimeUpdated:        Stamp(a.TimeUpdated),
		AnalyseID:          a.ID,
		AnalysisID:         a.ID,
		FolderID:           a.FolderID,
		FolderTimeCreated:  Stamp(f.TimeCreated),
		CompanyID:          nullable(a.CompanyID),
		GroupID:            a.GroupID,
		Type:               a.Type,
		State:              a.State,
		Resolution:         resolution(a),
		ResolutionStatus:   resolution(a),
		ResolutionOperator: nullable(a.Operator),
		OperatorID:         nullable(a.OperatorID),
		OperatorTime:       Stamp(a.OperatorTime),
		ResultsData:        resultsData(a, a.SourceMedia),
		ResultsMedia:       ViewResults(a, source, l),
		SourceMedia:        ViewMedias(source, f.TimeCreated, l),
		Confs:              confs(a),
		Collection:         searched(a),
		Meta:               Object(a.Meta),
		TechnicalMeta:      technical(a, l.language),
	}
	if a.State == bonafide.Failed {
		code, _ := errorNumber(a.ErrorCode)
		v.ErrorCode, v.ErrorMessage = &code, &a.ErrorMessage
	}
	return v
}

// Searched names the collection that was searched.
type Searched struct {
	CollectionID bonafide.ID `json:"collection_id"` // of the collection
	Alias        string      `json:"alias"`         // its name when the analysis was ordered
}

func searched(a *bonafide.Analysis) any {
	if a.Type != bonafide.Collection {
		return nil
	}
	return Searched{a.Params.CollectionID, a.Params.CollectionAlias}
}

// resolution repeats the state until the analysis has finished: clients wait for
// the word PROCESSING to go and know no other word in its place. Then an operator's
// decision stands over the system's.
func resolution(a *bonafide.Analysis) bonafide.Status {
	if a.State != bonafide.Finished {
		return a.State
	}
	if a.Operator != "" {
		return a.Operator
	}
	return a.Resolution
}

// pick gives the media with these ids, in their order.
func pick(media []bonafide.Media, ids []bonafide.ID) []bonafide.Media {
	out := make([]bonafide.Media, 0, len(ids))
	for _, id := range ids {
		for i := range media {
			if media[i].ID == id {
				out = append(out, media[i])
				break
			}
		}
	}
	return out
}

// confs are the settings in force: those ordered, and the thresholds that the
// verdict was found by.
func confs(a *bonafide.Analysis) map[string]any {
	c := map[string]any{}
	p := a.Params
	if a.Type == bonafide.Quality {
		c["extract_best_shot"] = p.ExtractBestShot == nil || *p.ExtractBestShot
	}
	if p.VerifyGestures != nil {
		c["verify_gestures"] = *p.VerifyGestures
	}
	for name, value := range map[string]*float64{
		"threshold_spoofing": p.ThresholdSpoofing,
		"threshold_min":      p.ThresholdMin,
		"threshold_max":      p.ThresholdMax,
		"decision_threshold": p.DecisionThreshold,
	} {
		if value != nil {
			c[name] = Number(*value)
		}
	}
	if p.CollectionID != "" {
		c["collection_id"] = p.CollectionID
	}
	if p.DecisionCount != nil {
		c["decision_count"] = *p.DecisionCount
	}
	if p.Capabilities != nil {
		c["capabilities"] = *p.Capabilities
	}
	if a.Result != nil {
		for t, value := range a.Result.Thresholds {
			c[thresholdName(t)] = Number(value)
		}
	}
	return c
}

// thresholdName is the parameter by which an order sets a threshold.
func thresholdName(t bonafide.Threshold) string {
	switch t {
	case bonafide.ThresholdSpoofing:
		return "threshold_spoofing"
	case bonafide.ThresholdMin:
		return "threshold_min"
	case bonafide.ThresholdMax:
		return "threshold_max"
	case bonafide.ThresholdSearch:
		return "decision_threshold"
	}
	return string(t)
}

// Measurement is what stands behind a result: the uncalibrated score and the
// measures of the capture.
type Measurement struct {
	Kind     string            `json:"kind" words:"FindingKind"` // what was measured
	MediaID  *bonafide.ID      `json:"media_id"`                 // of the media; null of none
	OtherID  *bonafide.ID      `json:"other_media_id"`           // of the second media of a pair, else null
	Raw      *Number           `json:"raw"`                      // the uncalibrated score: mean logit or cosine; null where there is none
	Frames   int               `json:"frames"`                   // frames that the score rests on
	Measures map[string]Number `json:"measures"`                 // numbers behind the finding, by name with unit
	Hints    []Hint            `json:"hints"`                    // what the recording as a whole gives away
}

// Hint is one hint of a stream check with its weight.
type Hint struct {
	Code   string `json:"code" words:"ReasonCode"` // of the hint
	Weight Number `json:"weight"`                  // probability of an attack that it stands for by itself, from 0 to 1; 0 is told and does not count
	// Where a media that was sent before was first seen, in the same company; it may have
	// been deleted since. Of reused_media and reused_copy alone.
	FolderID bonafide.ID `json:"folder_id,omitempty"`
	MediaID  bonafide.ID `json:"media_id,omitempty"` // in that folder
}

// Profile is the operating point that live scores are relative to.
type Profile struct {
	Name      string            `json:"name"`           // lenient, default, strict or deployment
	Threshold Number            `json:"threshold"`      // live score on the card of the model, from 0 to 1, that 0.5 stands for
	Rates     map[string]Number `json:"rates"`          // error rates measured for it, by name
	Clip      *ClipProfile      `json:"clip,omitempty"` // what holds for clips in place of these; left out where it is the same
}

// ClipProfile is the part of the operating point that holds for media of several frames.
type ClipProfile struct {
	Frames    int               `json:"frames"`    // averaged, from which it holds
	Threshold Number            `json:"threshold"` // live score that 0.5 stands for
	Rates     map[string]Number `json:"rates"`     // error rates measured for it, by name
}

func viewProfile(p *bonafide.Profile) Profile {
	v := Profile{Name: p.Name, Threshold: Number(p.Threshold), Rates: numbers(p.Rates)}
	if c := p.Clip; c != nil {
		v.Clip = &ClipProfile{c.Frames, Number(c.Threshold), numbers(c.Rates)}
	}
	return v
}

func numbers(values map[string]float64) map[string]Number {
	out := make(map[string]Number, len(values))
	for name, v := range values {
		out[name] = Number(v)
	}
	return out
}

// Reason is why an analysis ended as it did.
type Reason struct {
	Code   string      `json:"code" words:"ReasonCode"` // from the list of codes
	Advice string      `json:"advice"`                  // sentence for the person before the camera
	Media  bonafide.ID `json:"media_id,omitempty"`      // media that it is about
}

// technical adds reasons, models, measurements and what stands behind an operator's
// decision to what the server noted about the analysis.
func technical(a *bonafide.Analysis, language advice.Language) bonafide.Meta {
	m := bonafide.Meta{}
	maps.Copy(m, a.TechnicalMeta)
	if a.Operator != "" {
		m["system_resolution"] = a.Resolution
	}
	if a.OperatorComment != "" {
		m["operator_comment"] = a.OperatorComment
	}
	if c := decision.ClassOfAnalysis(a); c != "" {
		m["class"] = c
	}
	if a.Result == nil {
		return m
	}
	measurements := make([]Measurement, len(a.Result.Findings))
	for i, f := range a.Result.Findings {
		measurements[i] = Measurement{
			Kind:     f.Kind,
			MediaID:  nullable(f.MediaID),
			OtherID:  nullable(f.OtherID),
			Raw:      (*Number)(f.Raw),
			Frames:   f.Frames,
			Measures: map[string]Number{},
			Hints:    []Hint{},
		}
		for _, h := range f.Hints {
			measurements[i].Hints = append(measurements[i].Hints, Hint{h.Code, Number(h.Weight), h.SeenFolder, h.SeenMedia})
		}
		for name, value := range f.Measures {
			measurements[i].Measures[name] = Number(value)
		}
		if f.Passive != nil {
			measurements[i].Measures["passive_score"] = Number(*f.Passive)
		}
	}
	m["reasons_version"] = bonafide.ReasonsVersion
	reasons := make([]Reason, len(a.Result.Reasons))
	for i, r := range a.Result.Reasons {
		reasons[i] = Reason{r.Code, advice.Sentence(language, r.Code), r.Media}
	}
	m["reasons"] = reasons
	m["models"] = append([]bonafide.ModelRef{}, a.Result.Models...)
	m["measurements"] = measurements
	if p := a.Result.Profile; p != nil && a.Type == bonafide.Quality {
		m["profile"] = viewProfile(p)
	}
	m["took_ms"] = a.Result.TookMS
	return m
}
