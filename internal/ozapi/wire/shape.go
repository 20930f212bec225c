package wire

import "github.com/bonafide-id/bonafide"

// Shapes says what the fields hold whose Go type leaves it open, by type and name in
// JSON, for the description of the API. Objects with notes of the server may hold more.
func Shapes() map[string]any {
	return map[string]any{
		"wire.Analysis.confs":                 Confs{},
		"wire.Analysis.collection":            Searched{},
		"wire.Analysis.technical_meta_data":   AnalysisNotes{},
		"wire.Folder.technical_meta_data":     FolderNotes{},
		"wire.Company.technical_meta_data":    CompanyNotes{},
		"wire.Image.technical_meta_data":      ImageNotes{},
		"wire.Media.technical_meta_data":      MediaNotes{},
		"wire.Collection.technical_meta_data": Notes{},
		"wire.Person.technical_meta_data":     Notes{},
		"wire.Media.info":                     Files{},
		"wire.Image.info":                     Files{},
	}
}

// Results says what results_data holds for one type of analysis: of the whole, and of
// each of its media.
type Results struct {
	Type  bonafide.AnalysisType
	Whole any
	Media any
}

// ResultsByType lists them in the order of the documentation.
func ResultsByType() []Results {
	return []Results{
		{bonafide.Quality, Quality{}, Quality{}},
		{bonafide.Biometry, Similarity{}, Similarity{}},
		{bonafide.Collection, Similarity{}, Confidence{}},
		{bonafide.Documents, Documents{}, Documents{}},
	}
}

// Confs are the settings in force: those that were ordered, and the thresholds by which
// the verdict was found. Which of them are there depends on the type.
type Confs struct {
	ExtractBestShot   bool   `json:"extract_best_shot,omitempty"`  // QUALITY: whether a best shot is made
	ThresholdSpoofing Number `json:"threshold_spoofing,omitempty"` // QUALITY: from this score on it is an attack
	ThresholdMin      Number `json:"threshold_min,omitempty"`      // BIOMETRY: below it the faces do not match
	ThresholdMax      Number `json:"threshold_max,omitempty"`      // BIOMETRY: from it on they match
	DecisionThreshold Number `json:"decision_threshold,omitempty"` // COLLECTION: from it on a person is found
	CollectionID      string `json:"collection_id,omitempty"`      // COLLECTION: identifier of the collection that is searched; of other types as ordered
	DecisionCount     int64  `json:"decision_count,omitempty"`     // COLLECTION: how many persons are named at most
	VerifyGestures    bool   `json:"verify_gestures,omitempty"`    // QUALITY, ours: whether gestures that tags name are demanded; absent: the order did not say
	Capabilities      int64  `json:"capabilities,omitempty"`       // as ordered; it changes nothing
}

// AnalysisNotes are what stands behind an analysis. All but the operator's part is
// there once it has finished.
type AnalysisNotes struct {
	SystemResolution bonafide.Status     `json:"system_resolution,omitempty"` // what the system found, where an operator decided
	OperatorComment  string              `json:"operator_comment,omitempty"`  // of the operator's decision
	Class            bonafide.Class      `json:"class,omitempty"`             // what became of it, in a word; of what the system found
	ReasonsVersion   int                 `json:"reasons_version,omitempty"`   // of the list of codes
	Reasons          []Reason            `json:"reasons,omitempty"`           // what led to a verdict other than SUCCESS
	Models           []bonafide.ModelRef `json:"models,omitempty"`            // that made the numbers
	Measurements     []Measurement       `json:"measurements,omitempty"`      // uncalibrated scores, measures and hints
	Profile          *Profile            `json:"profile,omitempty"`           // QUALITY: the operating point that 0.5 stands for
	TookMS           int64               `json:"took_ms,omitempty"`           // milliseconds of work
}

// Notes are what the server noted about an object; mostly nothing.
type Notes struct{}

// FolderNotes are what the server noted about a folder.
type FolderNotes struct {
	LegalHold bool `json:"legal_hold,omitempty"` // true: nothing of it can be deleted
	// Class is the worst class of the newest result of each type, where analyses are
	// shown and have ended.
	Class bonafide.Class `json:"class,omitempty"`
	// Capture is the drawn capture that the folder was made of; absent: of none.
	Capture *CaptureNotes `json:"capture,omitempty"`
}

// CaptureNotes are what the server noted about a drawn capture. All but the first three
// is what the client told.
type CaptureNotes struct {
	SessionID     bonafide.ID `json:"session_id"`     // jti of its token
	ChallengeID   bonafide.ID `json:"challenge_id"`   // that it answers
	Actions       []string    `json:"actions"`        // that were demanded
	PluginVersion string      `json:"plugin_version"` // of the client
	Engine        string      `json:"engine"`         // of the browser: chromium, gecko or webkit
	UserAgent     string      `json:"user_agent"`     // of the browser
	Camera        CameraNotes `json:"camera"`         // that it was made with
}

// CameraNotes are the settings of a camera.
type CameraNotes struct {
	Width     Number `json:"width"`      // pixels
	Height    Number `json:"height"`     // pixels
	FrameRate Number `json:"frame_rate"` // frames per second
	Facing    string `json:"facing"`     // user or environment
}

// MediaNotes are what the server noted about a media.
type MediaNotes struct {
	Injection []InjectionSignal `json:"injection,omitempty"` // what was found about how it came with a drawn capture; absent: it came with none
	Light     *ShownLight       `json:"light,omitempty"`     // what the screen showed meanwhile; absent: nothing was drawn, or not shown
}

// CompanyNotes are for how long a company keeps things, and what the server noted.
type CompanyNotes struct {
	KeepMediaDays  int  `json:"keep_media_days,omitempty"`  // days for which media are kept; absent: for ever
	KeepResultDays int  `json:"keep_result_days,omitempty"` // days for which folders are kept; absent: for ever
	Strict         bool `json:"strict,omitempty"`           // requests with anything that nobody reads are refused; absent: they are warned of
	LogReads       bool `json:"log_reads,omitempty"`        // readings of files with faces are noted in the audit log; absent: they are not

	VerifyGestures       bool   `json:"verify_gestures,omitempty"`        // true: media must show the gestures that their tags name, whatever an order says; false: only where an order asks for it; absent: the installation's
	MaxThresholdSpoofing Number `json:"max_threshold_spoofing,omitempty"` // orders of QUALITY may ask for no greater threshold_spoofing; absent: the installation's
	MinThresholdMax      Number `json:"min_threshold_max,omitempty"`      // orders of BIOMETRY may ask for no smaller threshold_max; absent: the installation's
	MaxDecisionThreshold Number `json:"max_decision_threshold,omitempty"` // orders of COLLECTION may ask for no greater decision_threshold; absent: the installation's
	MaxFaceShare         Number `json:"max_face_share,omitempty"`         // largest share of the frame of a still that a face may fill; absent: the installation's
	MinEyeDistance       Number `json:"min_eye_distance,omitempty"`       // pixels between the eyes at least; absent: the installation's
}

// ImageNotes are what the server noted about a photo of a person.
type ImageNotes struct {
	Model     bonafide.ModelRef `json:"model"`                // that made the template of the face
	MediaID   bonafide.ID       `json:"media_id,omitempty"`   // ours: that the photo was taken from; absent: it was sent
	FolderID  bonafide.ID       `json:"folder_id,omitempty"`  // of that media
	AnalyseID bonafide.ID       `json:"analyse_id,omitempty"` // whose best shot of that media it is; absent: the media itself was taken
}

// Files describe the stored files of a media: image or video, and thumb.
type Files struct {
	Image *File `json:"image,omitempty"` // of a picture
	Video *File `json:"video,omitempty"` // of a video or a frame sequence
	Thumb *File `json:"thumb,omitempty"` // small JPEG, where there is one
}

// ShownLight is the sequence of colours that the screen showed during a drawn capture.
// Times are milliseconds of the session.
type ShownLight struct {
	Symbols  []ShownColor      `json:"symbols"`   // in their order
	SymbolMS Number            `json:"symbol_ms"` // for how long each was there
	Begins   map[string]Number `json:"begins"`    // first frame of each recording, by the tag of its action
}

// ShownColor is one colour and when it came.
type ShownColor struct {
	Color string `json:"color" example:"#30c060"` // red, green and blue
	AtMS  Number `json:"t_ms"`                    // when
}
