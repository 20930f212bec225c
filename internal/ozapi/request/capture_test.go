package request

import (
	"reflect"
	"regexp"
	"testing"

	"github.com/bonafide-id/bonafide/internal/capture"
)

// TestActionsAreDescribedAsTheyAreTaken: the pattern of the description is written out.
func TestActionsAreDescribedAsTheyAreTaken(t *testing.T) {
	for _, in := range []any{CaptureIn{}, CaptureLinkIn{}} {
		field, _ := reflect.TypeOf(in).FieldByName("Actions")
		described := regexp.MustCompile(field.Tag.Get("pattern"))
		for _, name := range append(capture.Actions(), "photo_id_front", "photo_id_back", "photo_", "video_selfie", "video_selfie_jump", "selfie", "") {
			if taken := capture.CheckActions([]string{name}) == nil; described.MatchString(name) != taken {
				t.Errorf("%T: %q is taken: %v, and described otherwise", in, name, taken)
			}
		}
	}
}
