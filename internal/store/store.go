// Package store is the contract of the rooms that keep everything but blobs: one
// interface for each noun, and Store, their sum.
//
// Every method is safe for concurrent use and is atomic: it is stored and flushed
// to disk as a whole when it returns nil, or not at all. Missing objects, and
// objects outside the scope, are CodeNotFound. Objects that are made get the times
// that the caller left open.
//
// A method named Change reads an object, lets change make of it what it shall be and
// stores that, in one transaction that no other process comes between; it gives what
// is stored. change must not touch the store, may be called more than once, and its
// error is returned as it is, with nothing changed.
//
// What is deleted is gone with all that hangs on it: rows, queue entries, files
// and so their links. Its blobs follow with the next SweepBlobs. A worker that is
// busy with it meanwhile brings nothing back. A folder under legal hold, and what
// is in it, cannot be deleted: CodeForbidden.
package store

import (
	"context"
	"time"

	"github.com/bonafide-id/bonafide"
)

// Store keeps everything but blobs.
type Store interface {
	Companies
	Users
	Sessions
	SignInFailures
	KnownSources
	RequestRates
	Secrets
	Metas
	Folders
	MediaFiles
	Files
	Sightings
	CaptureSessions
	Analyses
	Collections
	Persons
	PersonImages
	Templates
	References
	Imports
	Merges
	Reports
	ReportTemplates
	ReportAttachments
	Deliveries
	WebhookSecrets
	Events
	CaptureLinks
	Audit
	Retention
	Statistics

	Close() error
}

// Queue hands ordered groups to workers, of several processes where the store lets
// them. Delivery is at least once: what a process was running that has ended, or was
// not heard of for a while, is handed to another. Companies are served in turn: the
// next group is of the one of which the fewest are being run, and of several such of
// the one after that which was served last. The groups of one come in the order in
// which they were made.
type Queue interface {
	// Work runs workers goroutines until ctx ends, then waits for those running. run
	// is called once per attempt; attempt counts from 1, last is set when no
	// further attempt will follow: that is the third. An attempt that the end of the
	// whole process cut short does not count, since the crash may have another cause; a
	// group that was cut short ten times ends as FAILED all the same. Nor does one that
	// gives CodeBusy, since what it lacked may come back, unless the order is an hour old.
	Work(ctx context.Context, workers int, run func(ctx context.Context, groupID bonafide.ID, attempt int, last bool) error) error
}

// Companies keeps companies. A scope with CompanyID sees that company.
type Companies interface {
	// CreateCompany stores a company with its blacklist.
	CreateCompany(ctx context.Context, c *bonafide.Company) error
	Company(ctx context.Context, id bonafide.ID) (*bonafide.Company, error)
	Companies(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.Company], error)
	// ChangeCompany changes name, TechnicalMeta and days.
	ChangeCompany(ctx context.Context, scope bonafide.Scope, id bonafide.ID, change func(*bonafide.Company) error) (*bonafide.Company, error)
	// CloseCompany sets InDeletion, deactivates the company's users and ends their
	// sessions. Closing twice is no error.
	CloseCompany(ctx context.Context, id bonafide.ID) error
	// DeleteCompany deletes a company with its users and empty collections. CodeValue
	// while anything else of it is left.
	DeleteCompany(ctx context.Context, id bonafide.ID) error
}

// Users keeps users. A scope with CompanyID sees that company's users, one with
// UserID that user.
type Users interface {
	CreateUser(ctx context.Context, u *bonafide.User) error // CodeExists on a taken e-mail
	User(ctx context.Context, id bonafide.ID) (*bonafide.User, error)
	UserByEmail(ctx context.Context, email string) (*bonafide.User, error)
	Users(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.User], error)
	// ChangeUser changes everything but metadata and the time of creation.
	ChangeUser(ctx context.Context, scope bonafide.Scope, id bonafide.ID, change func(*UserEdit) error) (*bonafide.User, error)
	// DeleteUser deletes a user with their sessions, unless allow refuses. Their folders
	// stay without an owner.
	DeleteUser(ctx context.Context, scope bonafide.Scope, id bonafide.ID, allow func(*UserEdit) error) error
}

// Sessions of one account that have not ended.
const (
	// MaxServiceTokens is how many tokens of a service account there may be. One more
	// is refused.
	MaxServiceTokens = 20
	// MaxSignIns is how many sign-ins of an account are kept. With one more, the one
	// that was not used for longest ends.
	MaxSignIns = 1000
)

// Sessions keeps sign-ins. What was refreshed from one sign-in is a family.
type Sessions interface {
	// CreateSession fills s.ID and, where it begins a family, FamilyID and TimeStarted.
	// A session that refreshes another is CodeNotFound where that has ended or was
	// replaced. CodeFull where the account has MaxServiceTokens; of more than MaxSignIns
	// the one that was not used for longest ends.
	CreateSession(ctx context.Context, s *bonafide.Session) error
	SessionByAccess(ctx context.Context, accessHash string) (*bonafide.Session, error)
	SessionByRefresh(ctx context.Context, refreshHash string) (*bonafide.Session, error)
	// ConfirmSession clears ParentID; the parent, and whatever else refreshes it, is
	// replaced. It is CodeNotFound where the session was replaced itself.
	ConfirmSession(ctx context.Context, id int64) error
	// TouchSession stores the new ExpiresAt and TimeUpdated. It may be lost in a crash.
	TouchSession(ctx context.Context, s *bonafide.Session) error
	// SessionsOf gives of each family of a user the session in use, newest first.
	SessionsOf(ctx context.Context, user bonafide.ID) ([]bonafide.Session, error)
	// DeleteSession deletes the family of a session.
	DeleteSession(ctx context.Context, id int64) error
}

// SignInFailures counts failed sign-ins by keys, such as an account and an address. It
// is shared by all processes, bounded, and may lose some in a crash.
type SignInFailures interface {
	// SignInFailures tells of those keys of which failures are known.
	SignInFailures(ctx context.Context, keys ...string) (map[string]FailureRow, error)
	// FailSignIn adds a failure at that time to each key.
	FailSignIn(ctx context.Context, at time.Time, failures ...Failure) error
	// PassSignIn ends the counts of the keys.
	PassSignIn(ctx context.Context, keys ...string) error
}

// Failure says how a failure of a key is counted.
type Failure struct {
	Key    string
	Forget time.Duration // since the last failure, in which one is forgotten
	Most   int           // the count does not exceed this
}

// FailureRow is the count of a key.
type FailureRow struct {
	Failures int
	Last     time.Time
}

// KnownSources remembers from where accounts have signed in, both by digest. It is
// shared by all processes, bounded, and may lose some in a crash.
type KnownSources interface {
	// KnownSource tells whether the account has signed in from the source since then.
	KnownSource(ctx context.Context, account, source string, since time.Time) (bool, error)
	// KnowSource notes a sign-in, unless one was noted within the time given. Of an
	// account the newest sources are kept.
	KnowSource(ctx context.Context, account, source string, at time.Time, again time.Duration) error
}

// Secrets keeps keys of the installation, which all processes share.
type Secrets interface {
	// Secret gives the secret of that name. Where there is none yet, it is the one that
	// create makes; of several processes that do so at once, all get the same.
	Secret(ctx context.Context, name string, create func() ([]byte, error)) ([]byte, error)
	// ForgetSecrets deletes those whose names begin with the prefix, but for the kept.
	ForgetSecrets(ctx context.Context, prefix string, kept ...string) error
}

// Metas reads and changes the metadata of objects of all kinds alike.
type Metas interface {
	Meta(ctx context.Context, scope bonafide.Scope, kind bonafide.Kind, id bonafide.ID) (bonafide.Meta, error)
	// ChangeMeta replaces metadata by what change makes of it and gives that.
	ChangeMeta(ctx context.Context, scope bonafide.Scope, kind bonafide.Kind, id bonafide.ID,
		change func(bonafide.Meta) (bonafide.Meta, error)) (bonafide.Meta, error)
}

// Folders keeps folders.
type Folders interface {
	// CreateFolder stores a folder with its media and, where order is not nil, its
	// first group of analyses, and queues that group.
	CreateFolder(ctx context.Context, f *bonafide.Folder, media []bonafide.Media, order *Order) error
	Folder(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Folder, error)
	Folders(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.Folder], error)
	// ChangeFolder changes metadata, endpoint and legal hold.
	ChangeFolder(ctx context.Context, scope bonafide.Scope, id bonafide.ID, change func(*bonafide.Folder) error) (*bonafide.Folder, error)
	// AddToFolder adds media and analyses to a folder, all or nothing.
	AddToFolder(ctx context.Context, id bonafide.ID, a Addition) error
	// DecideFolder keeps what an operator decides beside what the system found.
	DecideFolder(ctx context.Context, scope bonafide.Scope, id bonafide.ID, d bonafide.OperatorDecision) error
	// DeleteFolder deletes a folder with media, analyses and reports.
	DeleteFolder(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error
}

// MediaFiles keeps the media of folders.
type MediaFiles interface {
	Media(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Media, error)
	// MediaOf gives the media of the folders in upload order, keyed by folder.
	MediaOf(ctx context.Context, folderIDs ...bonafide.ID) (map[bonafide.ID][]bonafide.Media, error)
	// ChangeMedia changes tags and metadata.
	ChangeMedia(ctx context.Context, scope bonafide.Scope, id bonafide.ID, change func(*bonafide.Media) error) (*bonafide.Media, error)
	// DeleteMedia deletes a media and the best shots that were cut out of it.
	// Analyses of it stay with their results; one that is still to be run on it
	// fails.
	DeleteMedia(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error
}

// Files knows which blobs are named by links.
type Files interface {
	// FileByKey finds a file (original, thumb or best shot) by the key in its link.
	FileByKey(ctx context.Context, key string) (*bonafide.File, error)
	// ClaimBlobs is a blob.Claim: it keeps SweepBlobs off the blobs for the next
	// minutes, within which files must name them.
	ClaimBlobs(ctx context.Context, digests ...string) error
	// HoldBlobs keeps SweepBlobs off all blobs until then, for a backup that copies them.
	// It may be prolonged; a hold that is later stands.
	HoldBlobs(ctx context.Context, until time.Time) error
	// UnknownBlobs gives those of the digests that no file names and no claim holds.
	UnknownBlobs(ctx context.Context, digests ...string) ([]string, error)
	// SweepBlobs calls remove for blobs that no file names any more, among those
	// that files have named or Put has claimed, unless a claim holds beyond now. A
	// blob that remove fails on is left for the next sweep. It gives the number of
	// blobs removed.
	SweepBlobs(ctx context.Context, now time.Time, remove func(ctx context.Context, digest string) error) (int, error)
}

// Sightings finds media again.
type Sightings interface {
	// Earlier gives media that were stored before m, in other folders of m's company,
	// and have the same bytes or a print at most bits away: first the exact ones, then
	// the nearest, the oldest first among equals, a handful of either. Beyond 3 bits
	// some may be missed.
	Earlier(ctx context.Context, m *bonafide.Media, bits int) ([]bonafide.Sighting, error)
}

// Analyses keeps ordered analyses and their results.
type Analyses interface {
	Analysis(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Analysis, error)
	Analyses(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.Analysis], error)
	// AnalysesOf gives the analyses of the folders in order of creation, keyed by folder.
	AnalysesOf(ctx context.Context, folderIDs ...bonafide.ID) (map[bonafide.ID][]bonafide.Analysis, error)
	// Group gives the analyses of one group.
	Group(ctx context.Context, groupID bonafide.ID) ([]bonafide.Analysis, error)
	// FinishGroup ends those analyses of the group that are still PROCESSING and
	// leaves the others as they are: a second call changes nothing. The end of the
	// last one adds a Delivery where the folder has a ResolutionEndpoint.
	FinishGroup(ctx context.Context, groupID bonafide.ID, results []bonafide.AnalysisResult) error
	// DecideAnalysis keeps what an operator decides beside what the system found. It
	// is CodeValue unless the analysis is FINISHED.
	DecideAnalysis(ctx context.Context, scope bonafide.Scope, id bonafide.ID, d bonafide.OperatorDecision) error
	// DeleteAnalysis deletes an analysis with its best shots and settles the folder
	// anew.
	DeleteAnalysis(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error
}

// Collections keeps lists of people.
type Collections interface {
	CreateCollection(ctx context.Context, c *bonafide.PersonCollection) error
	Collection(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.PersonCollection, error)
	Collections(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.PersonCollection], error)
	// ChangeCollection changes alias and metadata.
	ChangeCollection(ctx context.Context, scope bonafide.Scope, id bonafide.ID, change func(*bonafide.PersonCollection) error) (*bonafide.PersonCollection, error)
	// DeleteCollection deletes a collection with its persons and their images.
	DeleteCollection(ctx context.Context, id bonafide.ID) error
}

// Persons keeps the entries of collections.
type Persons interface {
	// CreatePerson stores a person with images. It writes missing times, and the ids
	// of company, collection and person, into what it is given.
	CreatePerson(ctx context.Context, p *bonafide.Person, images []bonafide.PersonImage) error
	Person(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Person, error)
	Persons(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.Person], error)
	// ChangePerson changes metadata.
	ChangePerson(ctx context.Context, scope bonafide.Scope, id bonafide.ID, change func(*bonafide.Person) error) (*bonafide.Person, error)
	// DeletePerson deletes a person with their images.
	DeletePerson(ctx context.Context, id bonafide.ID) error
}

// PersonImages keeps the photos of persons, each with its template.
type PersonImages interface {
	AddPersonImages(ctx context.Context, personID bonafide.ID, images []bonafide.PersonImage) error
	PersonImages(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.PersonImage], error)
	// ImagesOf gives the images of the persons in order of upload, keyed by person.
	ImagesOf(ctx context.Context, personIDs ...bonafide.ID) (map[bonafide.ID][]bonafide.PersonImage, error)
	DeletePersonImage(ctx context.Context, id bonafide.ID) error
}

// References is what a gallery is filled from, and kept like.
type References interface {
	// References gives all references that were made by the model.
	References(ctx context.Context, model bonafide.ModelRef, each func(bonafide.Reference) error) error
	// ReferenceChanges tells what has become of references after the change of that
	// number, of whatever process, and how many references a collection has at the same
	// moment. Each change of references raises the number by at least one in the order
	// in which they are committed.
	ReferenceChanges(ctx context.Context, model bonafide.ModelRef, after int64, collectionID bonafide.ID) (ReferenceChanges, error)
	// PersonsOf tells which of the images exist, and whose they are.
	PersonsOf(ctx context.Context, imageIDs ...bonafide.ID) (map[bonafide.ID]bonafide.ID, error)
}

// Reports keeps reports. They hold pictures and results, so that all reports of a
// folder go when something is deleted in it.
type Reports interface {
	// CreateReport stores a report of a folder as it was at asOf, its TimeUpdated. It
	// is CodeExists where the folder has changed since, CodeFull where it has
	// MaxReports. It fills CompanyID and a missing TimeCreated.
	CreateReport(ctx context.Context, r *bonafide.Report, asOf time.Time) error
	Report(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Report, error)
	// ReportsOf gives the reports of a folder in order of creation.
	ReportsOf(ctx context.Context, folderID bonafide.ID) ([]bonafide.Report, error)
	DeleteReport(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error
}

// ReportTemplates keeps templates of reports. Storing one that is the default makes
// it the only one of its company.
type ReportTemplates interface {
	// CreateReportTemplate is CodeFull where the company has MaxReportTemplates.
	CreateReportTemplate(ctx context.Context, t *bonafide.ReportTemplate) error
	ReportTemplate(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.ReportTemplate, error)
	// ReportTemplates gives all inside the scope in order of creation.
	ReportTemplates(ctx context.Context, scope bonafide.Scope) ([]bonafide.ReportTemplate, error)
	// ChangeReportTemplate changes everything but the company.
	ChangeReportTemplate(ctx context.Context, scope bonafide.Scope, id bonafide.ID, change func(*bonafide.ReportTemplate) error) (*bonafide.ReportTemplate, error)
	// DeleteReportTemplate deletes a template with its attachments.
	DeleteReportTemplate(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error
	// DeleteReportTemplatesOf deletes all templates of a company.
	DeleteReportTemplatesOf(ctx context.Context, company bonafide.ID) error
}

// ReportAttachments keeps the pictures of templates.
type ReportAttachments interface {
	// AddReportAttachments adds pictures to a template and writes company and times into
	// them. It is CodeFull where there would be more than MaxReportAttachments.
	AddReportAttachments(ctx context.Context, template bonafide.ID, all []bonafide.ReportAttachment) error
	ReportAttachment(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.ReportAttachment, error)
	// ReportAttachments gives those of a template in the order in which they were added.
	ReportAttachments(ctx context.Context, template bonafide.ID) ([]bonafide.ReportAttachment, error)
	DeleteReportAttachment(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error
}

// Deliveries keeps webhook deliveries until they are made, and their history.
type Deliveries interface {
	// ClaimDeliveries begins attempts of deliveries that are due, within the limits.
	// Companies with the fewest attempts under way come first. A claimed delivery is
	// leased to the caller; when the lease runs out before EndAttempt, it is due again.
	ClaimDeliveries(ctx context.Context, lease time.Duration, most DeliveryLimits) ([]bonafide.Delivery, error)
	// EndAttempt writes down how the attempt went, and the delivery's new State and
	// NextAttempt. The latter are left alone where a newer attempt has begun.
	EndAttempt(ctx context.Context, d *bonafide.Delivery, a bonafide.DeliveryAttempt) error
	// DeliveryBell rings, without being waited for, when a delivery was added or
	// replayed in this process.
	DeliveryBell() <-chan struct{}
	// Delivery gives one delivery with its history.
	Delivery(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Delivery, error)
	Deliveries(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.Delivery], error)
	// ReplayDelivery makes a delivery due at once, to the folder's endpoint as it is
	// now, whatever has become of it before.
	ReplayDelivery(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Delivery, error)
}

// WebhookSecrets keeps the keys that deliveries are signed with.
type WebhookSecrets interface {
	// CreateWebhookSecret is CodeFull where the company has MaxWebhookSecrets.
	CreateWebhookSecret(ctx context.Context, s *bonafide.WebhookSecret) error
	// WebhookSecrets gives the secrets of one company, newest first.
	WebhookSecrets(ctx context.Context, companyID bonafide.ID) ([]bonafide.WebhookSecret, error)
	DeleteWebhookSecret(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error
}

// Events keeps event sessions, for 90 days.
type Events interface {
	// SaveEventSession stores an event session, or replaces the data of one that the
	// same user has sent before. An ID that is another user's is CodeExists.
	SaveEventSession(ctx context.Context, e *bonafide.EventSession) error
	EventSessions(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.EventSession], error)
}

// Aged is a folder with something in it that its company no longer keeps.
type Aged struct {
	FolderID bonafide.ID
	// MediaBefore is the time before which media are too old; zero means that the
	// whole folder is.
	MediaBefore time.Time
}

// Retention knows what has reached the age up to which companies keep things.
type Retention interface {
	// Aged gives at most limit folders of which something is too old at the given
	// time, without those under legal hold and those being analysed.
	Aged(ctx context.Context, at time.Time, limit int) ([]Aged, error)
	// ClearFolder deletes the media of a folder that were made before the given time,
	// as DeleteMedia does, and marks the folder as cleared.
	ClearFolder(ctx context.Context, id bonafide.ID, before time.Time) error
}

// Statistics counts.
type Statistics interface {
	// FolderStatistics counts the folders and the analyses inside the scope that were
	// made when the filters, on time_created and company_id, say.
	FolderStatistics(ctx context.Context, scope bonafide.Scope, filters []bonafide.Filter) (*FolderStatistics, error)
	// Backlog counts what waits to be done, for all companies together.
	Backlog(ctx context.Context) (Backlog, error)
}
