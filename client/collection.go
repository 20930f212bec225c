package client

import (
	"context"
	"net/http"
	"net/url"

	"github.com/bonafide-id/bonafide"
)

// Collection is a list of persons to be searched by face.
type Collection struct {
	ID        bonafide.ID   `json:"collection_id"`
	CompanyID bonafide.ID   `json:"company_id"`
	Alias     string        `json:"alias"`
	Meta      bonafide.Meta `json:"meta_data"`
}

// Person is an entry of a collection.
type Person struct {
	ID           bonafide.ID   `json:"person_id"`
	CollectionID bonafide.ID   `json:"collection_id"`
	Meta         bonafide.Meta `json:"meta_data"`
	Images       []PersonImage `json:"images"`
}

// PersonImage is a photo by which a person is found.
type PersonImage struct {
	ID          bonafide.ID `json:"person_image_id"`
	OriginalURL string      `json:"original_url"`
	Tags        []string    `json:"tags"`
}

// PersonList is one page of persons.
type PersonList struct {
	Total *int     `json:"total"`
	Items []Person `json:"items"`
}

// Collections lists the collections that the caller sees.
func (c *Client) Collections(ctx context.Context) ([]Collection, error) {
	var all []Collection
	err := c.call(ctx, http.MethodGet, "/api/collections/", nil, &all)
	return all, err
}

// CreateCollection makes a collection of a company, "" for the caller's.
func (c *Client) CreateCollection(ctx context.Context, company bonafide.ID, alias string) (*Collection, error) {
	body := map[string]any{"alias": alias}
	if company != "" {
		body["company_id"] = company
	}
	var made Collection
	return &made, c.call(ctx, http.MethodPost, "/api/collections/", body, &made)
}

// DeleteCollection deletes a collection with all persons.
func (c *Client) DeleteCollection(ctx context.Context, id bonafide.ID) error {
	return c.call(ctx, http.MethodDelete, "/api/collections/"+string(id)+"/", nil, new(struct{}))
}

// AddPerson enrols a person by photos of one face each.
func (c *Client) AddPerson(ctx context.Context, collection bonafide.ID, p Payload, photos ...File) (*Person, error) {
	var made Person
	return &made, c.upload(ctx, persons(collection), p, photos, &made)
}

// AddPersonImages adds photos of a person.
func (c *Client) AddPersonImages(ctx context.Context, collection, person bonafide.ID, p Payload, photos ...File) ([]PersonImage, error) {
	var made []PersonImage
	err := c.upload(ctx, persons(collection)+string(person)+"/images/", p, photos, &made)
	return made, err
}

// Person reads one person.
func (c *Client) Person(ctx context.Context, collection, person bonafide.ID) (*Person, error) {
	var p Person
	return &p, c.call(ctx, http.MethodGet, persons(collection)+string(person)+"/", nil, &p)
}

// Persons lists persons by the query parameters of the API.
func (c *Client) Persons(ctx context.Context, collection bonafide.ID, q url.Values) (*PersonList, error) {
	var l PersonList
	return &l, c.call(ctx, http.MethodGet, persons(collection)+"?"+q.Encode(), nil, &l)
}

// DeletePerson deletes a person with all images.
func (c *Client) DeletePerson(ctx context.Context, collection, person bonafide.ID) error {
	return c.call(ctx, http.MethodDelete, persons(collection)+string(person)+"/", nil, new(struct{}))
}

// DeletePersonImage deletes one image of a person.
func (c *Client) DeletePersonImage(ctx context.Context, collection, person, image bonafide.ID) error {
	return c.call(ctx, http.MethodDelete, persons(collection)+string(person)+"/images/"+string(image)+"/", nil, new(struct{}))
}

func persons(collection bonafide.ID) string {
	return "/api/collections/" + string(collection) + "/persons/"
}
