package bonafide

import "time"

// Company owns users, folders and collections.
type Company struct {
	ID            ID
	Name          string
	InDeletion    bool
	TechnicalMeta Meta
	// KeepMediaDays and KeepResultDays are the days for which media, and folders with
	// all that is in them, are kept; 0 means for ever.
	KeepMediaDays  int
	KeepResultDays int
}

// Strict tells whether requests of its users with anything that nobody reads are refused.
func (c *Company) Strict() bool {
	strict, _ := c.TechnicalMeta["strict"].(bool)
	return strict
}

// LogReads tells whether each reading of its files with faces is noted in the audit log.
func (c *Company) LogReads() bool {
	log, _ := c.TechnicalMeta["log_reads"].(bool)
	return log
}

// UserType is the role of a user, spelled as on the Oz API's wire.
type UserType string

// The six user types of the Oz API.
const (
	Admin          UserType = "ADMIN"
	Operator       UserType = "OPERATOR"
	Client         UserType = "CLIENT"
	ClientAdmin    UserType = "CLIENT_ADMIN"
	ClientOperator UserType = "CLIENT_OPERATOR"
	ClientService  UserType = "CLIENT_SERVICE"
)

// User may sign in and act. CompanyID is empty for ADMIN and OPERATOR.
type User struct {
	ID                              ID
	CompanyID                       ID
	Type                            UserType
	Service                         bool // long-lived tokens
	Active                          bool
	Email                           string // lower case, unique
	FirstName, LastName, MiddleName string
	PasswordHash                    string `json:"-"` // argon2id in PHC form; never leaves auth and store
	MayStart                        map[AnalysisType]bool
	Meta                            Meta
	TimeCreated                     time.Time
	TimeUpdated                     time.Time
}

// Session is one sign-in. Tokens are stored as SHA-256 in hexadecimal only.
type Session struct {
	ID                                    int64 // positive, fits 31 bits: old clients read it into an int
	UserID                                ID
	AccessHash, RefreshHash               string
	TTL                                   time.Duration
	ExpiresAt                             time.Time
	ParentID                              int64     // of the session that this one refreshes, until this one is first used
	FamilyID                              int64     // of the sign-in that it began with; a family ends as a whole
	Replaced                              bool      // another of the family took its place: its tokens are void
	Token                                 bool      // issued for a service account, not a sign-in
	Name                                  string    // of a token, if any
	Address                               string    // where the sign-in came from: loopback, private, public or empty
	TimeStarted, TimeCreated, TimeUpdated time.Time // of the sign-in, of this pair, of the last use
}

// Meta is a free JSON object. Values decoded from outside use json.Number, so
// that numbers come back spelled as they were sent.
type Meta map[string]any

// Kind is a kind of object that carries metadata.
type Kind string

// The kinds.
const (
	KindUser       Kind = "user"
	KindFolder     Kind = "folder"
	KindMedia      Kind = "media"
	KindAnalysis   Kind = "analysis"
	KindCollection Kind = "collection"
	KindPerson     Kind = "person"
)
