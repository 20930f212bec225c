package wire

import (
	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/advice"
	"github.com/bonafide-id/bonafide/internal/store"
)

// Import takes many photos into a collection, in the background.
type Import struct {
	TimeCreated  Stamp          `json:"time_created"`           // when it was made
	TimeUpdated  Stamp          `json:"time_updated"`           // when files last came
	ImportID     bonafide.ID    `json:"import_id"`              // of the import
	CollectionID bonafide.ID    `json:"collection_id"`          // of the collection
	CompanyID    *bonafide.ID   `json:"company_id"`             // of the collection; null: none
	UserID       bonafide.ID    `json:"user_id"`                // in whose name persons are enrolled
	State        ImportProgress `json:"state"`                  // whether files wait
	DryRun       bool           `json:"dry_run"`                // nobody is enrolled until it is started
	RefuseNear   bool           `json:"refuse_near_duplicates"` // whoever is like another person of the collection is refused
	Listed       bool           `json:"listed"`                 // a list names the files
	Files        ImportCounts   `json:"files"`                  // how many there are of each state
	Came         *int           `json:"came,omitempty"`         // files of this request; absent: it brought none
	New          *int           `json:"new,omitempty"`          // of them that were not known by their names
}

// ImportProgress tells whether an import goes on.
type ImportProgress string

// The words for it.
const (
	ImportProcessing ImportProgress = "PROCESSING" // files wait
	ImportFinished   ImportProgress = "FINISHED"   // none does; more may come
)

// ImportCounts are the files of an import.
type ImportCounts struct {
	Total    int `json:"total"`    // all of them
	Missing  int `json:"missing"`  // named by the list, and have not come
	Waiting  int `json:"waiting"`  // are looked at soon
	Ready    int `json:"ready"`    // of a dry run: would be enrolled
	Enrolled int `json:"enrolled"` // are photos of persons
	Refused  int `json:"refused"`  // for the reason that stands with each
}

// ImportFile is what has become of a file.
type ImportFile struct {
	Number        int             `json:"number"`          // from 1, in the order of the list or of arrival
	Name          string          `json:"name"`            // of the file; in an archive with its path
	State         ImportFileState `json:"state"`           // what has become of it
	Reason        *string         `json:"reason"`          // code of why it was refused: one of the capture gate such as no_face, several_faces or face_turned, or duplicate, near_duplicate, damaged, not_a_photo, too_large, not_listed, unknown_person, company_full, failed; null: it was not
	Message       *string         `json:"message"`         // the same for people, in the language asked for where it is one of the gate
	PersonID      *bonafide.ID    `json:"person_id"`       // whose photo it is; null: of nobody
	PersonImageID *bonafide.ID    `json:"person_image_id"` // the photo that came of it; null: none
	ExternalID    *string         `json:"external_id"`     // as in the list; null: none
	Tags          []string        `json:"tags"`            // as in the list
	Near          *NearPerson     `json:"near_duplicate"`  // somebody else of the collection who is like the one on it; null: nobody reached the threshold
}

// ImportFileState is what has become of a file.
type ImportFileState string

// The states.
const (
	ImportFileMissing  ImportFileState = "MISSING"  // the list names it, and it has not come
	ImportFileWaiting  ImportFileState = "WAITING"  // it is looked at soon
	ImportFileReady    ImportFileState = "READY"    // of a dry run: it would be enrolled
	ImportFileEnrolled ImportFileState = "ENROLLED" // it is a photo of a person
	ImportFileRefused  ImportFileState = "REFUSED"  // for its reason
)

// ViewImport renders an import.
func ViewImport(im *store.Import) Import {
	v := Import{
		TimeCreated: Stamp(im.TimeCreated), TimeUpdated: Stamp(im.TimeUpdated), ImportID: im.ID, CollectionID: im.CollectionID,
		CompanyID: nullable(im.CompanyID), UserID: im.UserID, State: ImportFinished, DryRun: im.DryRun, RefuseNear: im.RefuseNear, Listed: im.Listed,
		Files: ImportCounts{Missing: im.Files[store.ImportMissing], Waiting: im.Files[store.ImportWaiting], Ready: im.Files[store.ImportReady],
			Enrolled: im.Files[store.ImportEnrolled], Refused: im.Files[store.ImportRefused]},
	}
	for _, n := range im.Files {
		v.Files.Total += n
	}
	if v.Files.Waiting > 0 {
		v.State = ImportProcessing
	}
	return v
}

// ViewImportFile renders a file of an import, with advice in a language.
func ViewImportFile(f *store.ImportFile, language advice.Language) ImportFile {
	v := ImportFile{Number: f.Number, Name: f.Name, State: ImportFileState(f.State), ExternalID: nullable(f.ExternalID), PersonImageID: nullable(f.ImageID), Tags: f.Tags}
	if v.Tags == nil {
		v.Tags = []string{}
	}
	if f.State == store.ImportEnrolled || f.Existing {
		v.PersonID = nullable(f.PersonID)
	}
	if f.State == store.ImportRefused {
		message := f.Message
		if message == "" {
			message = advice.Sentence(language, f.Reason)
		}
		v.Reason, v.Message = nullable(f.Reason), nullable(message)
	}
	if f.NearID != "" {
		v.Near = &NearPerson{PersonID: f.NearID, Similarity: Number(f.Similarity), Found: true}
	}
	return v
}
