package auth

import (
	"slices"
	"strings"

	"github.com/bonafide-id/bonafide"
)

// Permission is something that a role may or may not do: an object and what is
// done to it.
type Permission string

// The permissions.
const (
	CompanyCreate Permission = "company.create"
	CompanyRead   Permission = "company.read"
	CompanyUpdate Permission = "company.update"
	CompanyDelete Permission = "company.delete"

	UserCreate Permission = "user.create"
	UserRead   Permission = "user.read"
	UserUpdate Permission = "user.update"
	UserDelete Permission = "user.delete"

	SessionEnd         Permission = "session.end" // to sign out
	SessionRead        Permission = "session.read"
	SessionRevoke      Permission = "session.revoke" // to end a session that is not that of the call
	ServiceTokenCreate Permission = "service_token.create"
	CaptureTokenCreate Permission = "capture_token.create"

	FolderCreate Permission = "folder.create"
	FolderRead   Permission = "folder.read"
	FolderUpdate Permission = "folder.update"
	FolderDelete Permission = "folder.delete"

	MediaCreate Permission = "media.create"
	MediaRead   Permission = "media.read"
	MediaUpdate Permission = "media.update"
	MediaDelete Permission = "media.delete"

	AnalysisOrder  Permission = "analysis.order" // narrowed by the user's can_start flags
	AnalysisRead   Permission = "analysis.read"
	AnalysisUpdate Permission = "analysis.update" // its metadata
	AnalysisDelete Permission = "analysis.delete"
	AnalysisDecide Permission = "analysis.decide" // the operator's decision

	CollectionCreate Permission = "collection.create"
	CollectionRead   Permission = "collection.read"
	CollectionUpdate Permission = "collection.update"
	CollectionDelete Permission = "collection.delete"

	PersonCreate Permission = "person.create"
	PersonRead   Permission = "person.read"
	PersonSearch Permission = "person.search" // by a photo of which nothing is kept
	PersonUpdate Permission = "person.update"
	PersonDelete Permission = "person.delete"

	TemplateCreate Permission = "report_template.create"
	TemplateRead   Permission = "report_template.read"
	TemplateUpdate Permission = "report_template.update"
	TemplateDelete Permission = "report_template.delete"

	ReportCreate Permission = "report.create"
	ReportRead   Permission = "report.read"
	ReportDelete Permission = "report.delete"

	WebhookRead         Permission = "webhook.read"
	WebhookReplay       Permission = "webhook.replay"
	WebhookSecretCreate Permission = "webhook_secret.create"
	WebhookSecretRead   Permission = "webhook_secret.read"
	WebhookSecretDelete Permission = "webhook_secret.delete"

	StatisticsRead Permission = "statistics.read"
	SettingsRead   Permission = "settings.read"
	AuditRead      Permission = "audit.read"
	EventCreate    Permission = "event_session.create"
)

// Reach says on whose objects a permission holds.
type Reach int

// The reaches, each wider than the one before.
const (
	Nothing Reach = iota
	Own           // objects that the user made, or the user itself
	Company       // objects of the user's company
	All           // objects of all companies
)

// Roles lists the roles in the order of the columns of Matrix.
func Roles() [6]bonafide.UserType {
	return [6]bonafide.UserType{bonafide.Admin, bonafide.Operator, bonafide.Client,
		bonafide.ClientAdmin, bonafide.ClientOperator, bonafide.ClientService}
}

// Rule is one row of the role matrix.
type Rule struct {
	Permission Permission
	Reach      [6]Reach // by role, in the order of Roles
}

// Matrix is who may do what. What is not in it, nobody may.
func Matrix() []Rule {
	const n, s, c, a = Nothing, Own, Company, All
	return []Rule{
		// ADMIN, OPERATOR, CLIENT, CLIENT_ADMIN, CLIENT_OPERATOR, CLIENT_SERVICE
		{CompanyCreate, [6]Reach{a, n, n, n, n, n}},
		{CompanyRead, [6]Reach{a, a, c, c, c, c}},
		{CompanyUpdate, [6]Reach{a, n, n, c, n, n}},
		{CompanyDelete, [6]Reach{a, n, n, n, n, n}},
		{UserCreate, [6]Reach{a, n, n, c, n, n}},
		{UserRead, [6]Reach{a, a, s, c, c, s}},
		{UserUpdate, [6]Reach{a, s, s, c, s, n}},
		{UserDelete, [6]Reach{a, n, n, c, n, n}},
		{SessionEnd, [6]Reach{s, s, s, s, s, s}},
		{SessionRead, [6]Reach{a, s, s, c, s, s}},
		{SessionRevoke, [6]Reach{a, s, s, c, s, n}},
		{ServiceTokenCreate, [6]Reach{a, n, n, c, n, s}},
		{CaptureTokenCreate, [6]Reach{a, n, s, s, s, s}},
		{FolderCreate, [6]Reach{a, n, s, c, n, c}},
		{FolderRead, [6]Reach{a, a, s, c, c, c}},
		{FolderUpdate, [6]Reach{a, n, s, c, n, c}},
		{FolderDelete, [6]Reach{a, n, n, c, n, n}},
		{MediaCreate, [6]Reach{a, n, s, c, n, c}},
		{MediaRead, [6]Reach{a, a, s, c, c, c}},
		{MediaUpdate, [6]Reach{a, n, s, c, n, c}},
		{MediaDelete, [6]Reach{a, n, n, c, n, n}},
		{AnalysisOrder, [6]Reach{a, n, s, c, n, c}},
		{AnalysisRead, [6]Reach{a, a, s, c, c, c}},
		{AnalysisUpdate, [6]Reach{a, n, s, c, n, c}},
		{AnalysisDelete, [6]Reach{a, n, n, c, n, n}},
		{AnalysisDecide, [6]Reach{n, a, n, n, c, n}},
		{CollectionCreate, [6]Reach{a, n, n, c, n, n}},
		{CollectionRead, [6]Reach{a, a, c, c, c, c}},
		{CollectionUpdate, [6]Reach{a, n, n, c, n, n}},
		{CollectionDelete, [6]Reach{a, n, n, c, n, n}},
		{PersonCreate, [6]Reach{a, n, n, c, n, c}},
		{PersonRead, [6]Reach{a, a, n, c, c, c}},
		{PersonSearch, [6]Reach{a, a, n, c, c, c}},
		{PersonUpdate, [6]Reach{a, n, n, c, n, n}},
		{PersonDelete, [6]Reach{a, n, n, c, n, n}},
		{TemplateCreate, [6]Reach{a, n, n, c, n, n}},
		{TemplateRead, [6]Reach{a, a, c, c, c, c}},
		{TemplateUpdate, [6]Reach{a, n, n, c, n, n}},
		{TemplateDelete, [6]Reach{a, n, n, c, n, n}},
		{ReportCreate, [6]Reach{a, a, s, c, c, c}},
		{ReportRead, [6]Reach{a, a, s, c, c, c}},
		{ReportDelete, [6]Reach{a, n, n, c, n, n}},
		{WebhookRead, [6]Reach{a, a, s, c, c, c}},
		{WebhookReplay, [6]Reach{a, n, s, c, n, c}},
		{WebhookSecretCreate, [6]Reach{a, n, n, c, n, n}},
		{WebhookSecretRead, [6]Reach{a, n, n, c, n, n}},
		{WebhookSecretDelete, [6]Reach{a, n, n, c, n, n}},
		{StatisticsRead, [6]Reach{a, a, n, c, c, n}},
		{SettingsRead, [6]Reach{a, n, n, n, n, n}},
		{AuditRead, [6]Reach{a, n, n, n, n, n}},
		{EventCreate, [6]Reach{a, s, s, s, s, s}},
	}
}

// Caller is a user who showed a valid token.
type Caller struct {
	User    bonafide.User
	Session int64
}

// May gives the objects on which the caller may do this. Where there are none
// it is CodeForbidden, and the scope has Nothing set.
func (c *Caller) May(p Permission) (bonafide.Scope, error) {
	switch ReachOf(c.User.Type, p) {
	case All:
		return bonafide.Scope{}, nil
	case Company:
		if c.User.CompanyID != "" { // an empty one would limit nothing
			return bonafide.Scope{CompanyID: c.User.CompanyID}, nil
		}
	case Own:
		if c.User.ID != "" {
			return bonafide.Scope{CompanyID: c.User.CompanyID, UserID: c.User.ID}, nil
		}
	}
	return bonafide.Scope{Nothing: true}, Forbidden()
}

// Forbidden is the CodeForbidden error for what a role does not permit.
func Forbidden() error {
	return bonafide.Errorf(bonafide.CodeForbidden, "You have no access to this operation")
}

// Either is a permission that holds where one of the two does.
func Either(a, b Permission) Permission { return a + either + b }

const either = " or "

// ReachOf looks one cell of Matrix up, the wider one of an Either.
func ReachOf(role bonafide.UserType, p Permission) Reach {
	if a, b, two := strings.Cut(string(p), either); two {
		return max(ReachOf(role, Permission(a)), ReachOf(role, Permission(b)))
	}
	roles := Roles()
	column := slices.Index(roles[:], role)
	if column < 0 {
		return Nothing
	}
	for _, rule := range Matrix() {
		if rule.Permission == p {
			return rule.Reach[column]
		}
	}
	return Nothing
}
