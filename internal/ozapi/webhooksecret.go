package ozapi

import (
	"context"
	"net/http"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/webhook"
)

type secretRecords interface {
	CreateWebhookSecret(ctx context.Context, s *bonafide.WebhookSecret) error
	WebhookSecrets(ctx context.Context, companyID bonafide.ID) ([]bonafide.WebhookSecret, error)
	DeleteWebhookSecret(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error
}

func (a *api) webhookSecretResource() rest.Resource {
	const secrets = "/api/webhook_secrets"
	return rest.Resource{
		Component: rest.ComponentStateful,
		// Who sees secrets may do everything with them, so that none is ever looked for.
		Noun: rest.Noun{Param: "secret_id", Name: "Webhook secret", Read: auth.WebhookSecretRead, Find: func(*rest.Call, bonafide.Scope, bonafide.ID) error { return auth.Forbidden() }},
		Routes: []rest.Route{
			{Name: "listWebhookSecrets", Method: get, Pattern: secrets, Permission: auth.WebhookSecretRead, Summary: "List the webhook secrets of a company",
				Query: []describe.Parameter{{Name: "company_id", Schema: describe.Identifier(), About: "whose secrets; without it the caller's"}},
				Out:   []wire.Secret{}, Refusals: []int{http.StatusNotFound}, Handle: a.listSecrets},
			{Name: "createWebhookSecret", Method: post, Pattern: secrets, Permission: auth.WebhookSecretCreate,
				Summary: "Make a webhook secret, which is shown this once", In: secretIn{}, Status: made, Out: wire.Secret{}, Refusals: []int{http.StatusNotFound, http.StatusConflict}, Handle: a.createSecret},
			{Name: "deleteWebhookSecret", Method: del, Pattern: secrets + "/{secret_id}", Permission: auth.WebhookSecretDelete,
				Summary: "Delete a webhook secret", Out: wire.Deleted{}, Handle: a.deleteSecret},
		},
	}
}

// secretIn makes a webhook secret.
type secretIn struct {
	CompanyID *string `json:"company_id,omitempty" format:"uuid"` // whose secret; without it the caller's company
}

// listSecrets answers a bare array without the secrets themselves. An
// administrator of the installation names the company in the query; the folders of
// administrators belong to none.
func (a *api) listSecrets(c *rest.Call) (*rest.Answer, error) {
	company, err := companyOf(c, c.Values().Get("company_id"))
	if err != nil {
		return nil, err
	}
	secrets, err := a.Outbox.WebhookSecrets(c.Context(), company)
	if err != nil {
		return nil, err
	}
	return rest.OK(rest.Views(secrets, func(s *bonafide.WebhookSecret) wire.Secret { return wire.ViewSecret(s, false) }))
}

// createSecret makes a secret of the caller's company, or of the company that an
// administrator of the installation names in the body.
func (a *api) createSecret(c *rest.Call) (*rest.Answer, error) {
	body, err := c.Object()
	if err != nil {
		return nil, err
	}
	name, err := body.Text("company_id")
	if err != nil {
		return nil, err
	}
	company, err := companyOf(c, name)
	if err != nil {
		return nil, err
	}
	if company != "" {
		if _, err := a.Records.Company(c.Context(), company); err != nil {
			return nil, err
		}
	}
	s := &bonafide.WebhookSecret{ID: bonafide.NewID(), CompanyID: company, Secret: webhook.NewSecret()}
	if err := a.Outbox.CreateWebhookSecret(c.Context(), s); err != nil {
		return nil, err
	}
	return rest.Created(wire.ViewSecret(s, true))
}

// companyOf is the company whose secrets a caller means. What is not the caller's
// does not exist.
func companyOf(c *rest.Call, name string) (bonafide.ID, error) {
	if name == "" {
		return c.Scope.CompanyID, nil
	}
	id, err := bonafide.ParseID(name)
	if err != nil || c.Scope.CompanyID != "" && id != c.Scope.CompanyID {
		return "", bonafide.Errorf(bonafide.CodeNotFound, "Company not found")
	}
	return id, nil
}

func (a *api) deleteSecret(c *rest.Call) (*rest.Answer, error) {
	return c.Delete("secret_id", "Webhook secret", a.Outbox.DeleteWebhookSecret)
}
