package bonafide

import (
	"context"
	"time"
)

// Blacklist is the alias of the collection that every company has from the
// start, and that phone clients look for.
const Blacklist = "blacklist"

// PersonCollection is a list of people to be searched by face. Aliases need not be
// unique; CompanyID is empty for one that administrators keep for themselves.
type PersonCollection struct {
	ID            ID
	CompanyID     ID
	Alias         string
	Meta          Meta
	TechnicalMeta Meta
	TimeCreated   time.Time
	TimeUpdated   time.Time
}

// NewBlacklist gives a company, or the administrators (""), its blacklist, not
// yet stored.
func NewBlacklist(company ID) *PersonCollection {
	return &PersonCollection{ID: NewID(), CompanyID: company, Alias: Blacklist, Meta: Meta{}, TechnicalMeta: Meta{}}
}

// Person is one entry of a collection. A person without images is never found.
type Person struct {
	ID            ID
	CollectionID  ID
	CompanyID     ID // the collection's
	Meta          Meta
	TechnicalMeta Meta
	TimeCreated   time.Time
	TimeUpdated   time.Time
}

// PersonImage is a photo of a person, with the template that was made of it.
type PersonImage struct {
	ID            ID
	PersonID      ID
	CollectionID  ID
	CompanyID     ID
	OriginalName  string // as the client sent it; shown, never used as a path
	Tags          []string
	Original      File
	Thumb         *File // small JPEG, nil if none could be made
	MD5           string
	Info          MediaInfo
	Template      Template
	Meta          Meta
	TechnicalMeta Meta
	TimeCreated   time.Time
	TimeUpdated   time.Time
}

// Reference is a template that a gallery holds, with whom it belongs to.
type Reference struct {
	ImageID      ID
	PersonID     ID
	CollectionID ID
	Template     Template
}

// Reference gives what a gallery holds of the image.
func (p *PersonImage) Reference() Reference {
	return Reference{ImageID: p.ID, PersonID: p.PersonID, CollectionID: p.CollectionID, Template: p.Template}
}

// CollectionStore keeps collections, their persons and the persons' images. It is
// part of Store and keeps its promises. Deleting takes along what lies below, rows
// and files.
type CollectionStore interface {
	CreateCollection(ctx context.Context, c *PersonCollection) error
	Collection(ctx context.Context, scope Scope, id ID) (*PersonCollection, error)
	Collections(ctx context.Context, scope Scope, q Query) (Page[PersonCollection], error)
	UpdateCollection(ctx context.Context, c *PersonCollection) error // alias and metadata
	DeleteCollection(ctx context.Context, id ID) error

	// CreatePerson stores a person with images. It writes missing times, and the ids
	// of company, collection and person, into what it is given.
	CreatePerson(ctx context.Context, p *Person, images []PersonImage) error
	Person(ctx context.Context, scope Scope, id ID) (*Person, error)
	Persons(ctx context.Context, scope Scope, q Query) (Page[Person], error)
	UpdatePerson(ctx context.Context, p *Person) error // metadata
	DeletePerson(ctx context.Context, id ID) error

	AddPersonImages(ctx context.Context, personID ID, images []PersonImage) error
	PersonImages(ctx context.Context, scope Scope, q Query) (Page[PersonImage], error)
	// ImagesOf gives the images of the persons in order of upload, keyed by person.
	ImagesOf(ctx context.Context, personIDs ...ID) (map[ID][]PersonImage, error)
	// ReplaceTemplate gives an image a template made by another model.
	ReplaceTemplate(ctx context.Context, imageID ID, t Template) error
	DeletePersonImage(ctx context.Context, id ID) error

	// References gives all references that were made by the model.
	References(ctx context.Context, model ModelRef, each func(Reference) error) error
	// Outdated counts the references of a collection that were made by another model.
	Outdated(ctx context.Context, collectionID ID, model ModelRef) (int, error)
	// PersonsOf tells which of the images exist, and whose they are.
	PersonsOf(ctx context.Context, imageIDs ...ID) (map[ID]ID, error)
}
