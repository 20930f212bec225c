package client

import (
	"context"
	"net/http"
	"net/url"

	"github.com/bonafide-id/bonafide"
)

// Company is whom users, folders and collections belong to.
type Company struct {
	ID         bonafide.ID `json:"company_id"`
	Name       string      `json:"name"`
	InDeletion bool        `json:"in_deletion"`
	Technical  struct {
		KeepMediaDays  int `json:"keep_media_days"`  // 0 for ever
		KeepResultDays int `json:"keep_result_days"` // 0 for ever
	} `json:"technical_meta_data"`
}

// CompanyChange is what of a company is changed; nil leaves as it is.
type CompanyChange struct {
	Name           *string `json:"name,omitempty"`
	KeepMediaDays  *int    `json:"keep_media_days,omitempty"`
	KeepResultDays *int    `json:"keep_result_days,omitempty"`
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
	ID            bonafide.ID       `json:"user_id"`
	Type          bonafide.UserType `json:"user_type"`
	FirstName     string            `json:"first_name"`
	LastName      string            `json:"last_name"`
	MiddleName    string            `json:"middle_name"`
	Email         string            `json:"email"`
	CompanyID     bonafide.ID       `json:"company_id"`
	Service       bool              `json:"is_service"`
	Active        bool              `json:"is_active"`
	MayBiometry   bool              `json:"can_start_analyse_biometry"`
	MayCollection bool              `json:"can_start_analyse_collection"`
	MayDocuments  bool              `json:"can_start_analyse_documents"`
	MayQuality    bool              `json:"can_start_analyse_quality"`
}

// Credentials are what a user signs in with. What is empty is not sent.
type Credentials struct {
	Email    string `json:"email,omitempty"`
	Password string `json:"password,omitempty"`
}

// Profile is what a user is. What is empty is not sent.
type Profile struct {
	CompanyID     bonafide.ID       `json:"company_id,omitempty"`
	Type          bonafide.UserType `json:"user_type,omitempty"`
	FirstName     string            `json:"first_name,omitempty"`
	LastName      string            `json:"last_name,omitempty"`
	MiddleName    string            `json:"middle_name,omitempty"`
	Active        *bool             `json:"is_active,omitempty"`
	MayBiometry   *bool             `json:"can_start_analyse_biometry,omitempty"`
	MayCollection *bool             `json:"can_start_analyse_collection,omitempty"`
	MayDocuments  *bool             `json:"can_start_analyse_documents,omitempty"`
	MayQuality    *bool             `json:"can_start_analyse_quality,omitempty"`
}

type userIn struct {
	Credentials Credentials `json:"credentials,omitzero"`
	Profile     Profile     `json:"profile,omitzero"`
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

// DeleteUser deletes a user; his folders stay.
func (c *Client) DeleteUser(ctx context.Context, id bonafide.ID) error {
	return c.remove(ctx, "/api/users/"+string(id)+"/")
}
