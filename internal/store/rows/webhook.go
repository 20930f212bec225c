package rows

import (
	"context"
	"net/url"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
)

type deliveryRow struct {
	bun.BaseModel `bun:"table:webhook_deliveries,alias:delivery"`

	ID          bonafide.ID            `bun:"id"`
	FolderID    bonafide.ID            `bun:"folder_id"`
	CompanyID   bonafide.ID            `bun:"company_id,nullzero"`
	GroupID     bonafide.ID            `bun:"group_id"`
	Endpoint    string                 `bun:"endpoint"`
	Target      string                 `bun:"target"`
	State       bonafide.DeliveryState `bun:"state"`
	Attempts    int                    `bun:"attempts"`
	NextAttempt micros                 `bun:"next_attempt"`
	RetrySince  micros                 `bun:"retry_since"`
	LeasedUntil micros                 `bun:"leased_until"`
	TimeCreated micros                 `bun:"time_created"`
	TimeUpdated micros                 `bun:"time_updated"`
}

func (r *deliveryRow) delivery() bonafide.Delivery {
	return bonafide.Delivery{
		ID: r.ID, FolderID: r.FolderID, CompanyID: r.CompanyID, GroupID: r.GroupID,
		Endpoint: r.Endpoint, Target: r.Target, State: r.State, Attempts: r.Attempts,
		NextAttempt: r.NextAttempt.time(), RetrySince: r.RetrySince.time(),
		TimeCreated: r.TimeCreated.time(), TimeUpdated: r.TimeUpdated.time(),
	}
}

// owe adds the delivery of a group that has ended to a folder with a webhook.
func owe(ctx context.Context, tx bun.Tx, f *folderRow, groupID bonafide.ID) error {
	at := microsOf(now())
	_, err := tx.NewInsert().Model(&deliveryRow{
		ID: bonafide.NewID(), FolderID: f.ID, CompanyID: f.CompanyID, GroupID: groupID,
		Endpoint: f.ResolutionEndpoint, Target: target(f.ResolutionEndpoint), State: bonafide.DeliveryPending,
		NextAttempt: at, RetrySince: at, TimeCreated: at, TimeUpdated: at,
	}).Exec(ctx)
	return err
}

// target names the receiver of an endpoint. What cannot be read is a receiver of
// its own.
func target(endpoint string) string {
	u, err := url.Parse(endpoint)
	if err != nil || u.Host == "" {
		return endpoint
	}
	return u.Host
}

// Delivery implements store.Deliveries.
func (s *Store) Delivery(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Delivery, error) {
	return delivery(ctx, s.Reader(), scope, id)
}

func delivery(ctx context.Context, db bun.IDB, scope bonafide.Scope, id bonafide.ID) (*bonafide.Delivery, error) {
	var row deliveryRow
	if err := listing.OfFolder("delivery").Within(db.NewSelect().Model(&row).Where("delivery.id = ?", id), scope).Scan(ctx); err != nil {
		return nil, missing("Webhook delivery", err)
	}
	var attempts []attemptRow
	if err := db.NewSelect().Model(&attempts).Where("delivery_id = ?", id).Order("number").Scan(ctx); err != nil {
		return nil, Failure(err)
	}
	d := row.delivery()
	d.History = make([]bonafide.DeliveryAttempt, len(attempts))
	for i := range attempts {
		d.History[i] = attempts[i].attempt()
	}
	return &d, nil
}

// Deliveries implements store.Deliveries.
func (s *Store) Deliveries(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.Delivery], error) {
	return page(ctx, s, deliveryList(scope), q, (*deliveryRow).delivery)
}

func deliveryList(scope bonafide.Scope) listing.List {
	return listing.List{Owner: listing.OfFolder("delivery"), Scope: scope, Tie: "delivery.row_id", Fields: map[string]listing.Field{
		"delivery_id":  {Column: "delivery.id"},
		"folder_id":    {Column: "delivery.folder_id", Sorts: true},
		"company_id":   {Column: "delivery.company_id", Sorts: true},
		"group_id":     {Column: "delivery.group_id"},
		"state":        {Column: "delivery.state"},
		"time_created": {Type: listing.Instant, Column: "delivery.time_created", Sorts: true},
		"time_updated": {Type: listing.Instant, Column: "delivery.time_updated", Sorts: true},
	}}
}

// ReplayDelivery implements store.Deliveries.
func (s *Store) ReplayDelivery(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Delivery, error) {
	var d *bonafide.Delivery
	err := s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		var err error
		if d, err = delivery(ctx, tx, scope, id); err != nil {
			return err
		}
		f, err := folderByID(ctx, tx, d.FolderID)
		if err != nil {
			return err
		}
		if f.ResolutionEndpoint != "" {
			d.Endpoint, d.Target = f.ResolutionEndpoint, target(f.ResolutionEndpoint)
		}
		at := now()
		d.State, d.NextAttempt, d.RetrySince, d.TimeUpdated = bonafide.DeliveryPending, at, at, at
		_, err = tx.NewUpdate().Model((*deliveryRow)(nil)).Where("id = ?", id).
			Set("endpoint = ?, target = ?, state = ?", d.Endpoint, d.Target, d.State).
			Set("next_attempt = ?0, retry_since = ?0, time_updated = ?0", microsOf(at)).Exec(ctx)
		return err
	})
	if err != nil {
		return nil, err
	}
	s.ring()
	return d, nil
}

// ring tells whoever listens that a delivery is owed. More rings than one would
// mean the same.
func (s *Store) ring() {
	select {
	case s.owed <- struct{}{}:
	default:
	}
}

// DeliveryBell implements store.Deliveries.
func (s *Store) DeliveryBell() <-chan struct{} { return s.owed }

type secretRow struct {
	bun.BaseModel `bun:"table:webhook_secrets,alias:webhook_secret"`

	ID          bonafide.ID `bun:"id"`
	CompanyID   bonafide.ID `bun:"company_id,nullzero"`
	Secret      string      `bun:"secret"`
	TimeCreated micros      `bun:"time_created"`
}

// CreateWebhookSecret implements store.Deliveries.
func (s *Store) CreateWebhookSecret(ctx context.Context, secret *bonafide.WebhookSecret) error {
	if secret.TimeCreated.IsZero() {
		secret.TimeCreated = now()
	}
	row := secretRow{ID: secret.ID, CompanyID: secret.CompanyID, Secret: secret.Secret, TimeCreated: microsOf(secret.TimeCreated)}
	return s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := tx.NewSelect().Model((*secretRow)(nil)).Where("company_id IS NOT DISTINCT FROM ?", nullable(secret.CompanyID)).Count(ctx)
		if err != nil {
			return err
		}
		if n >= bonafide.MaxWebhookSecrets {
			return bonafide.Errorf(bonafide.CodeFull, "A company has at most %d webhook secrets, delete one first", bonafide.MaxWebhookSecrets)
		}
		_, err = tx.NewInsert().Model(&row).Exec(ctx)
		return err
	})
}

// WebhookSecrets implements store.Deliveries.
func (s *Store) WebhookSecrets(ctx context.Context, companyID bonafide.ID) ([]bonafide.WebhookSecret, error) {
	var rows []secretRow
	err := s.Reader().NewSelect().Model(&rows).Where("company_id IS NOT DISTINCT FROM ?", nullable(companyID)).Order("row_id DESC").Scan(ctx)
	if err != nil {
		return nil, Failure(err)
	}
	secrets := make([]bonafide.WebhookSecret, len(rows))
	for i, r := range rows {
		secrets[i] = bonafide.WebhookSecret{ID: r.ID, CompanyID: r.CompanyID, Secret: r.Secret, TimeCreated: r.TimeCreated.time()}
	}
	return secrets, nil
}

// DeleteWebhookSecret implements store.Deliveries.
func (s *Store) DeleteWebhookSecret(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error {
	return s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		q := tx.NewDelete().Model((*secretRow)(nil)).Where("id = ?", id)
		if scope.CompanyID != "" {
			q = q.Where("company_id = ?", scope.CompanyID)
		}
		if scope.Nothing {
			q = q.Where("FALSE")
		}
		res, err := q.Exec(ctx)
		return changed("Webhook secret", res, err)
	})
}
