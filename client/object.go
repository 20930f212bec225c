package client

import "github.com/bonafide-id/bonafide"

// Folder is a verification case as the API shows it.
type Folder struct {
	ID               bonafide.ID     `json:"folder_id"`
	ResolutionStatus bonafide.Status `json:"resolution_status"`
	SystemResolution bonafide.Status `json:"system_resolution"`
	TimeCreated      float64         `json:"time_created"`
	Meta             bonafide.Meta   `json:"meta_data"`
	Media            []Media         `json:"media"`
	Analyses         []Analysis      `json:"analyses"`
	OperatorStatus   bonafide.Status `json:"operator_status"`
	OperatorComment  string          `json:"operator_comment"`
	Endpoint         string          `json:"resolution_endpoint"`
}

// Media is one file of a folder.
type Media struct {
	ID           bonafide.ID   `json:"media_id"`
	Type         string        `json:"media_type"`
	OriginalName string        `json:"original_name"`
	OriginalURL  string        `json:"original_url"`
	ThumbURL     string        `json:"thumb_url"`
	Tags         []string      `json:"tags"`
	Meta         bonafide.Meta `json:"meta_data"`
}

// Analysis is an ordered or finished analysis. Numbers that it does not have are nil.
type Analysis struct {
	ID           bonafide.ID           `json:"analysis_id"`
	Type         bonafide.AnalysisType `json:"type"`
	State        bonafide.Status       `json:"state"`
	Resolution   bonafide.Status       `json:"resolution"`
	ErrorCode    int                   `json:"error_code"` // of a FAILED analysis; 0 is a fault of the server
	ErrorMessage string                `json:"error_message"`
	Results      Results               `json:"results_data"`
	ResultsMedia []struct {
		MediaID      bonafide.ID `json:"media_id"`
		Results      Results     `json:"results_data"`
		OutputImages []struct {
			OriginalURL string `json:"original_url"` // of a stored one
			Content     []byte `json:"content"`      // of one that is not, JPEG
		} `json:"output_images"`
		PersonID bonafide.ID      `json:"person_id"`          // the most similar person of a collection
		Persons  []bonafide.Match `json:"collection_persons"` // all whom a search found
	} `json:"results_media"`
	Technical struct {
		Reasons []Reason            `json:"reasons"`
		Models  []bonafide.ModelRef `json:"models"`
	} `json:"technical_meta_data"`
}

// Reason is why an analysis ended as it did.
type Reason struct {
	Code   string      `json:"code"`               // see bonafide.ReasonNoFace and its neighbours
	Advice string      `json:"advice"`             // for the capture subject
	Media  bonafide.ID `json:"media_id,omitempty"` // that it is about
}

// Results are the numbers of an analysis.
type Results struct {
	ConfidenceSpoofing *float64 `json:"confidence_spoofing"`
	MinConfidence      *float64 `json:"min_confidence"`
	MaxConfidence      *float64 `json:"max_confidence"`
}
