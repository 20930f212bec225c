package client

import (
	"context"
	"net/http"

	"github.com/bonafide-id/bonafide"
)

// Bearer is an object that carries metadata, made by one of the functions below.
type Bearer string

// OfUser is a user.
func OfUser(id bonafide.ID) Bearer { return Bearer("/api/users/" + string(id)) }

// OfFolder is a folder.
func OfFolder(id bonafide.ID) Bearer { return Bearer("/api/folders/" + string(id)) }

// OfMedia is a media.
func OfMedia(id bonafide.ID) Bearer { return Bearer("/api/media/" + string(id)) }

// OfAnalysis is an analysis.
func OfAnalysis(id bonafide.ID) Bearer { return Bearer("/api/analyses/" + string(id)) }

// OfCollection is a collection.
func OfCollection(id bonafide.ID) Bearer { return Bearer("/api/collections/" + string(id)) }

// OfPerson is a person of a collection.
func OfPerson(collection, id bonafide.ID) Bearer { return Bearer(persons(collection) + string(id)) }

// Meta reads metadata.
func (c *Client) Meta(ctx context.Context, b Bearer) (bonafide.Meta, error) {
	return get[bonafide.Meta](ctx, c, b.path())
}

// ReplaceMeta replaces metadata and gives what became of them.
func (c *Client) ReplaceMeta(ctx context.Context, b Bearer, m bonafide.Meta) (bonafide.Meta, error) {
	return call[bonafide.Meta](ctx, c, http.MethodPost, b.path(), m)
}

// MergeMeta sets the keys of m, takes those away that are nil, and gives what became
// of all.
func (c *Client) MergeMeta(ctx context.Context, b Bearer, m bonafide.Meta) (bonafide.Meta, error) {
	return call[bonafide.Meta](ctx, c, http.MethodPatch, b.path(), m)
}

// ClearMeta takes all metadata away.
func (c *Client) ClearMeta(ctx context.Context, b Bearer) error { return c.remove(ctx, b.path()) }

func (b Bearer) path() string { return string(b) + "/meta_data/" }
