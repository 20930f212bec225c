package request

import (
	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/enrol"
)

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
	MediaID    *string                   `json:"media_id,omitempty" format:"uuid"`                                                             // ours: in the place of files, a photo of a folder
	FolderID   *string                   `json:"folder_id,omitempty" format:"uuid"`                                                            // ours: in the place of files, a folder, of which the newest best shot is taken
	RefuseNear *bool                     `json:"refuse_near_duplicates,omitempty"`                                                             // ours: a photo of somebody who is like another person of the collection is refused; without it they are enrolled and told of
	PersonMeta map[string]any            `json:"person:meta_data,omitempty" example:"{\"case\": \"A-17\"}"`                                    // metadata of the person
	Tags       map[string][]string       `json:"media:tags,omitempty" maxItems:"100" maxLength:"128" example:"{\"file\": [\"photo_selfie\"]}"` // tags by name of the part
	MediaMeta  map[string]map[string]any `json:"media:meta_data,omitempty" example:"{\"file\": {\"camera\": \"front\"}}"`                      // metadata by name of the part
}

// SearchIn is what stands beside the photo of a search.
type SearchIn struct {
	MediaID  *string `json:"media_id,omitempty" format:"uuid"`          // ours: in the place of files, a photo of a folder
	FolderID *string `json:"folder_id,omitempty" format:"uuid"`         // ours: in the place of files, a folder, of which the newest best shot is taken
	Count    *int    `json:"count,omitempty" minimum:"1" maximum:"100"` // how many persons are named at most; without it 10
}

// defaultNearest is how many persons a search names where it does not say.
const defaultNearest = 10

// ReadSearch reads how many persons a search shall name.
func ReadSearch(f Fields) (count int, err error) {
	n, err := f.Integer("count")
	switch {
	case err != nil:
		return 0, err
	case n == nil:
		return defaultNearest, nil
	case *n < 1 || *n > enrol.MaxNearest:
		return 0, bonafide.Errorf(bonafide.CodeValue, "Invalid value of field count, from 1 to %d, not %d", enrol.MaxNearest, *n)
	}
	return int(*n), nil
}

// ReadShown reads which stored picture is meant, nil for none.
func ReadShown(f Fields) (*enrol.Shown, error) {
	media, err := f.identifier("media_id")
	if err != nil {
		return nil, err
	}
	folder, err := f.identifier("folder_id")
	switch {
	case err != nil:
		return nil, err
	case media != "" && folder != "":
		return nil, bonafide.Errorf(bonafide.CodeValue, "Invalid value of field folder_id, media_id names a picture already")
	case media == "" && folder == "":
		return nil, nil
	}
	return &enrol.Shown{Media: media, Folder: folder}, nil
}

// identifier reads an identifier, "" for none.
func (f Fields) identifier(name string) (bonafide.ID, error) {
	text, err := f.Text(name)
	if err != nil || text == "" {
		return "", err
	}
	id, err := bonafide.ParseID(text)
	if err != nil {
		return "", bonafide.Wrap(bonafide.CodeValue, "Invalid "+name+" "+bonafide.Quote(text)+", not an identifier", err)
	}
	return id, nil
}

// PersonChangeIn changes a person.
type PersonChangeIn struct {
	Meta map[string]any `json:"meta_data,omitempty"` // merged into what is there; null removes a key
}
