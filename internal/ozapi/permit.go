package ozapi

import (
	"strings"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
)

// named is a kind of thing that paths name by a parameter.
type named struct {
	param string          // of patterns
	noun  string          // in errors
	read  auth.Permission // says which of them a caller sees
	find  func(a *api, c *call, scope bonafide.Scope, id bonafide.ID) error
}

// nouns lists what the paths of routes may name.
func nouns() []named {
	return []named{
		{"company_id", "Company", auth.CompanyRead, func(a *api, c *call, s bonafide.Scope, id bonafide.ID) error {
			return second(a.Companies.Find(c.Context(), s, id))
		}},
		{"user_id", "User", auth.UserRead, func(a *api, c *call, s bonafide.Scope, id bonafide.ID) error {
			return second(a.Gate.User(c.Context(), s, id))
		}},
		{"folder_id", "Folder", auth.FolderRead, func(a *api, c *call, s bonafide.Scope, id bonafide.ID) error {
			return second(a.Records.Folder(c.Context(), s, id))
		}},
		{"media_id", "Media", auth.MediaRead, func(a *api, c *call, s bonafide.Scope, id bonafide.ID) error {
			return second(a.Records.Media(c.Context(), s, id))
		}},
		{"image_id", "Media", auth.MediaRead, func(a *api, c *call, s bonafide.Scope, _ bonafide.ID) error {
			return second(a.image(c, s))
		}},
		{"analyse_id", "Analysis", auth.AnalysisRead, func(a *api, c *call, s bonafide.Scope, id bonafide.ID) error {
			return second(a.Records.Analysis(c.Context(), s, id))
		}},
		{"collection_id", "Collection", auth.CollectionRead, func(a *api, c *call, s bonafide.Scope, id bonafide.ID) error {
			return second(a.Records.Collection(c.Context(), s, id))
		}},
		{"person_id", "Person", auth.PersonRead, func(a *api, c *call, s bonafide.Scope, id bonafide.ID) error {
			return second(a.Records.Person(c.Context(), s, id))
		}},
		{"person_image_id", "Image", auth.PersonRead, func(a *api, c *call, s bonafide.Scope, id bonafide.ID) error {
			return a.findImage(c, s, id)
		}},
		{"report_template_id", "Report template", auth.TemplateRead, func(a *api, c *call, s bonafide.Scope, id bonafide.ID) error {
			return second(a.Records.ReportTemplate(c.Context(), s, id))
		}},
		{"attachment_id", "Attachment", auth.TemplateRead, func(a *api, c *call, s bonafide.Scope, _ bonafide.ID) error {
			return second(a.attachment(c, s))
		}},
		{"report_id", "Report", auth.ReportRead, func(a *api, c *call, s bonafide.Scope, id bonafide.ID) error {
			return second(a.Records.Report(c.Context(), s, id))
		}},
		{"delivery_id", "Webhook delivery", auth.WebhookRead, func(a *api, c *call, s bonafide.Scope, id bonafide.ID) error {
			return second(a.Outbox.Delivery(c.Context(), s, id))
		}},
		// Who sees secrets may do everything with them, so that none is ever looked for.
		{"secret_id", "Webhook secret", auth.WebhookSecretRead, func(*api, *call, bonafide.Scope, bonafide.ID) error { return auth.Forbidden() }},
	}
}

func second[T any](_ T, err error) error { return err }

// permit sets the scope of a call. What the caller may not see is not found, as
// if it did not exist; what they see and may not treat so is forbidden.
func (a *api) permit(rt route, c *call) error {
	scope, denied := c.caller.May(rt.Permission)
	for _, o := range nouns() {
		if !strings.Contains(rt.Pattern, "{"+o.param+"}") {
			continue
		}
		seen, err := c.caller.May(o.read)
		if err != nil {
			return err
		}
		if denied == nil && scope == seen {
			continue // same scope: the lookup of the handler decides
		}
		id, err := c.id(o.param, o.noun)
		if err != nil {
			return err
		}
		if err := o.find(a, c, seen, id); err != nil {
			return err
		}
		if denied != nil {
			continue
		}
		if err := o.find(a, c, scope, id); bonafide.CodeOf(err) == bonafide.CodeNotFound {
			denied = auth.Forbidden()
		} else if err != nil {
			return err
		}
	}
	c.scope = scope
	return denied
}
