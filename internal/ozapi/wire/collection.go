package wire

import (
	"math"

	"github.com/bonafide-id/bonafide"
)

// Collection is a collection of persons.
type Collection struct {
	TimeCreated   Stamp         `json:"time_created"`        // when it was made
	TimeUpdated   Stamp         `json:"time_updated"`        // of the last change
	CollectionID  bonafide.ID   `json:"collection_id"`       // of the collection
	CompanyID     *bonafide.ID  `json:"company_id"`          // that it belongs to; null: none
	Alias         string        `json:"alias"`               // name for people, 1 to 255 characters
	IsGlobal      bool          `json:"is_global"`           // never: no collection is searched for other companies
	Meta          bonafide.Meta `json:"meta_data"`           // metadata of the client
	TechnicalMeta bonafide.Meta `json:"technical_meta_data"` // what the server noted
	Outlook       *Outlook      `json:"search,omitempty"`    // ours: what searches in it may be expected to give; absent in lists and where it was made or changed
}

// Outlook is what searches in a collection may be expected to give.
type Outlook struct {
	References int     `json:"references"`         // photos of persons that each search is compared with
	Threshold  Number  `json:"decision_threshold"` // similarity from which a person is found where an order does not say
	OneIn      *Number `json:"one_false_alarm_in"` // so many searches for people who are not in the collection name somebody once, by the false match rates of the model; null: none does, or it is not known
}

// ViewOutlook renders what may be expected; alarms is the part of searches that are false
// alarms, nil where it is not known.
func ViewOutlook(references int, threshold float64, alarms *float64) *Outlook {
	o := &Outlook{References: references, Threshold: Number(threshold)}
	if alarms != nil && *alarms > 0 {
		n := Number(math.Round(1 / *alarms))
		o.OneIn = &n
	}
	return o
}

// Person is a person of a collection.
type Person struct {
	TimeCreated   Stamp         `json:"time_created"`        // of the enrolment
	TimeUpdated   Stamp         `json:"time_updated"`        // of the last change
	PersonID      bonafide.ID   `json:"person_id"`           // of the person
	CollectionID  bonafide.ID   `json:"collection_id"`       // of the collection
	CompanyID     *bonafide.ID  `json:"company_id"`          // of the collection; null: none
	Meta          bonafide.Meta `json:"meta_data"`           // metadata of the client
	TechnicalMeta bonafide.Meta `json:"technical_meta_data"` // what the server noted
	Images        []Image       `json:"images"`              // photos by which the person is found
}

// Image is a photo of a person.
type Image struct {
	TimeCreated   Stamp           `json:"time_created"`              // when it was added
	TimeUpdated   Stamp           `json:"time_updated"`              // of the last change
	PersonImageID bonafide.ID     `json:"person_image_id"`           // of the photo
	PersonID      bonafide.ID     `json:"person_id"`                 // of the person
	CollectionID  bonafide.ID     `json:"collection_id"`             // of the collection
	CompanyID     *bonafide.ID    `json:"company_id"`                // of the collection; null: none
	MediaID       bonafide.ID     `json:"media_id"`                  // the same as person_image_id
	MediaType     MediaType       `json:"media_type"`                // always IMAGE_COLLECTION
	ImageID       bonafide.ID     `json:"image_id"`                  // the same as person_image_id
	OriginalName  string          `json:"original_name"`             // name of the file as it was sent
	OriginalURL   *string         `json:"original_url" format:"uri"` // address of the file, open without a token
	ThumbURL      *string         `json:"thumb_url" format:"uri"`    // address of a small JPEG; null where there is none
	Tags          []string        `json:"tags"`                      // as sent
	Info          map[string]File `json:"info"`                      // the stored files, by image and thumb
	Meta          bonafide.Meta   `json:"meta_data"`                 // metadata of the client
	TechnicalMeta bonafide.Meta   `json:"technical_meta_data"`       // with the model of the template, and the media that it was taken from
	NearDuplicate *NearDuplicate  `json:"near_duplicate,omitempty"`  // ours, of a photo that was just added: somebody else who is like the one on it; absent: nobody reaches the threshold, or not every photo of the collection could be compared
}

// NearDuplicate is a person of the same collection who is like somebody who was added.
type NearDuplicate struct {
	PersonID   bonafide.ID `json:"person_id"`  // who is most like the one on the photo
	Similarity Number      `json:"similarity"` // from 0 to 1, calibrated for the size of the collection
	Threshold  Number      `json:"threshold"`  // similarity from which a person of the collection is found
}

// Search is what a search by photo found. Nothing of the photo is kept.
type Search struct {
	CollectionID bonafide.ID  `json:"collection_id"` // of the collection
	Found        bool         `json:"found"`         // whether somebody reaches the threshold
	Threshold    Number       `json:"threshold"`     // similarity from which a person is found
	References   int          `json:"references"`    // photos of the collection that the photo was compared with: all that it has
	Persons      []NearPerson `json:"persons"`       // the most similar ones, the most similar one first
}

// NearPerson is a person of a collection with their similarity to somebody.
type NearPerson struct {
	PersonID   bonafide.ID `json:"person_id"`  // of the person
	Similarity Number      `json:"similarity"` // from 0 to 1, calibrated for the size of the collection
	Found      bool        `json:"found"`      // whether it reaches the threshold
}

// PersonPage is a page of persons or of their images: the envelope of lists,
// and total besides.
type PersonPage[T any] struct {
	Offset     int  `json:"offset"`      // entries left out before these
	Limit      int  `json:"limit"`       // most entries of a page
	TotalCount *int `json:"total_count"` // entries of all pages; null when total_omit was set
	Items      []T  `json:"items"`       // the entries
	Total      *int `json:"total"`       // the same as total_count
}

// ViewPersonPage puts a page of persons or images into its envelope. A negative total is
// one that was not counted.
func ViewPersonPage[T any](q bonafide.Query, total int, items []T) PersonPage[T] {
	page := ViewPage(q, total, items)
	return PersonPage[T]{page.Offset, page.Limit, page.Total, page.Items, page.Total}
}

// ViewCollection renders a collection.
func ViewCollection(c *bonafide.PersonCollection) Collection {
	return Collection{
		TimeCreated:   Stamp(c.TimeCreated),
		TimeUpdated:   Stamp(c.TimeUpdated),
		CollectionID:  c.ID,
		CompanyID:     nullable(c.CompanyID),
		Alias:         c.Alias,
		Meta:          Object(c.Meta),
		TechnicalMeta: Object(c.TechnicalMeta),
	}
}

// ViewPerson renders a person with their images.
func ViewPerson(p *bonafide.Person, images []bonafide.PersonImage, l Links) Person {
	return Person{
		TimeCreated:   Stamp(p.TimeCreated),
		TimeUpdated:   Stamp(p.TimeUpdated),
		PersonID:      p.ID,
		CollectionID:  p.CollectionID,
		CompanyID:     nullable(p.CompanyID),
		Meta:          Object(p.Meta),
		TechnicalMeta: Object(p.TechnicalMeta),
		Images:        ViewImages(images, l),
	}
}

// ViewImages renders photos of persons, in the order given.
func ViewImages(images []bonafide.PersonImage, l Links) []Image {
	out := make([]Image, len(images))
	for i := range images {
		out[i] = ViewImage(&images[i], l)
	}
	return out
}

// ViewImage renders a photo of a person.
func ViewImage(p *bonafide.PersonImage, l Links) Image {
	// Seen as a media, it has the same tags and the same description.
	m := bonafide.Media{Kind: bonafide.Image, Tags: p.Tags, Original: p.Original, Thumb: p.Thumb, MD5: p.MD5, Info: p.Info}
	technical := bonafide.Meta{"model": p.Template.Model}
	for name, value := range p.TechnicalMeta {
		technical[name] = value
	}
	v := Image{
		TimeCreated:   Stamp(p.TimeCreated),
		TimeUpdated:   Stamp(p.TimeUpdated),
		PersonImageID: p.ID,
		PersonID:      p.PersonID,
		CollectionID:  p.CollectionID,
		CompanyID:     nullable(p.CompanyID),
		MediaID:       p.ID,
		MediaType:     ImageCollection,
		ImageID:       p.ID,
		OriginalName:  p.OriginalName,
		OriginalURL:   l.file(&p.Original),
		Tags:          tags(&m),
		Info:          mediaInfo(&m),
		Meta:          Object(p.Meta),
		TechnicalMeta: technical,
	}
	if p.Thumb != nil {
		v.ThumbURL = l.file(p.Thumb)
	}
	return v
}
