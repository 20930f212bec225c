package client

import (
	"context"
	"net/http"
	"net/url"

	"github.com/bonafide-id/bonafide"
)

// Collection is a list of persons to be searched by face.
type Collection struct {
	ID        bonafide.ID   `json:"collection_id"` // of the collection
	CompanyID bonafide.ID   `json:"company_id"`    // that it belongs to; empty: none
	Alias     string        `json:"alias"`         // name for people, 1 to 255 characters
	Meta      bonafide.Meta `json:"meta_data"`     // metadata of the client
}

// Person is an entry of a collection.
type Person struct {
	ID           bonafide.ID   `json:"person_id"`     // of the person
	CollectionID bonafide.ID   `json:"collection_id"` // of the collection
	Meta         bonafide.Meta `json:"meta_data"`     // metadata of the client
	Images       []PersonImage `json:"images"`        // photos by which the person is found
}

// PersonImage is a photo by which a person is found.
type PersonImage struct {
	ID          bonafide.ID `json:"person_image_id"` // of the photo
	OriginalURL string      `json:"original_url"`    // open without a token
	Tags        []string    `json:"tags"`            // as sent
	// NearDuplicate is, of a photo that was just added, somebody else of the collection
	// who is like the one on it; nil: nobody is.
	NearDuplicate *NearDuplicate `json:"near_duplicate"`
}

// NearDuplicate is a person who is like somebody who was added.
type NearDuplicate struct {
	PersonID   bonafide.ID `json:"person_id"`  // who is most like the one on the photo
	Similarity float64     `json:"similarity"` // from 0 to 1
	Threshold  float64     `json:"threshold"`  // similarity from which a person is found
}

// SearchResult is what a search by photo found.
type SearchResult struct {
	Found      bool         `json:"found"`      // whether somebody reaches the threshold
	Threshold  float64      `json:"threshold"`  // similarity from which a person is found
	References int          `json:"references"` // photos of the collection that were compared
	Persons    []NearPerson `json:"persons"`    // the most similar one first
}

// NearPerson is a person with their similarity to somebody.
type NearPerson struct {
	PersonID   bonafide.ID `json:"person_id"`  // of the person
	Similarity float64     `json:"similarity"` // from 0 to 1
	Found      bool        `json:"found"`      // whether it reaches the threshold
}

// SearchCollection looks for the person on a photo, or on the stored picture that the
// payload names, and keeps nothing.
func (c *Client) SearchCollection(ctx context.Context, collection bonafide.ID, p Payload, photo ...File) (*SearchResult, error) {
	return send[*SearchResult](ctx, c, "/api/collections/"+string(collection)+"/search/", p, photo)
}

// Collections lists the collections that the caller sees.
func (c *Client) Collections(ctx context.Context) ([]Collection, error) {
	return get[[]Collection](ctx, c, "/api/collections/")
}

// Collection reads one collection.
func (c *Client) Collection(ctx context.Context, id bonafide.ID) (*Collection, error) {
	return get[*Collection](ctx, c, "/api/collections/"+string(id)+"/")
}

// CreateCollection makes a collection of a company, "" for the caller's.
func (c *Client) CreateCollection(ctx context.Context, company bonafide.ID, alias string) (*Collection, error) {
	body := map[string]any{"alias": alias}
	if company != "" {
		body["company_id"] = company
	}
	return call[*Collection](ctx, c, http.MethodPost, "/api/collections/", body)
}

// RenameCollection gives a collection another alias.
func (c *Client) RenameCollection(ctx context.Context, id bonafide.ID, alias string) (*Collection, error) {
	return call[*Collection](ctx, c, http.MethodPatch, "/api/collections/"+string(id)+"/", map[string]string{"alias": alias})
}

// DeleteCollection deletes a collection with all persons.
func (c *Client) DeleteCollection(ctx context.Context, id bonafide.ID) error {
	return c.remove(ctx, "/api/collections/"+string(id)+"/")
}

// AddPerson enrols a person by photos of one face each.
func (c *Client) AddPerson(ctx context.Context, collection bonafide.ID, p Payload, photos ...File) (*Person, error) {
	return send[*Person](ctx, c, persons(collection), p, photos)
}

// Person reads one person.
func (c *Client) Person(ctx context.Context, collection, person bonafide.ID) (*Person, error) {
	return get[*Person](ctx, c, persons(collection)+string(person)+"/")
}

// Persons lists persons by the query parameters of the API.
func (c *Client) Persons(ctx context.Context, collection bonafide.ID, q url.Values) (*List[Person], error) {
	return list[Person](ctx, c, persons(collection), q)
}

// ChangePerson merges metadata into those of a person.
func (c *Client) ChangePerson(ctx context.Context, collection, person bonafide.ID, meta bonafide.Meta) (*Person, error) {
	return call[*Person](ctx, c, http.MethodPatch, persons(collection)+string(person)+"/", map[string]any{"meta_data": meta})
}

// DeletePerson deletes a person with all images.
func (c *Client) DeletePerson(ctx context.Context, collection, person bonafide.ID) error {
	return c.remove(ctx, persons(collection)+string(person)+"/")
}

// AddPersonImages adds photos of a person.
func (c *Client) AddPersonImages(ctx context.Context, collection, person bonafide.ID, p Payload, photos ...File) ([]PersonImage, error) {
	return send[[]PersonImage](ctx, c, persons(collection)+string(person)+"/images/", p, photos)
}

// PersonImages lists the photos of a person by the query parameters of the API.
func (c *Client) PersonImages(ctx context.Context, collection, person bonafide.ID, q url.Values) (*List[PersonImage], error) {
	return list[PersonImage](ctx, c, persons(collection)+string(person)+"/images/", q)
}

// DeletePersonImage deletes one image of a person.
func (c *Client) DeletePersonImage(ctx context.Context, collection, person, image bonafide.ID) error {
	return c.remove(ctx, persons(collection)+string(person)+"/images/"+string(image)+"/")
}

func persons(collection bonafide.ID) string {
	return "/api/collections/" + string(collection) + "/persons/"
}
