package wire

import (
	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

// CaptureLink is an address at which a person is captured once. It is ours.
type CaptureLink struct {
	TimeCreated Stamp        `json:"time_created"`        // when it was made
	LinkID      bonafide.ID  `json:"link_id"`             // of the link, the end of its address
	URL         string       `json:"url" format:"uri"`    // to be opened by the person
	ExpiresAt   Stamp        `json:"expires_at"`          // until when it can be used
	QR          string       `json:"qr,omitempty"`        // the address as a QR code, a PNG in a data URL; only when it is made
	UsedAt      Stamp        `json:"used_at" null:"true"` // when a capture came by it; null: none did
	FolderID    *bonafide.ID `json:"folder_id"`           // that came of it; null: none yet
}

// ViewCaptureLink renders a link that lies at an address.
func ViewCaptureLink(l *store.CaptureLink, address string) CaptureLink {
	return CaptureLink{TimeCreated: Stamp(l.TimeCreated), LinkID: l.ID, URL: address, ExpiresAt: Stamp(l.ExpiresAt), UsedAt: Stamp(l.UsedAt), FolderID: nullable(l.FolderID)}
}
