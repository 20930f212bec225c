package bonafide

import "time"

// AnalysisType is a kind of analysis, upper case as on the wire.
type AnalysisType string

// The analysis types of the Oz API.
const (
	Quality    AnalysisType = "QUALITY"    // liveness, with best shot
	Biometry   AnalysisType = "BIOMETRY"   // one-to-one comparison
	Collection AnalysisType = "COLLECTION" // one-to-many search
	Documents  AnalysisType = "DOCUMENTS"  // text fields
)

// Params are the documented parameters of an order. A nil pointer means that
// the client did not say; the analysis then takes its default.
type Params struct {
	ExtractBestShot   *bool    `json:"extract_best_shot,omitempty"`
	ThresholdSpoofing *float64 `json:"threshold_spoofing,omitempty"` // [0,1], higher = more attack-like is tolerated
	ThresholdMin      *float64 `json:"threshold_min,omitempty"`      // [0,1]
	ThresholdMax      *float64 `json:"threshold_max,omitempty"`      // [0,1], not below ThresholdMin
	CollectionID      ID       `json:"collection_id,omitempty"`
	CollectionAlias   string   `json:"collection_alias,omitempty"`   // as it was when ordered; filled by the server
	DecisionThreshold *float64 `json:"decision_threshold,omitempty"` // [0,1]
	DecisionCount     *int64   `json:"decision_count,omitempty"`     // most similar persons to name, from 1
	Capabilities      *int64   `json:"capabilities,omitempty"`
	VerifyGestures    *bool    `json:"verify_gestures,omitempty"` // false: gestures are measured, and none is demanded
}

// Analysis is one ordered analysis and, once it has ended, its result.
type Analysis struct {
	ID         ID
	FolderID   ID
	CompanyID  ID
	GroupID    ID // the same for all analyses ordered in one request
	Seq        int
	Type       AnalysisType
	State      Status // PROCESSING, FAILED or FINISHED
	Resolution Status // SUCCESS, DECLINED or OPERATOR_REQUIRED when FINISHED, else as State
	Operator   Status // operator's overriding decision: empty, SUCCESS or DECLINED
	// OperatorComment goes with Operator.
	OperatorComment string
	OperatorID      ID        // who decided; empty where nobody did, or that is not known
	OperatorTime    time.Time // when; zero likewise
	Params          Params    // as ordered
	SourceMedia     []ID      // media that are analysed, in folder order
	Result          *Result
	ErrorCode       Code   // set when FAILED
	ErrorMessage    string // set when FAILED; safe to show
	Meta            Meta
	TechnicalMeta   Meta
	TimeCreated     time.Time
	TimeUpdated     time.Time
}

// Result is what a finished analysis wrote down. It is stored as JSON.
type Result struct {
	Findings   []Finding             `json:"findings"`
	Thresholds map[Threshold]float64 `json:"thresholds,omitempty"` // in force
	Reasons    []Reason              `json:"reasons,omitempty"`    // that led to the resolution
	Models     []ModelRef            `json:"models,omitempty"`     // that made the scores
	Profile    *Profile              `json:"profile,omitempty"`    // that live scores are relative to
	TookMS     int64                 `json:"took_ms"`
}

// Profile is the operating point of the liveness model that an installation
// works at: on every live score, 0.5 stands for it.
type Profile struct {
	Name      string             `json:"name"`             // default, lenient, strict or deployment
	Threshold float64            `json:"threshold"`        // live score on the model's card, [0,1]
	Rates     map[string]float64 `json:"rates,omitempty"`  // measured error rates, by name
	Frames    int                `json:"frames,omitempty"` // averaged, from which it holds; of Clip alone
	Clip      *Profile           `json:"clip,omitempty"`   // what holds for clips; nil where that is the same
}

// Verdict is what a decision makes of findings.
type Verdict struct {
	Resolution Status // SUCCESS, DECLINED or OPERATOR_REQUIRED
	Reasons    []Reason
	Thresholds map[Threshold]float64
}

// Threshold names a number that a score was compared with. How it is called on the wire
// is for the API to say.
type Threshold string

// The thresholds. All lie in [0,1].
const (
	ThresholdSpoofing Threshold = "spoofing"  // a live score passes while 1-score is below it
	ThresholdMin      Threshold = "match_min" // a similarity below it is declined
	ThresholdMax      Threshold = "match_max" // a similarity from here on passes; between the two an operator decides
	ThresholdSearch   Threshold = "search"    // a person of a collection is found from this similarity on
)

// Finding kinds.
const (
	FindingLiveness   = "liveness"   // Score = calibrated live score of one media
	FindingCapture    = "capture"    // the capture-quality gate of one media
	FindingSimilarity = "similarity" // Score = calibrated similarity of two media
	// FindingSearch is what a search in a collection gave for one media. Its Score is
	// the similarity of the most similar person, 0 in an empty collection: of all
	// scores the only one that is worse for the subject the higher it is.
	FindingSearch = "search"
	// FindingGesture is what became of one gesture of one media. It has no score.
	FindingGesture = "gesture"
	// FindingInjection is how one media of a drawn capture came here. Its Score, of
	// Hints, decides nothing by itself; a hint of weight 1 does.
	FindingInjection = "injection"
)

// Finding is one measurement that an analysis wrote down, never a verdict.
// Score is nil when Failures say why there is none.
type Finding struct {
	Kind     string   `json:"kind"`
	MediaID  ID       `json:"media_id,omitempty"`
	OtherID  ID       `json:"other_id,omitempty"` // second media of a pair
	Score    *float64 `json:"score,omitempty"`    // [0,1], higher is better for the subject
	Raw      *float64 `json:"raw,omitempty"`      // uncalibrated: mean logit or cosine
	Passive  *float64 `json:"passive,omitempty"`  // live score of the pictures alone, without Hints
	Failures []Reason `json:"failures,omitempty"`
	Hints    []Hint   `json:"hints,omitempty"`   // that Score takes into account
	Frames   int      `json:"frames,omitempty"`  // frames that the score rests on
	Matches  []Match  `json:"matches,omitempty"` // of a search, the most similar person first
	Gesture  string   `json:"gesture,omitempty"` // tag of the gesture that the finding is about
	// Eyes is how far the eyes were open, frame by frame, in the person's own open value;
	// of gestures of the eyes.
	Eyes     []float64 `json:"eyes,omitempty"`
	BestShot *File     `json:"best_shot,omitempty"`
	// BestShotJPEG carries the picture from the analysis to the job, which stores
	// it and fills BestShot. It is never serialised.
	BestShotJPEG []byte             `json:"-"`
	Measures     map[string]float64 `json:"measures,omitempty"` // numbers behind the finding, by name with unit
}

// Match is one person whom a search named.
type Match struct {
	PersonID     ID      `json:"person_id"`
	CollectionID ID      `json:"collection_id"`
	Similarity   float64 `json:"similarity"` // [0,1], calibrated for the size of the collection
}

// Hint is something about a recording that attacks show more often than captures
// do. Weight, in [0,1], is the probability of an attack that it stands for by
// itself; a hint of weight 0 is told and does not count.
type Hint struct {
	Code   string  `json:"code"` // one of StreamReasons; of an injection finding one of InjectionReasons or a word of internal/capture
	Weight float64 `json:"weight"`
	// Where a media that was sent before was first seen, in the same company.
	SeenFolder ID `json:"seen_folder,omitempty"`
	SeenMedia  ID `json:"seen_media,omitempty"`
}

// ModelRef names the model that made a score or a template.
type ModelRef struct {
	Name    string `json:"name"`    // of its folder
	Version string `json:"version"` // on its card
}

// OperatorDecision is what an operator decides; nil leaves as it is.
type OperatorDecision struct {
	Status  *Status // SUCCESS or DECLINED; empty takes the decision back, with its comment
	Comment *string
}
