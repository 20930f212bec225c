package request

import (
	"net/url"

	"github.com/bonafide-id/bonafide"
)

// SignInIn signs in.
type SignInIn struct {
	Credentials CredentialsIn `json:"credentials"` // who signs in
}

// CredentialsIn are e-mail and password of a user.
type CredentialsIn struct {
	Email    string `json:"email" example:"admin@localhost"`                 // of the user, in any case of letters
	Password string `json:"password" example:"correct horse battery staple"` // of the user
}

// RefreshIn asks for a new pair of tokens.
type RefreshIn struct {
	ExpireToken string `json:"expire_token" minLength:"1"` // of the pair that is exchanged
}

// ServiceTokenIn names a user who gets a token.
type ServiceTokenIn struct {
	UserID string  `json:"user_id" format:"uuid"`                            // of the service account; a service account that leaves it out means itself
	Name   *string `json:"name,omitempty" maxLength:"255" example:"kiosk 7"` // of the token, in the list of sessions
}

// TokenIn tells a token from others.
type TokenIn struct {
	Name *string `json:"name,omitempty" maxLength:"255" example:"kiosk 7"` // of the token, in the list of sessions
}

// ReadSignIn reads e-mail and password, both of which must be there.
func ReadSignIn(body Fields) (email, password string, err error) {
	credentials, err := needCredentials(body)
	if err != nil {
		return "", "", err
	}
	if email, err = credentials.NeedText("credentials.", "email"); err != nil {
		return "", "", err
	}
	password, err = credentials.NeedText("credentials.", "password")
	return email, password, err
}

// ReadServiceToken gives the user who gets a token: in the query, in the body or, where
// neither names one, the caller, if they are a service account.
func ReadServiceToken(body Fields, query url.Values, caller *bonafide.User) (bonafide.ID, error) {
	text := query.Get("user_id")
	if text == "" {
		var err error
		if text, err = body.Text("user_id"); err != nil {
			return "", err
		}
		if text == "" && caller.Service {
			return caller.ID, nil
		}
		if text == "" {
			return "", Fields{}.Need("", "user_id") // there, perhaps, and empty
		}
	}
	id, err := bonafide.ParseID(text)
	if err != nil {
		return "", bonafide.Errorf(bonafide.CodeNotFound, "User not found")
	}
	return id, nil
}

func needCredentials(body Fields) (Fields, error) {
	if err := body.Need("", "credentials"); err != nil {
		return nil, err
	}
	return body.Object("credentials")
}
