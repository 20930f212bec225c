package request

// CollectionIn makes a collection.
type CollectionIn struct {
	Alias     string         `json:"alias" minLength:"1" maxLength:"255" example:"blacklist"` // name for people
	CompanyID *string        `json:"company_id,omitempty" format:"uuid"`                      // that it belongs to; without it the caller's
	Meta      map[string]any `json:"meta_data,omitempty"`                                     // metadata of the client
}

// CollectionChangeIn changes what of a collection is given.
type CollectionChangeIn struct {
	Alias *string        `json:"alias,omitempty" minLength:"1" maxLength:"255" example:"wanted"` // name for people
	Meta  map[string]any `json:"meta_data,omitempty"`                                            // merged into what is there; null removes a key
}

// PersonIn is the payload that comes with photos of a person.
type PersonIn struct {
	PersonMeta map[string]any            `json:"person:meta_data,omitempty" example:"{\"case\": \"A-17\"}"`                                    // metadata of the person
	Tags       map[string][]string       `json:"media:tags,omitempty" maxItems:"100" maxLength:"128" example:"{\"file\": [\"photo_selfie\"]}"` // tags by name of the part
	MediaMeta  map[string]map[string]any `json:"media:meta_data,omitempty" example:"{\"file\": {\"camera\": \"front\"}}"`                      // metadata by name of the part
}

// PersonChangeIn changes a person.
type PersonChangeIn struct {
	Meta map[string]any `json:"meta_data,omitempty"` // merged into what is there; null removes a key
}
