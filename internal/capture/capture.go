// Package capture is the server's side of a capture in a browser or an application: it
// draws what the capture subject has to do, hands out session tokens that are good for
// one capture, opens the sealed container that comes back, reads what is in it, and
// tells what of it no camera makes.
//
// A session is one drawn capture. A container is the sealed file that a capture arrives
// in, its content a zip of frames with a manifest. An action is one part of a capture,
// named as media are tagged: video_selfie_smile. A challenge is the actions of a session
// in their order.
//
// The container hides frames on their way and binds them to the session; it does not
// prove what made them, since whatever runs in the page can seal another's frames.
package capture

import (
	"fmt"

	"github.com/bonafide-id/bonafide"
)

// What is wrong with a container, for the audit log.
const (
	badHeader   = "header"
	badKey      = "key"
	badSeal     = "seal"
	badSize     = "size"
	badContent  = "content"
	badManifest = "manifest"
	badBinding  = "challenge"
)

// damage is the cause of a CodeContainer error.
type damage struct {
	what string // one of the words above
	err  error
}

func (d *damage) Error() string { return d.what + ": " + d.err.Error() }

func (d *damage) Unwrap() error { return d.err }

// broken refuses a container. The text is safe to show.
func broken(what, format string, args ...any) error {
	cause := fmt.Errorf(format, args...)
	return bonafide.Wrap(bonafide.CodeContainer, "The data container cannot be opened, "+cause.Error(), &damage{what: what, err: cause})
}
