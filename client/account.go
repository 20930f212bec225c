package client

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"github.com/bonafide-id/bonafide"
)

// Company is whom users, folders and collections belong to.
type Company struct {
	ID         bonafide.ID `json:"company_id"`  // of the company
	Name       string      `json:"name"`        // for people, 1 to 255 characters
	InDeletion bool        `json:"in_deletion"` // closed; what belongs to it is being removed
	Technical  struct {
		KeepMediaDays  int `json:"keep_media_days"`  // 0 for ever
		KeepResultDays int `json:"keep_result_days"` // 0 for ever
	} `json:"technical_meta_data"` // for how long things are kept
}

// CompanyChange is what of a company is changed; nil leaves as it is.
type CompanyChange struct {
	Name           *string `json:"name,omitempty"`             // for people, 1 to 255 characters
	KeepMediaDays  *int    `json:"keep_media_days,omitempty"`  // 0 for ever
	KeepResultDays *int    `json:"keep_result_days,omitempty"` // 0 for ever

	MaxThresholdSpoofing *float64 `json:"max_threshold_spoofing,omitempty"` // orders of QUALITY may ask for no more
	MinThresholdMax      *float64 `json:"min_threshold_max,omitempty"`      // orders of BIOMETRY may ask for no less
	MaxDecisionThreshold *float64 `json:"max_decision_threshold,omitempty"` // orders of COLLECTION may ask for no more
	MaxFaceShare         *float64 `json:"max_face_share,omitempty"`         // of the frame of a still, that a face may fill
	VerifyGestures       *bool    `json:"verify_gestures,omitempty"`        // true: media must show the gestures that their tags name; false: only where an order asks for it
	MinEyeDistance       *float64 `json:"min_eye_distance,omitempty"`       // in pixels
}

// CreateCompany makes a company.
func (c *Client) CreateCompany(ctx context.Context, name string) (*Company, error) {
	return call[*Company](ctx, c, http.MethodPost, "/api/companies/", map[string]string{"name": name})
}

// Companies lists companies by the query parameters of the API, such as search_text.
func (c *Client) Companies(ctx context.Context, q url.Values) (*List[Company], error) {
	return list[Company](ctx, c, "/api/companies/", q)
}

// Company reads one company.
func (c *Client) Company(ctx context.Context, id bonafide.ID) (*Company, error) {
	return get[*Company](ctx, c, "/api/companies/"+string(id)+"/")
}

// ChangeCompany changes a company and gives what became of it.
func (c *Client) ChangeCompany(ctx context.Context, id bonafide.ID, ch CompanyChange) (*Company, error) {
	return call[*Company](ctx, c, http.MethodPatch, "/api/companies/"+string(id)+"/", ch)
}

// DeleteCompany marks a company, which then goes in the background with all that
// belongs to it.
func (c *Client) DeleteCompany(ctx context.Context, id bonafide.ID) error {
	return c.remove(ctx, "/api/companies/"+string(id)+"/")
}

// User is who may sign in.
type User struct {
	ID         bonafide.ID       `json:"user_id"`     // of the user
	Type       bonafide.UserType `json:"user_type"`   // role
	FirstName  string            `json:"first_name"`  // if any
	LastName   string            `json:"last_name"`   // if any
	MiddleName string            `json:"middle_name"` // if any
	Email      string            `json:"email"`       // by which the user signs in
	CompanyID  bonafide.ID       `json:"company_id"`  // empty: none
	Service    bool              `json:"is_service"`  // service account, whose tokens live long
	Active     bool              `json:"is_active"`   // may sign in
	// For each type of analyses whether they may order it.
	May map[bonafide.AnalysisType]bool `json:"-"`
}

// mayPrefix begins the names of the fields that say what a user may order.
const mayPrefix = "can_start_analyse_"

// UnmarshalJSON implements json.Unmarshaler.
func (u *User) UnmarshalJSON(raw []byte) error {
	type fields User
	if err := json.Unmarshal(raw, (*fields)(u)); err != nil {
		return err
	}
	var all map[string]any
	if err := json.Unmarshal(raw, &all); err != nil {
		return err
	}
	u.May = map[bonafide.AnalysisType]bool{}
	for name, value := range all {
		if of, ok := strings.CutPrefix(name, mayPrefix); ok {
			u.May[bonafide.AnalysisType(strings.ToUpper(of))] = value == true
		}
	}
	return nil
}

// Credentials are what a user signs in with. What is empty is not sent.
type Credentials struct {
	Email    string `json:"email,omitempty"`    // by which the user signs in
	Password string `json:"password,omitempty"` // 8 characters to 1,024 bytes
	// The present password, which goes with a change of one's own.
	CurrentPassword string `json:"current_password,omitempty"`
}

// Profile is what a user is. What is empty is not sent.
type Profile struct {
	CompanyID  bonafide.ID       `json:"company_id,omitempty"`  // empty: that of the caller
	Type       bonafide.UserType `json:"user_type,omitempty"`   // role
	FirstName  string            `json:"first_name,omitempty"`  // if any
	LastName   string            `json:"last_name,omitempty"`   // if any
	MiddleName string            `json:"middle_name,omitempty"` // if any
	Active     *bool             `json:"is_active,omitempty"`   // nil leaves it; a new user may sign in
	// Types of analyses that they may or may not order. A type that is not there stays as
	// it is; a new user may order all.
	May map[bonafide.AnalysisType]bool `json:"-"`
}

// MarshalJSON implements json.Marshaler.
func (p Profile) MarshalJSON() ([]byte, error) {
	type fields Profile
	raw, err := json.Marshal(fields(p))
	if err != nil {
		return nil, err
	}
	all := map[string]any{}
	if err := json.Unmarshal(raw, &all); err != nil {
		return nil, err
	}
	for t, may := range p.May {
		all[mayPrefix+strings.ToLower(string(t))] = may
	}
	return json.Marshal(all)
}

type userIn struct {
	Credentials Credentials `json:"credentials,omitzero"` // to sign in with
	Profile     Profile     `json:"profile,omitzero"`     // everything else
}

// CreateUser makes a user.
func (c *Client) CreateUser(ctx context.Context, cr Credentials, p Profile) (*User, error) {
	return call[*User](ctx, c, http.MethodPost, "/api/users/", userIn{cr, p})
}

// Users lists users by the query parameters of the API, such as company_id.
func (c *Client) Users(ctx context.Context, q url.Values) (*List[User], error) {
	return list[User](ctx, c, "/api/users/", q)
}

// User reads one user.
func (c *Client) User(ctx context.Context, id bonafide.ID) (*User, error) {
	return get[*User](ctx, c, "/api/users/"+string(id)+"/")
}

// ChangeUser changes what is not empty, the password too, and gives what became of
// the user.
func (c *Client) ChangeUser(ctx context.Context, id bonafide.ID, cr Credentials, p Profile) (*User, error) {
	return call[*User](ctx, c, http.MethodPatch, "/api/users/"+string(id)+"/", userIn{cr, p})
}

// DeleteUser deletes a user; their folders stay.
func (c *Client) DeleteUser(ctx context.Context, id bonafide.ID) error {
	return c.remove(ctx, "/api/users/"+string(id)+"/")
}
