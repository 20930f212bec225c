package client

import "github.com/bonafide-id/bonafide"

// Folder is a verification case as the API shows it.
type Folder struct {
	ID                  bonafide.ID     `json:"folder_id"`             // of the folder
	ResolutionStatus    bonafide.Status `json:"resolution_status"`     // INITIAL, PROCESSING, FAILED or FINISHED
	SystemResolution    bonafide.Status `json:"system_resolution"`     // over the newest group of analyses, the worst wins
	SystemResolutionAll bonafide.Status `json:"system_resolution_all"` // the worst over the newest analyses of each type, of all groups
	TimeCreated         float64         `json:"time_created"`          // seconds since 1970
	Meta                bonafide.Meta   `json:"meta_data"`             // of the client
	Media               []Media         `json:"media"`                 // in the order of the upload
	Analyses            []Analysis      `json:"analyses"`              // with verdicts where the server waited for them
	OperatorStatus      bonafide.Status `json:"operator_status"`       // SUCCESS, DECLINED or empty
	OperatorComment     string          `json:"operator_comment"`      // of the operator
	OperatorID          bonafide.ID     `json:"operator_id"`           // of the user who decided; empty: nobody did, or that is not known
	OperatorTime        float64         `json:"operator_time"`         // when, in seconds since 1970; 0 likewise
	Endpoint            string          `json:"resolution_endpoint"`   // webhook that is told of results
}

// Media is one file of a folder.
type Media struct {
	ID           bonafide.ID   `json:"media_id"`      // of the media
	Type         string        `json:"media_type"`    // photo, video or frame sequence
	OriginalName string        `json:"original_name"` // name of the file as it was sent
	OriginalURL  string        `json:"original_url"`  // open without a token; empty where it is not stored
	ThumbURL     string        `json:"thumb_url"`     // small JPEG; empty where there is none
	Tags         []string      `json:"tags"`          // what it shows, as sent
	Meta         bonafide.Meta `json:"meta_data"`     // of the client
}

// Analysis is an ordered or finished analysis. Numbers that it does not have are nil.
type Analysis struct {
	ID           bonafide.ID           `json:"analysis_id"`   // of the analysis
	Type         bonafide.AnalysisType `json:"type"`          // what is asked
	State        bonafide.Status       `json:"state"`         // PROCESSING, FINISHED or FAILED
	Resolution   bonafide.Status       `json:"resolution"`    // state until it has finished, then the verdict; that of an operator goes before
	OperatorID   bonafide.ID           `json:"operator_id"`   // of the operator who decided; empty: nobody did, or that is not known
	OperatorTime float64               `json:"operator_time"` // when, in seconds since 1970; 0 likewise
	ErrorCode    int                   `json:"error_code"`    // of a FAILED analysis; 0 is a fault of the server
	ErrorMessage string                `json:"error_message"` // why it FAILED, for people
	Results      Results               `json:"results_data"`  // the deciding numbers
	ResultsMedia []struct {
		MediaID      bonafide.ID `json:"media_id"`     // of the media
		Results      Results     `json:"results_data"` // the deciding numbers
		OutputImages []struct {
			OriginalURL string `json:"original_url"` // of a stored one
			Content     []byte `json:"content"`      // of one that is not, JPEG
		} `json:"output_images"` // best shots
		PersonID bonafide.ID      `json:"person_id"`          // the most similar person of a collection
		Persons  []bonafide.Match `json:"collection_persons"` // all whom a search found
	} `json:"results_media"` // what was found out about each media; empty until it has ended
	Technical struct {
		Class   bonafide.Class      `json:"class"`   // what became of it, in a word
		Reasons []Reason            `json:"reasons"` // why it is not SUCCESS
		Models  []bonafide.ModelRef `json:"models"`  // that made the numbers
	} `json:"technical_meta_data"` // why, and by which models
}

// Reason is why an analysis ended as it did.
type Reason struct {
	Code   string      `json:"code"`               // see bonafide.ReasonNoFace and its neighbours
	Advice string      `json:"advice"`             // for the capture subject
	Media  bonafide.ID `json:"media_id,omitempty"` // that it is about
}

// Results are the numbers of an analysis.
type Results struct {
	ConfidenceSpoofing *float64 `json:"confidence_spoofing"` // from 0 to 1, higher is more like an attack; nil: nothing may be concluded
	MinConfidence      *float64 `json:"min_confidence"`      // similarity of the least similar pair, from 0 to 1; nil where there is none
	MaxConfidence      *float64 `json:"max_confidence"`      // similarity of the most similar pair; nil with min_confidence
}
