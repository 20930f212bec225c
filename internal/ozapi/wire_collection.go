package ozapi

import "github.com/bonafide-id/bonafide"

// collectionJSON is a collection of persons.
type collectionJSON struct {
	TimeCreated   stamp         `json:"time_created"`
	TimeUpdated   stamp         `json:"time_updated"`
	CollectionID  bonafide.ID   `json:"collection_id"`
	CompanyID     *bonafide.ID  `json:"company_id"`
	Alias         string        `json:"alias"`
	IsGlobal      bool          `json:"is_global"` // never: no collection is searched for other companies
	Meta          bonafide.Meta `json:"meta_data"`
	TechnicalMeta bonafide.Meta `json:"technical_meta_data"`
}

// personJSON is a person of a collection.
type personJSON struct {
	TimeCreated   stamp         `json:"time_created"`
	TimeUpdated   stamp         `json:"time_updated"`
	PersonID      bonafide.ID   `json:"person_id"`
	CollectionID  bonafide.ID   `json:"collection_id"`
	CompanyID     *bonafide.ID  `json:"company_id"`
	Meta          bonafide.Meta `json:"meta_data"`
	TechnicalMeta bonafide.Meta `json:"technical_meta_data"`
	Images        []imageJSON   `json:"images"`
}

// imageJSON is a photo of a person.
type imageJSON struct {
	TimeCreated   stamp               `json:"time_created"`
	TimeUpdated   stamp               `json:"time_updated"`
	PersonImageID bonafide.ID         `json:"person_image_id"`
	PersonID      bonafide.ID         `json:"person_id"`
	CollectionID  bonafide.ID         `json:"collection_id"`
	CompanyID     *bonafide.ID        `json:"company_id"`
	MediaID       bonafide.ID         `json:"media_id"`
	MediaType     string              `json:"media_type"`
	ImageID       bonafide.ID         `json:"image_id"`
	OriginalName  string              `json:"original_name"`
	OriginalURL   *string             `json:"original_url"`
	ThumbURL      *string             `json:"thumb_url"`
	Tags          []string            `json:"tags"`
	Info          map[string]fileJSON `json:"info"`
	Meta          bonafide.Meta       `json:"meta_data"`
	TechnicalMeta bonafide.Meta       `json:"technical_meta_data"` // with the model of the template
}

// personPageJSON is a page of persons or of their images: the envelope of lists,
// and total besides.
type personPageJSON[T any] struct {
	Offset     int  `json:"offset"`
	Limit      int  `json:"limit"`
	TotalCount *int `json:"total_count"`
	Items      []T  `json:"items"`
	Total      *int `json:"total"`
}

func viewPersonPage[T any](q bonafide.Query, total int, items []T) personPageJSON[T] {
	page := viewPage(q, total, items)
	return personPageJSON[T]{page.Offset, page.Limit, page.Total, page.Items, page.Total}
}

func viewCollection(c *bonafide.PersonCollection) collectionJSON {
	return collectionJSON{
		TimeCreated:   stamp(c.TimeCreated),
		TimeUpdated:   stamp(c.TimeUpdated),
		CollectionID:  c.ID,
		CompanyID:     nullable(c.CompanyID),
		Alias:         c.Alias,
		Meta:          object(c.Meta),
		TechnicalMeta: object(c.TechnicalMeta),
	}
}

func viewPerson(p *bonafide.Person, images []bonafide.PersonImage, l links) personJSON {
	return personJSON{
		TimeCreated:   stamp(p.TimeCreated),
		TimeUpdated:   stamp(p.TimeUpdated),
		PersonID:      p.ID,
		CollectionID:  p.CollectionID,
		CompanyID:     nullable(p.CompanyID),
		Meta:          object(p.Meta),
		TechnicalMeta: object(p.TechnicalMeta),
		Images:        viewImages(images, l),
	}
}

func viewImages(images []bonafide.PersonImage, l links) []imageJSON {
	out := make([]imageJSON, len(images))
	for i := range images {
		out[i] = viewImage(&images[i], l)
	}
	return out
}

func viewImage(p *bonafide.PersonImage, l links) imageJSON {
	// Seen as a media, it has the same tags and the same description.
	m := bonafide.Media{Kind: bonafide.Image, Tags: p.Tags, Original: p.Original, Thumb: p.Thumb, MD5: p.MD5, Info: p.Info}
	technical := bonafide.Meta{"model": p.Template.Model}
	for name, value := range p.TechnicalMeta {
		technical[name] = value
	}
	v := imageJSON{
		TimeCreated:   stamp(p.TimeCreated),
		TimeUpdated:   stamp(p.TimeUpdated),
		PersonImageID: p.ID,
		PersonID:      p.PersonID,
		CollectionID:  p.CollectionID,
		CompanyID:     nullable(p.CompanyID),
		MediaID:       p.ID,
		MediaType:     "IMAGE_COLLECTION",
		ImageID:       p.ID,
		OriginalName:  p.OriginalName,
		OriginalURL:   l.file(&p.Original),
		Tags:          tags(&m),
		Info:          mediaInfo(&m),
		Meta:          object(p.Meta),
		TechnicalMeta: technical,
	}
	if p.Thumb != nil {
		v.ThumbURL = l.file(p.Thumb)
	}
	return v
}
