package bonafide

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
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
	ActionCreate = "create"
	ActionUpdate = "update"
	ActionDelete = "delete"
	ActionRefuse = "refuse" // a sign-in
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

// auditForm is the version of what Sum covers.
const auditForm = "bonafide-audit-1"

// Sum computes the hash of an entry: SHA-256 over the JSON array of the form's
// name and all fields but the hash in their order, the time in microseconds since
// 1970, without blanks and with nothing but quotes, backslashes and control
// characters escaped.
func (e *AuditEntry) Sum() string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	// Strings and numbers always encode.
	_ = enc.Encode([]any{auditForm, e.Seq, e.Time.UnixMicro(), e.ActorID, e.Via, e.Action, e.Object, e.ObjectID, e.CompanyID, e.Changed, e.Previous})
	sum := sha256.Sum256(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
	return hex.EncodeToString(sum[:])
}

// AuditLog is the part of Store that keeps the audit log. The store appends to it
// by itself: each change of an object, in the transaction of the change, in the
// name of the context's actor. Nobody can change or remove an entry.
type AuditLog interface {
	// RefuseSignIn notes a failed sign-in to the account of that user, empty where
	// there is no such account.
	RefuseSignIn(ctx context.Context, user ID) error
	AuditEntries(ctx context.Context, q Query) (Page[AuditEntry], error)
}
