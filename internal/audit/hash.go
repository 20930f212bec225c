package audit

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/bonafide-id/bonafide"
)

// form is the version of what Sum covers.
const form = "bonafide-audit-1"

// Sum computes the hash of an entry: SHA-256 over the JSON array of the form's
// name and all fields but the hash in their order, the time in microseconds since
// 1970, without blanks and with nothing but quotes, backslashes and control
// characters escaped.
func Sum(e *bonafide.AuditEntry) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	// Strings and numbers always encode.
	_ = enc.Encode([]any{form, e.Seq, e.Time.UnixMicro(), e.ActorID, e.Via, e.Action, e.Object, e.ObjectID, e.CompanyID, e.Changed, e.Previous})
	sum := sha256.Sum256(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
	return hex.EncodeToString(sum[:])
}
