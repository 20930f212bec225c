package request

import (
	"strings"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/catalog"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// UserIn makes a user.
type UserIn struct {
	Credentials NewCredentialsIn `json:"credentials"`       // by which the user signs in
	Profile     *ProfileIn       `json:"profile,omitempty"` // role, company, name and rights
}

// UserChangeIn changes what of a user is given.
type UserChangeIn struct {
	Credentials *ChangedCredentialsIn `json:"credentials,omitempty"` // by which the user signs in
	Profile     *ProfileIn            `json:"profile,omitempty"`     // role, company, name and rights
}

// NewCredentialsIn are the credentials of a new user.
type NewCredentialsIn struct {
	Email    string `json:"email" minLength:"3" maxLength:"254" pattern:"^[!-?A-~]+@[!-?A-~]+$" example:"ada@bank.example"` // one of a kind in the installation
	Password string `json:"password" minLength:"8" maxLength:"1024" example:"correct horse battery staple"`                 // 8 characters to 1,024 bytes
}

// ChangedCredentialsIn are new credentials of a user.
type ChangedCredentialsIn struct {
	Email    *string `json:"email,omitempty" minLength:"3" maxLength:"254" pattern:"^[!-?A-~]+@[!-?A-~]+$" example:"ada@bank.example"` // one of a kind in the installation
	Password *string `json:"password,omitempty" minLength:"8" maxLength:"1024" example:"correct horse battery staple"`                 // 8 characters to 1,024 bytes; a new one ends the other sessions of the user
	// The present password, which goes with a new e-mail or password of the caller's own.
	CurrentPassword *string `json:"current_password,omitempty" maxLength:"1024" example:"correct horse battery staple"`
}

// ProfileIn is what a user is and may do. Switches that are not sent stay as they are,
// on for a new user.
type ProfileIn struct {
	CompanyID  *string `json:"company_id,omitempty" format:"uuid"`                            // that the user belongs to; ADMIN and OPERATOR belong to none
	UserType   *string `json:"user_type,omitempty" words:"UserType" example:"CLIENT_SERVICE"` // role; CLIENT for a new user
	FirstName  *string `json:"first_name,omitempty" maxLength:"255" example:"Ada"`            // null takes it away
	LastName   *string `json:"last_name,omitempty" maxLength:"255" example:"Lovelace"`        // null takes it away
	MiddleName *string `json:"middle_name,omitempty" maxLength:"255" example:"King"`          // null takes it away
	IsActive   *bool   `json:"is_active,omitempty" example:"true"`                            // may sign in
	IsAdmin    *bool   `json:"is_admin,omitempty" example:"false"`                            // API 5: makes the role of an administrator out of that of a client
	IsService  *bool   `json:"is_service,omitempty" example:"true"`                           // API 5: makes a service account out of a client
}

// MoreProperties are one switch per type of analyses.
func (ProfileIn) MoreProperties() describe.Properties {
	var more describe.Properties
	for _, t := range catalog.Types() {
		may := &describe.Schema{Type: []string{"boolean", "null"}, Description: "May order " + string(t) + "; true for a new user."}
		more = append(more, describe.Property{Name: wire.SwitchName("analyse", t), Schema: may})
	}
	return more
}

// otherMayStartNames are the names of the switches in the other spelling.
func otherMayStartNames() []string {
	var names []string
	for _, t := range catalog.Types() {
		names = append(names, wire.SwitchName("analyze", t))
	}
	return names
}

// readMayStart reads the switches in either spelling.
func readMayStart(profile Fields) (map[bonafide.AnalysisType][]bool, error) {
	said := map[bonafide.AnalysisType][]bool{}
	for _, t := range catalog.Types() {
		for _, verb := range []string{"analyse", "analyze"} {
			may, err := profile.Bool(wire.SwitchName(verb, t))
			if err != nil {
				return nil, err
			}
			if may != nil {
				said[t] = append(said[t], *may)
			}
		}
	}
	return said, nil
}

// ReadNewUser is ReadUserChange where e-mail and password must be there.
func ReadNewUser(body Fields) (auth.Change, error) {
	credentials, err := needCredentials(body)
	if err != nil {
		return auth.Change{}, err
	}
	for _, name := range []string{"email", "password"} {
		if err := credentials.Need("credentials.", name); err != nil {
			return auth.Change{}, err
		}
	}
	return ReadUserChange(body)
}

// ReadUserChange reads credentials and profile, or any part of them. null takes a
// name or the company away and leaves anything else as it is.
func ReadUserChange(body Fields) (auth.Change, error) {
	var c auth.Change
	credentials, err := body.Object("credentials")
	if err != nil {
		return c, err
	}
	profile, err := body.Object("profile")
	if err != nil {
		return c, err
	}
	for _, f := range []struct {
		in    Fields
		name  string
		clear bool
		to    **string
	}{
		{credentials, "email", false, &c.Email},
		{credentials, "password", false, &c.Password},
		{credentials, "current_password", false, &c.CurrentPassword},
		{profile, "first_name", true, &c.FirstName},
		{profile, "last_name", true, &c.LastName},
		{profile, "middle_name", true, &c.MiddleName},
	} {
		if *f.to, err = f.in.Given(f.name, f.clear); err != nil {
			return c, err
		}
	}
	if err := readPlace(profile, &c); err != nil {
		return c, err
	}
	c.MayStart, err = readMayStart(profile)
	return c, err
}

// readPlace reads the role, in both spellings, and the company.
func readPlace(profile Fields, c *auth.Change) error {
	word, err := profile.Given("user_type", false)
	if err != nil {
		return err
	}
	if word != nil {
		t := bonafide.UserType(strings.ToUpper(strings.ReplaceAll(*word, " ", "_")))
		c.Type = &t
	}
	for name, to := range map[string]**bool{"is_admin": &c.Admin, "is_service": &c.Service, "is_active": &c.Active} {
		if *to, err = profile.Bool(name); err != nil {
			return err
		}
	}
	company, err := profile.Given("company_id", true)
	if err != nil || company == nil {
		return err
	}
	id := bonafide.ID("")
	if *company != "" {
		if id, err = bonafide.ParseID(*company); err != nil {
			return bonafide.Errorf(bonafide.CodeNotFound, "Company not found")
		}
	}
	c.CompanyID = &id
	return nil
}
