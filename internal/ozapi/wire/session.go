package wire

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/catalog"
)

// Session answers sign-in and refresh. access_token must stay the fourth key:
// shell scripts count words.
type Session struct {
	TimeCreated Stamp  `json:"time_created"` // of the sign-in
	TimeUpdated Stamp  `json:"time_updated"` // of the last change
	SessionID   int64  `json:"session_id"`   // number of the session
	AccessToken string `json:"access_token"` // to be sent as X-Forensic-Access-Token
	ExpireToken string `json:"expire_token"` // to be sent with the access token to refresh
	ExpireDate  Stamp  `json:"expire_date"`  // when the session ends unless it is used
	User        User   `json:"user"`         // who signed in
}

// SignIn is a sign-in, or a token that was issued for a service account, with all that
// was refreshed from it. It is ours: the vendor's API has none.
type SignIn struct {
	TimeCreated Stamp   `json:"time_created"`     // of the sign-in
	TimeUsed    Stamp   `json:"time_used"`        // of the last use, to ten minutes
	SessionID   int64   `json:"session_id"`       // by which it is ended; changes when it is refreshed
	Name        *string `json:"name"`             // that was given to the token when it was issued, if any
	IsToken     bool    `json:"is_service_token"` // issued for a service account, not a sign-in
	IsCurrent   bool    `json:"is_current"`       // the session of this call
	Address     *string `json:"address"`          // where the sign-in came from: loopback, private, public; null where nobody knows
	ExpireDate  Stamp   `json:"expire_date"`      // when the access token ends unless it is used
	EndDate     Stamp   `json:"end_date"`         // when it ends however it is used or refreshed
}

// User is a user. The switches are spelled both ways, as the manual does.
type User struct {
	UserID     bonafide.ID       `json:"user_id"`     // of the user
	UserType   bonafide.UserType `json:"user_type"`   // role
	FirstName  *string           `json:"first_name"`  // if any
	LastName   *string           `json:"last_name"`   // if any
	MiddleName *string           `json:"middle_name"` // if any
	Email      string            `json:"email"`       // by which the user signs in
	CompanyID  *bonafide.ID      `json:"company_id"`  // null: none
	IsAdmin    bool              `json:"is_admin"`    // administers the company: the role CLIENT_ADMIN
	IsService  bool              `json:"is_service"`  // service account, whose tokens live long
	IsActive   bool              `json:"is_active"`   // may sign in
	// For each type whether analyses of it may be ordered: see Switches.
	MayStart map[bonafide.AnalysisType]bool `json:"-"`
}

// MarshalJSON implements json.Marshaler: the switches come last.
func (u User) MarshalJSON() ([]byte, error) {
	type fields User
	object, err := compact(fields(u))
	if err != nil {
		return nil, err
	}
	for _, s := range u.Switches() {
		object = AddField(object, fmt.Appendf(nil, "%q: %t", s.Name, u.MayStart[s.Type]))
	}
	return object, nil
}

// Switch is a field that says whether analyses of a type may be ordered.
type Switch struct {
	Name string
	Type bonafide.AnalysisType
}

// Switches are those of all known types, in one spelling after the other.
func (User) Switches() []Switch {
	types := catalog.Types()
	slices.Sort(types)
	var all []Switch
	for _, verb := range []string{"analyse", "analyze"} {
		for _, t := range types {
			all = append(all, Switch{SwitchName(verb, t), t})
		}
	}
	return all
}

// SwitchName is the name of a switch in the spelling of a verb, analyse or analyze.
func SwitchName(verb string, t bonafide.AnalysisType) string {
	return "can_start_" + verb + "_" + strings.ToLower(string(t))
}

// Company is a company.
type Company struct {
	CompanyID     bonafide.ID   `json:"company_id"`          // of the company
	Name          string        `json:"name"`                // for people, 1 to 255 characters
	InDeletion    bool          `json:"in_deletion"`         // closed; what belongs to it is being removed
	TechnicalMeta bonafide.Meta `json:"technical_meta_data"` // for how long things are kept, and what the server noted
}

// ViewSession renders a session of a user with the pair of tokens that open it.
func ViewSession(s *bonafide.Session, u *bonafide.User, accessToken, expireToken string) Session {
	return Session{
		TimeCreated: Stamp(s.TimeCreated),
		TimeUpdated: Stamp(s.TimeUpdated),
		SessionID:   s.ID,
		AccessToken: accessToken,
		ExpireToken: expireToken,
		ExpireDate:  Stamp(s.ExpiresAt),
		User:        ViewUser(u),
	}
}

// ViewSignIn renders a sign-in by its session in use.
func ViewSignIn(s *bonafide.Session, end time.Time, current bool) SignIn {
	return SignIn{
		TimeCreated: Stamp(s.TimeStarted), TimeUsed: Stamp(s.TimeUpdated), SessionID: s.ID, Name: nullable(s.Name),
		IsToken: s.Token, IsCurrent: current, Address: nullable(s.Address), ExpireDate: Stamp(s.ExpiresAt), EndDate: Stamp(end),
	}
}

// ViewUser renders a user, without anything of the password.
func ViewUser(u *bonafide.User) User {
	return User{
		UserID:     u.ID,
		UserType:   u.Type,
		FirstName:  nullable(u.FirstName),
		LastName:   nullable(u.LastName),
		MiddleName: nullable(u.MiddleName),
		Email:      u.Email,
		CompanyID:  nullable(u.CompanyID),
		IsAdmin:    u.Type == bonafide.ClientAdmin,
		IsService:  u.Service,
		IsActive:   u.Active,
		MayStart:   u.MayStart,
	}
}

// ViewCompany renders a company.
func ViewCompany(c *bonafide.Company) Company {
	return Company{CompanyID: c.ID, Name: c.Name, InDeletion: c.InDeletion, TechnicalMeta: technicalCompany(c)}
}

// technicalCompany adds for how many days things are kept, where that is not for
// ever, to what the server noted about the company.
func technicalCompany(c *bonafide.Company) bonafide.Meta {
	m := maps.Clone(Object(c.TechnicalMeta))
	for name, days := range map[string]int{"keep_media_days": c.KeepMediaDays, "keep_result_days": c.KeepResultDays} {
		if days > 0 {
			m[name] = days
		}
	}
	return m
}
