package rows

import (
	"context"
	"net/url"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
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
	NextAttempt table.Micros           `bun:"next_attempt"`
	RetrySince  table.Micros           `bun:"retry_since"`
	LeasedUntil table.Micros           `bun:"leased_until"`
	TimeCreated table.Micros           `bun:"time_created"`
	TimeUpdated table.Micros           `bun:"time_updated"`
}

func (r *deliveryRow) delivery() bonafide.Delivery {
	return bonafide.Delivery{
		ID: r.ID, FolderID: r.FolderID, CompanyID: r.CompanyID, GroupID: r.GroupID,
		Endpoint: r.Endpoint, Target: r.Target, State: r.State, Attempts: r.Attempts,
		NextAttempt: r.NextAttempt.Time(), RetrySince: r.RetrySince.Time(),
		TimeCreated: r.TimeCreated.Time(), TimeUpdated: r.TimeUpdated.Time(),
	}
}

// owe adds the delivery of a group that has ended to a folder with a webhook.
func owe(ctx context.Context, tx bun.Tx, f *folderRow, groupID bonafide.ID) error {
	at := table.MicrosOf(table.Now())
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
		return nil, table.Missing("Webhook delivery", err)
	}
	var attempts []attemptRow
	if err := db.NewSelect().Model(&attempts).Where("delivery_id = ?", id).Order("number").Scan(ctx); err != nil {
		return nil, table.Failure(err)
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
	return table.Page(ctx, s, deliveryList(scope), q, (*deliveryRow).delivery)
}

func deliveryList(scope bonafide.Scope) listing.List {
	return listing.List{Owner: listing.OfFolder("delivery"), Scope: scope, Tie: "delivery.row_id", Key: "delivery.id", Fields: map[string]listing.Field{
		"delivery_id":  {Column: "delivery.id"},
		"folder_id":    {Column: "delivery.folder_id", Sorts: true},
		"company_id":   {Column: "delivery.company_id", Sorts: true, Null: true},
		"group_id":     {Column: "delivery.group_id"},
		"state":        {Column: "delivery.state"},
		"time_created": {Type: listing.Instant, Column: "delivery.time_created", Sorts: true},
		"time_updated": {Type: listing.Instant, Column: "delivery.time_updated", Sorts: true},
	}}
}

// ReplayDelivery implements store.Deliveries.
func (s *Store) ReplayDelivery(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Delivery, error) {
	var d *bonafide.Delivery
	err := s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
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
		at := table.Now()
		d.State, d.NextAttempt, d.RetrySince, d.TimeUpdated = bonafide.DeliveryPending, at, at, at
		_, err = tx.NewUpdate().Model((*deliveryRow)(nil)).Where("id = ?", id).
			Set("endpoint = ?, target = ?, state = ?", d.Endpoint, d.Target, d.State).
			Set("next_attempt = ?0, retry_since = ?0, time_updated = ?0", table.MicrosOf(at)).Exec(ctx)
		return err
	})
	if err != nil {
		return nil, err
	}
	s.WakeDeliveries()
	return d, nil
}

// WakeDeliveries tells whoever listens that a delivery is owed. More rings than one would
// mean the same.
func (s *Store) WakeDeliveries() {
	select {
	case s.owed <- struct{}{}:
	default:
	}
}

// DeliveryBell implements store.Deliveries.
func (s *Store) DeliveryBell() <-chan struct{} { return s.owed }

type secretRow struct {
	bun.BaseModel `bun:"table:webhook_secrets,alias:webhook_secret"`

	ID          bonafide.ID  `bun:"id"`
	CompanyID   bonafide.ID  `bun:"company_id,nullzero"`
	Secret      string       `bun:"secret"`
	TimeCreated table.Micros `bun:"time_created"`
}

// CreateWebhookSecret implements store.Deliveries.
func (s *Store) CreateWebhookSecret(ctx context.Context, secret *bonafide.WebhookSecret) error {
	if secret.TimeCreated.IsZero() {
		secret.TimeCreated = table.Now()
	}
	row := secretRow{ID: secret.ID, CompanyID: secret.CompanyID, Secret: secret.Secret, TimeCreated: table.MicrosOf(secret.TimeCreated)}
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := tx.NewSelect().Model((*secretRow)(nil)).Where("?", table.OfCompany("company_id", secret.CompanyID)).Count(ctx)
		if err != nil {
			return err
		}
		if n >= store.MaxWebhookSecrets {
			return bonafide.Errorf(bonafide.CodeFull, "A company has at most %d webhook secrets, delete one first", store.MaxWebhookSecrets)
		}
		_, err = tx.NewInsert().Model(&row).Exec(ctx)
		return err
	})
}

// WebhookSecrets implements store.Deliveries.
func (s *Store) WebhookSecrets(ctx context.Context, companyID bonafide.ID) ([]bonafide.WebhookSecret, error) {
	var rows []secretRow
	err := s.Reader().NewSelect().Model(&rows).Where("?", table.OfCompany("company_id", companyID)).Order("row_id DESC").Scan(ctx)
	if err != nil {
		return nil, table.Failure(err)
	}
	secrets := make([]bonafide.WebhookSecret, len(rows))
	for i, r := range rows {
		secrets[i] = bonafide.WebhookSecret{ID: r.ID, CompanyID: r.CompanyID, Secret: r.Secret, TimeCreated: r.TimeCreated.Time()}
	}
	return secrets, nil
}

// DeleteWebhookSecret implements store.Deliveries.
func (s *Store) DeleteWebhookSecret(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		q := tx.NewDelete().Model((*secretRow)(nil)).Where("id = ?", id)
		if scope.CompanyID != "" {
			q = q.Where("company_id = ?", scope.CompanyID)
		}
		if scope.Nothing {
			q = q.Where("FALSE")
		}
		res, err := q.Exec(ctx)
		return table.Changed("Webhook secret", res, err)
	})
}
