package request

import (
	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/enrol"
)

// ImportIn is what comes with the first files of an import: photos, zip archives of
// photos, and at most one list, CSV in a part named list or in a file that ends in .csv,
// with the columns file, person_id or external_id, tags, and metadata.
type ImportIn struct {
	DryRun     *bool          `json:"dry_run,omitempty"`                // nobody is enrolled until the import is started
	RefuseNear *bool          `json:"refuse_near_duplicates,omitempty"` // whoever is like another person of the collection is refused
	PersonMeta map[string]any `json:"person:meta_data,omitempty"`       // metadata of every new person, to which the list adds
}

// ImportFilesIn is the payload that comes with more files of an import.
type ImportFilesIn struct{}

// ReadImport reads how an import is to be done.
func ReadImport(f Fields) (enrol.ImportOrder, error) {
	var o enrol.ImportOrder
	dry, err := f.Bool("dry_run")
	if err != nil {
		return o, err
	}
	refuse, err := f.Bool("refuse_near_duplicates")
	o.DryRun, o.RefuseNear = dry != nil && *dry, refuse != nil && *refuse
	return o, err
}

// OtherPersonIn names another person of the same collection.
type OtherPersonIn struct {
	PersonID string `json:"other_person_id" format:"uuid"` // of the other person
}

// MoveIn names where a person is moved to.
type MoveIn struct {
	CollectionID string `json:"collection_id" format:"uuid"` // of the same company
}

// ReadIdentifier reads an identifier that must be there.
func ReadIdentifier(f Fields, name string) (bonafide.ID, error) {
	if err := f.Need("", name); err != nil {
		return "", err
	}
	id, err := f.identifier(name)
	if err == nil && id == "" {
		err = bonafide.Errorf(bonafide.CodeValue, "Invalid %s \"\", not an identifier", name)
	}
	return id, err
}
