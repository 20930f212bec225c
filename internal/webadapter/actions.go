package webadapter

import (
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/bonafide-id/bonafide/internal/webadapter/appconfig"
)

// Actions that mean something here.
const (
	actionFront = "photo_id_front"
	actionBack  = "photo_id_back"
	actionBest  = "video_selfie_best"
	tagOneShot  = "video_selfie_oneshot" // of actionBest, by the vendor's names
)

// isVideo tells whether an action is a gesture, in whose place a photo is the other kind.
func isVideo(action string) bool { return strings.HasPrefix(action, "video_") }

// plan is what a capture is to hold.
type plan struct {
	actions []string // photos and gestures in order; of drawn ones only photos
	draw    int      // gestures that the API shall draw behind them
}

// planOf decides what is captured. Gestures that nobody names are drawn by a server, never
// by the page.
func planOf(s *appconfig.Settings, asked []string, draw int) (plan, error) {
	if draw < 0 || draw > appconfig.MaxActions || len(asked) > appconfig.MaxActions {
		return plan{}, refused(configError, "More than %d actions", appconfig.MaxActions)
	}
	if s.DefaultImportance || len(asked) == 0 && draw == 0 {
		return defaultPlan(s), nil
	}
	for i, action := range asked {
		list := s.PhotoActions
		if isVideo(action) {
			list = s.VideoActions
		}
		if !appconfig.IsWord(action) || !slices.Contains(list, action) {
			return plan{}, refused(configError, "An action is not permitted here").with("index", i)
		}
		if !isVideo(action) && slices.Contains(asked[:i], action) {
			return plan{}, refused(configError, "A photo is asked for twice").with("index", i)
		}
	}
	return drawn(s, slices.Clone(asked), nil, draw), nil
}

func defaultPlan(s *appconfig.Settings) plan {
	var photos []string
	if s.Defaults.PhotoFront {
		photos = append(photos, actionFront)
	}
	if s.Defaults.PhotoBack {
		photos = append(photos, actionBack)
	}
	required := s.RequiredActions[:min(len(s.RequiredActions), s.Defaults.VideoCount)]
	return drawn(s, photos, required, s.Defaults.VideoCount-len(required))
}

// mostDrawn is how many gestures an API draws.
const mostDrawn = 3

// drawable are the gestures that an API which draws may draw.
func drawable() []string {
	return []string{"video_selfie_left", "video_selfie_right", "video_selfie_high", "video_selfie_down", "video_selfie_smile", "video_selfie_eyes"}
}

// drawn adds n drawn gestures to what is given. The API draws where it may take any of
// its own and nothing else is demanded.
func drawn(s *appconfig.Settings, given, required []string, n int) plan {
	free := func(a string) bool { return slices.Contains(s.VideoActions, a) }
	if n > 0 && n <= mostDrawn && len(required) == 0 && !slices.ContainsFunc(given, isVideo) && !slices.ContainsFunc(drawable(), func(a string) bool { return !free(a) }) {
		return plan{actions: given, draw: n}
	}
	videos := append(slices.Clone(required), pick(s, n, required)...)
	rand.Shuffle(len(videos), func(i, j int) { videos[i], videos[j] = videos[j], videos[i] })
	return plan{actions: append(given, videos...)}
}

// pick draws n gestures here, in random order. Of two at least one is off the yaw axis: a
// bent photo can be turned, and no photo was seen to do that and anything else.
func pick(s *appconfig.Settings, n int, besides []string) []string {
	pool := slices.DeleteFunc(slices.Clone(s.VideoActions), func(a string) bool {
		return slices.Contains(besides, a) || !slices.Contains(drawable(), a)
	})
	if len(pool) == 0 {
		pool = slices.Clone(s.VideoActions)
	}
	rand.Shuffle(len(pool), func(i, j int) { pool[i], pool[j] = pool[j], pool[i] })
	picked := pool[:min(n, len(pool))]
	turns := func(a string) bool { return a == "video_selfie_left" || a == "video_selfie_right" }
	other := slices.IndexFunc(pool, func(a string) bool { return !turns(a) })
	if len(picked) > 1 && other >= len(picked) {
		at := rand.IntN(len(picked))
		picked[at], pool[other] = pool[other], picked[at]
	}
	return picked
}

// videosOf are the gestures among actions, in their order.
func videosOf(actions []string) []string {
	return slices.DeleteFunc(slices.Clone(actions), func(a string) bool { return !isVideo(a) })
}

// narrowed is the mode of results that a page gets which asks for one: never more than
// the installation allows.
func narrowed(allowed, asked string) string {
	modes := []string{appconfig.Safe, appconfig.Status, appconfig.FolderMode, appconfig.Full}
	if i := slices.Index(modes, asked); i >= 0 && i < slices.Index(modes, allowed) {
		return asked
	}
	return allowed
}
