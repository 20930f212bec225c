package bonafide

import (
	"context"
	"time"
)

// Actor is who changes something. It travels in the context; the store writes it
// down with each change.
type Actor struct {
	UserID ID     // empty: the server itself, or somebody who could not sign in
	Via    string // the permission used, such as folder.delete, or what the server does by itself, such as retention
}

type actorKey struct{}

// WithActor gives a context in which all changes are the actor's.
func WithActor(ctx context.Context, a Actor) context.Context {
	return context.WithValue(ctx, actorKey{}, a)
}

// ActorOf gives the context's actor, the zero value where there is none.
func ActorOf(ctx context.Context) Actor {
	a, _ := ctx.Value(actorKey{}).(Actor)
	return a
}

// Actions of audit entries.
const (
	ActionCreate  = "create"
	ActionUpdate  = "update"
	ActionDelete  = "delete"
	ActionRefuse  = "refuse"  // a sign-in
	ActionRead    = "read"    // a file with a face, where the company wants that noted; a collection, by a photo
	ActionRestore = "restore" // of what notes changes, which somebody had dropped, altered or added
)

// AuditEntry says that somebody did something to one object. It holds identifiers
// and words of ours alone, never names, addresses or content. Entries form a
// chain: each hash covers the one before it.
type AuditEntry struct {
	Seq       int64     `json:"seq"`  // from 1, without gaps
	Time      time.Time `json:"time"` // UTC, microseconds
	ActorID   ID        `json:"actor_id"`
	Via       string    `json:"via"`
	Action    string    `json:"action"`
	Object    string    `json:"object"`     // kind, such as folder
	ObjectID  string    `json:"object_id"`  // empty for a sign-in to an account that does not exist
	CompanyID ID        `json:"company_id"` // of the object, empty where it has none
	Changed   string    `json:"changed"`    // names of what was updated, separated by blanks; some with =value
	Previous  string    `json:"previous"`   // hash of the entry before, empty for the first
	Hash      string    `json:"hash"`       // SHA-256 in lower-case hexadecimal
}
