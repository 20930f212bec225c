package request

import "github.com/bonafide-id/bonafide/internal/intake"

// FolderIn is the payload of an upload.
type FolderIn struct {
	FolderMeta map[string]any            `json:"folder:meta_data,omitempty" example:"{\"transaction_id\": \"T-1\"}"`                                                       // metadata of the folder
	Tags       map[string][]string       `json:"media:tags,omitempty" maxItems:"100" maxLength:"128" example:"{\"file\": [\"photo_selfie\"]}"`                             // tags by name of the part
	MediaMeta  map[string]map[string]any `json:"media:meta_data,omitempty" example:"{\"file\": {\"camera\": \"front\"}}"`                                                  // metadata by name of the part
	Analyses   []OrderIn                 `json:"analyses,omitempty" maxItems:"32"`                                                                                         // ordered at once; the answer waits for their results
	Endpoint   *string                   `json:"resolution_endpoint,omitempty" format:"uri" pattern:"^(https?://|$)" maxLength:"2048" example:"https://bank.example/hook"` // address that is told of results
}

// FolderChangeIn changes what of a folder is given, or decides on it as operator.
type FolderChangeIn struct {
	Meta      map[string]any `json:"meta_data,omitempty"`                                                                                                      // merged into what is there; null removes a key
	Endpoint  *string        `json:"resolution_endpoint,omitempty" format:"uri" pattern:"^(https?://|$)" maxLength:"2048" example:"https://bank.example/hook"` // address that is told of results; null takes it away
	LegalHold *bool          `json:"legal_hold,omitempty"`                                                                                                     // forbids deletion
	Status    *string        `json:"operator_status,omitempty" words:"Decision"`                                                                               // decision of an operator, who may change nothing else; null takes it back
	Comment   *string        `json:"operator_comment,omitempty" maxLength:"4096" example:"Checked by telephone"`                                               // why the operator decided so
}

// ReadFolderChange reads a PATCH of a folder: its metadata, under either name, its
// webhook, which null takes away, and its legal hold.
func ReadFolderChange(f Fields) (intake.FolderChange, error) {
	var c intake.FolderChange
	var err error
	if c.Meta, err = f.Meta("meta_data"); err != nil {
		return c, err
	}
	if c.Meta == nil {
		if c.Meta, err = f.Meta("folder:meta_data"); err != nil {
			return c, err
		}
	}
	if _, given := f["resolution_endpoint"]; given {
		endpoint, err := f.Text("resolution_endpoint")
		if err != nil {
			return c, err
		}
		c.Endpoint = &endpoint
	}
	c.LegalHold, err = f.Bool("legal_hold")
	return c, err
}

// MediaChangeIn changes what of a media is given.
type MediaChangeIn struct {
	Tags []string       `json:"tags,omitempty" maxItems:"100" maxLength:"128" example:"[\"photo_selfie\"]"` // in the place of those that are there; an empty list clears them
	Meta map[string]any `json:"meta_data,omitempty"`                                                        // merged into what is there; null removes a key
}

// ReadMediaChange reads a PATCH of a media. An empty list of tags clears them.
func ReadMediaChange(f Fields) (intake.MediaChange, error) {
	var c intake.MediaChange
	tags, err := f.Texts("tags")
	if err != nil {
		return c, err
	}
	if tags != nil {
		c.Tags = &tags
	}
	c.Meta, err = f.Meta("meta_data")
	return c, err
}

// InstantIn is the payload of the instant call.
type InstantIn struct {
	FolderMeta map[string]any            `json:"folder:meta_data,omitempty" example:"{\"transaction_id\": \"T-1\"}"`                           // metadata of the folder
	Tags       map[string][]string       `json:"media:tags,omitempty" maxItems:"100" maxLength:"128" example:"{\"file\": [\"photo_selfie\"]}"` // tags by name of the part
	MediaMeta  map[string]map[string]any `json:"media:meta_data,omitempty" example:"{\"file\": {\"camera\": \"front\"}}"`                      // metadata by name of the part
	Analyses   []OrderIn                 `json:"analyses" minItems:"1" maxItems:"32"`                                                          // none of type COLLECTION, which needs stored folders
}
