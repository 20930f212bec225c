package request

import (
	"strings"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/catalog"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
)

// NewCredentialsIn are the credentials of a new user.
type NewCredentialsIn struct {
	Email    string `json:"email" minLength:"3" maxLength:"254" pattern:"^[!-?A-~]+@[!-?A-~]+$" example:"ada@bank.example"` // one of a kind in the installation
	Password string `json:"password" minLength:"8" maxLength:"1024" example:"correct horse battery staple"`                 // 8 characters to 1,024 bytes
}

// ChangedCredentialsIn are new credentials of a user.
type ChangedCredentialsIn struct {
	Email    *string `json:"email,omitempty" minLength:"3" maxLength:"254" pattern:"^[!-?A-~]+@[!-?A-~]+$" example:"ada@bank.example"` // one of a kind in the installation
	Password *string `json:"password,omitempty" minLength:"8" maxLength:"1024" example:"correct horse battery staple"`                 // 8 characters to 1,024 bytes; a new one ends the other sessions of the user
}

// ProfileIn is what a user is and may do. Switches that are not sent stay as they are,
// on for a new user.
type ProfileIn struct {
	CompanyID  *string `json:"company_id,omitempty" format:"uuid"`                     // that the user belongs to; ADMIN and OPERATOR belong to none
	UserType   *string `json:"user_type,omitempty" words:"UserType"`                   // role; CLIENT for a new user
	FirstName  *string `json:"first_name,omitempty" maxLength:"255" example:"Ada"`     // null takes it away
	LastName   *string `json:"last_name,omitempty" maxLength:"255" example:"Lovelace"` // null takes it away
	MiddleName *string `json:"middle_name,omitempty" maxLength:"255" example:"King"`   // null takes it away
	IsActive   *bool   `json:"is_active,omitempty" example:"true"`                     // may sign in
}

// MoreProperties are one switch per type of analyses.
func (ProfileIn) MoreProperties() describe.Properties {
	var more describe.Properties
	for _, t := range catalog.Types() {
		may := &describe.Schema{Type: []string{"boolean", "null"}, Description: "May order " + string(t) + "; true for a new user."}
		more = append(more, describe.Property{Name: mayStartName("analyse", t), Schema: may})
	}
	return more
}

// mayStartName is the switch that lets a user order a type of analyses.
func mayStartName(verb string, t bonafide.AnalysisType) string {
	return "can_start_" + verb + "_" + strings.ToLower(string(t))
}

// ReadMayStart reads the switches in either spelling.
func ReadMayStart(profile Fields) (map[bonafide.AnalysisType][]bool, error) {
	said := map[bonafide.AnalysisType][]bool{}
	for _, t := range catalog.Types() {
		for _, verb := range []string{"analyse", "analyze"} {
			may, err := profile.Bool(mayStartName(verb, t))
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
