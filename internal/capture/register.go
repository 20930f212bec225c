package capture

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/light"
	"github.com/bonafide-id/bonafide/internal/store"
)

// sessionTime is how long a session token is good: long enough for three attempts and a
// slow upload.
const sessionTime = 10 * time.Minute

// subjectSecret is the name of the key that people are hashed with.
const subjectSecret = "capture-subjects"

const maxSubject = 256 // bytes of what a client calls a person

// Store keeps sessions and keys. It is part of store.Store.
type Store interface {
	store.CaptureSessions
	Secrets
}

// Config is what a register works with.
type Config struct {
	Store  Store
	Key    *auth.CaptureKey // signs tokens
	Limits store.CaptureLimits
	Most   int64 // bytes of a container's content
	Now    func() time.Time
}

// Register draws captures, and lets in what is sent for them. It is safe for concurrent use.
type Register struct {
	Config
	ring     ring
	subjects []byte // key of the hashes of people
}

// NewRegister makes a register. The keys are those of the store.
func NewRegister(ctx context.Context, c Config) (*Register, error) {
	subjects, err := c.Store.Secret(ctx, subjectSecret, func() ([]byte, error) {
		key := make([]byte, sha256.Size)
		_, err := rand.Read(key)
		return key, err
	})
	if err != nil {
		return nil, fmt.Errorf("capture: %w", err)
	}
	return &Register{Config: c, ring: ring{secrets: c.Store, now: c.Now, keys: map[int64]*Key{}}, subjects: subjects}, nil
}

// Wish is what a client wants to be drawn.
type Wish struct {
	Draw     int      // gestures, 0 for none
	Actions  []string // instead: in this order
	Analyses []string // types that are ordered whatever the capture says; nil: those that it says
	Subject  string   // whom the capture is of, in the client's words; empty: not said
	Light    bool     // colours for the screen, too
}

// Drawn is a session with what its client needs.
type Drawn struct {
	store.CaptureSession
	Token string
	Key   *Key
	Light *Light
}

// Draw begins a session of the user. It is CodeThrottled where the company or the person
// has drawn too many.
func (r *Register) Draw(ctx context.Context, u *bonafide.User, w Wish) (*Drawn, error) {
	key, err := r.ring.current(ctx)
	if err != nil {
		return nil, err
	}
	now := r.Now().UTC().Truncate(time.Second)
	d := &Drawn{Key: key, CaptureSession: store.CaptureSession{
		ID: bonafide.NewID(), CompanyID: u.CompanyID, UserID: u.ID, ChallengeID: bonafide.NewID(), KeyID: key.ID,
		Analyses: w.Analyses, TimeDrawn: now, ExpiresAt: now.Add(sessionTime),
	}}
	if d.Actions, err = w.actions(); err != nil {
		return nil, err
	}
	if d.SubjectHash, err = r.subject(u.CompanyID, w.Subject); err != nil {
		return nil, err
	}
	if w.Light {
		if d.Light, err = DrawLight(); err != nil {
			return nil, err
		}
		d.Colors = d.Light.Colors
	}
	d.Token, err = r.Key.Sign(auth.CaptureToken{ID: d.ID, UserID: d.UserID, CompanyID: d.CompanyID, ChallengeID: d.ChallengeID,
		Actions: d.Actions, KeyID: d.KeyID, IssuedAt: d.TimeDrawn, ExpiresAt: d.ExpiresAt})
	if err != nil {
		return nil, err
	}
	if err := r.Store.DrawCapture(ctx, &d.CaptureSession, r.Limits); err != nil {
		return nil, fmt.Errorf("draw capture: %w", err)
	}
	return d, nil
}

// actions are those that a wish demands.
func (w Wish) actions() ([]string, error) {
	switch {
	case w.Draw != 0 && len(w.Actions) > 0:
		return nil, bonafide.Errorf(bonafide.CodeValue, "Either actions or draw, not both")
	case w.Draw != 0:
		return Draw(w.Draw)
	}
	return w.Actions, CheckActions(w.Actions)
}

// subject hashes what a company calls a person, so that draws can be counted without
// knowing whose they are.
func (r *Register) subject(company bonafide.ID, name string) (string, error) {
	if name == "" {
		return "", nil
	}
	if len(name) > maxSubject {
		return "", bonafide.Errorf(bonafide.CodeValue, "Invalid end_user_id, at most %d bytes", maxSubject)
	}
	mac := hmac.New(sha256.New, r.subjects)
	mac.Write([]byte(string(company) + "\x00" + name))
	return hex.EncodeToString(mac.Sum(nil)[:16]), nil
}

// Session is one that a container has come for.
type Session struct {
	store.CaptureSession
	opening Opening
}

// Admit finds the session of a token that the user has sent with a container. A token that
// is missing, not ours, of another company, expired or used is CodeSession, and noted in
// the audit log.
func (r *Register) Admit(ctx context.Context, u *bonafide.User, token string) (*Session, error) {
	if token == "" {
		return nil, r.refuse(ctx, "", "missing", "The session token is missing: it comes in the header X-Session-Token")
	}
	t, err := r.Key.Verify(token)
	if err != nil {
		return nil, r.refuse(ctx, "", "foreign_signature", "The session token is none of this server")
	}
	s, err := r.Store.CaptureSession(ctx, t.ID)
	switch {
	case bonafide.CodeOf(err) == bonafide.CodeNotFound:
		return nil, r.refuse(ctx, t.ID, "unknown", "The session token is not known")
	case err != nil:
		return nil, fmt.Errorf("capture session: %w", err)
	case s.CompanyID != u.CompanyID:
		return nil, r.refuse(ctx, t.ID, "foreign_company", "The session token is not known")
	case !s.UsedAt.IsZero():
		return nil, r.refuse(ctx, t.ID, "used", "The session token was used before")
	case !r.Now().Before(s.ExpiresAt):
		return nil, r.refuse(ctx, t.ID, "expired", "The session token has expired")
	}
	key, err := r.ring.named(ctx, s.KeyID)
	if errors.Is(err, errNoKey) {
		return nil, r.refuse(ctx, t.ID, "no_key", "The session token is of a key that is no longer there")
	}
	if err != nil {
		return nil, err
	}
	return &Session{CaptureSession: *s, opening: Opening{Key: key, Token: token, Most: r.Most}}, nil
}

// refuse notes a refusal and gives it.
func (r *Register) refuse(ctx context.Context, session bonafide.ID, why, message string) error {
	if err := r.Store.RefuseCapture(ctx, session, why); err != nil {
		return fmt.Errorf("capture session: %w", err)
	}
	return bonafide.Errorf(bonafide.CodeSession, "%s", message)
}

// Open gives the content of a container while it arrives: see Opening.
func (s *Session) Open(sealed io.Reader) io.Reader { return s.opening.Open(sealed) }

// Read reads the content, which must be of this session's challenge.
func (s *Session) Read(content io.ReaderAt, size int64) (*Content, error) {
	c, err := ReadContent(content, size)
	if err != nil {
		return nil, err
	}
	if c.Manifest.ChallengeID != s.ChallengeID {
		return nil, broken(badBinding, "it answers another challenge")
	}
	return c, s.answered(c)
}

// answered refuses a capture without a recording that lacks what the session demands.
// QUALITY judges how an answer fails, and without a recording there is nothing that it
// judges.
func (s *Session) answered(c *Content) error {
	if len(c.Manifest.Actions) == 0 && c.Manifest.answers(s.Actions) != "" {
		return broken(badBinding, "it lacks what was to be captured")
	}
	return nil
}

// Parts reads a capture that comes without a container: see ReadParts.
func (s *Session) Parts(parts []Part) (*Content, error) {
	c, err := ReadParts(parts)
	if err != nil {
		return nil, err
	}
	return c, s.answered(c)
}

// Use is how a session is spent on what became of its capture.
func (s *Session) Use(outcome string) store.CaptureUse {
	return store.CaptureUse{ID: s.ID, Outcome: outcome}
}

// Outcomes of sessions. A container that cannot be opened has the word for what is wrong
// with it.
const (
	OutcomeFolder  = "folder"
	OutcomeInstant = "instant"
)

// Fail ends a capture of which nothing comes, and gives err. A session whose capture cannot
// be opened is spent. One that another capture has spent meanwhile, as err or the store may
// say, is noted in the audit log. Any other error spends nothing, as the same capture may be
// sent again.
func (r *Register) Fail(ctx context.Context, s *Session, err error) error {
	var d *damage
	switch {
	case bonafide.CodeOf(err) == bonafide.CodeSession:
		return r.late(ctx, s, err)
	case !errors.As(err, &d):
		return err
	}
	if spent := r.Spend(ctx, s, d.what); spent != nil && bonafide.CodeOf(spent) != bonafide.CodeSession {
		return spent
	}
	return err
}

// Spend marks a session as used where no folder is made of it. CodeSession, and noted in
// the audit log, where it was used before.
func (r *Register) Spend(ctx context.Context, s *Session, outcome string) error {
	err := r.Store.SpendCapture(ctx, s.Use(outcome))
	if bonafide.CodeOf(err) == bonafide.CodeSession {
		return r.late(ctx, s, err)
	}
	if err != nil {
		return fmt.Errorf("capture session: %w", err)
	}
	return nil
}

// late notes that a session was spent between its admission and now, and gives err.
func (r *Register) late(ctx context.Context, s *Session, err error) error {
	if noted := r.Store.RefuseCapture(ctx, s.ID, "used"); noted != nil {
		return fmt.Errorf("capture session: %w", noted)
	}
	return err
}

// Judge gives what speaks against a capture. What is decisive has weight 1 and a code of
// bonafide.InjectionReasons. remember keeps marks of the frames, by which a later capture
// that has them is known.
func (r *Register) Judge(ctx context.Context, s *Session, c *Content, remember bool) ([]bonafide.Hint, error) {
	var marks []uint64
	if remember {
		marks = c.Marks()
	}
	seen, err := r.Store.KnownFrames(ctx, &s.CaptureSession, slices.Concat(c.Digests...), marks)
	if err != nil {
		return nil, fmt.Errorf("frames of captures: %w", err)
	}
	d := Demand{Actions: s.Actions, Drawn: s.TimeDrawn, Arrived: r.Now(), Seen: seen, Colors: s.Colors}
	hints := []bonafide.Hint{}
	for _, code := range c.Decisive(d) {
		hints = append(hints, bonafide.Hint{Code: code, Weight: 1})
	}
	return append(hints, c.Weak(d)...), nil
}

// Orders are the types of analyses of a capture: what the session demands, or else what the
// capture says. QUALITY is one of them for every recording of which the session says
// nothing, and beside anything else for one that answers a challenge: it alone sees how an
// answer fails.
func (s *Session) Orders(m *Manifest) []bonafide.AnalysisType {
	names := s.Analyses
	if names == nil {
		names = m.Analyses
	}
	var types []bonafide.AnalysisType
	if len(m.Actions) > 0 && (s.Analyses == nil || len(s.Actions) > 0 && len(s.Analyses) > 0) {
		types = append(types, bonafide.Quality)
	}
	for _, n := range names {
		if t := bonafide.AnalysisType(strings.ToUpper(n)); !slices.Contains(types, t) {
			types = append(types, t)
		}
	}
	return types
}

// Tags are those of the media of an action.
func (m *Manifest) Tags(action int) []string {
	tags := []string{"video_selfie", m.Actions[action].Action}
	switch c := m.Device.Camera; {
	case c.Width > 0 && c.Height >= c.Width:
		tags = append(tags, "orientation_portrait")
	case c.Width > c.Height:
		tags = append(tags, "orientation_landscape")
	}
	return tags
}

// PhotoTags are those of the media of a photo.
func (m *Manifest) PhotoTags(photo int) []string {
	tag := m.Photos[photo].Tag
	if strings.HasPrefix(tag, "photo_id_") {
		return []string{"photo_id", tag}
	}
	return []string{tag}
}

// Kept is what the media of a capture carry for their analyses.
func (s *Session) Kept(m *Manifest, hints []bonafide.Hint) bonafide.Meta {
	kept := bonafide.Meta{bonafide.InjectionKey: hints}
	if shown, ok := m.light(s.Colors); ok {
		kept[light.Key] = shown
	}
	return kept
}

// About is what an owner may want to know of a capture, for the metadata of its folder.
func (s *Session) About(m *Manifest) bonafide.Meta {
	return bonafide.Meta{"capture": bonafide.Meta{
		"session_id": string(s.ID), "challenge_id": string(s.ChallengeID), "actions": append([]string{}, s.Actions...),
		"plugin_version": m.PluginVersion, "engine": m.Device.Engine, "user_agent": m.Device.UserAgent,
		"camera": bonafide.Meta{"width": m.Device.Camera.Width, "height": m.Device.Camera.Height, "frame_rate": m.Device.Camera.FrameRate, "facing": m.Device.Camera.Facing},
	}}
}
