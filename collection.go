package bonafide

import "time"

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
