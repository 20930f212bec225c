package wire

import (
	"maps"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/decision"
)

// Folder is a folder. analyses, user and company are there when asked for.
type Folder struct {
	TimeCreated         Stamp            `json:"time_created"`                     // when it was made
	TimeUpdated         Stamp            `json:"time_updated"`                     // of the last change
	FolderID            bonafide.ID      `json:"folder_id"`                        // of the folder
	CompanyID           *bonafide.ID     `json:"company_id"`                       // null: it belongs to no company
	UserID              *bonafide.ID     `json:"user_id"`                          // of the user who made it; null: deleted since
	ResolutionEndpoint  *string          `json:"resolution_endpoint"`              // webhook that is told of results
	ResolutionStatus    bonafide.Status  `json:"resolution_status"`                // INITIAL (nothing ordered), PROCESSING, FAILED (at least one) or FINISHED
	SystemResolution    bonafide.Status  `json:"system_resolution"`                // over the newest group of analyses, the worst wins
	SystemResolutionAll bonafide.Status  `json:"system_resolution_all"`            // ours: the worst over the newest analyses of each type, and of each collection searched, of all groups
	ResolutionTime      Stamp            `json:"resolution_time" null:"true"`      // when the newest group of analyses ended; null before
	ResolutionComment   string           `json:"resolution_comment"`               // always []
	ResolutionAuthorID  *bonafide.ID     `json:"resolution_author_id"`             // always null
	ResolutionStateHash *string          `json:"resolution_state_hash"`            // always null
	OperatorStatus      *bonafide.Status `json:"operator_status" words:"Decision"` // what an operator decided: SUCCESS, DECLINED or null
	OperatorComment     *string          `json:"operator_comment"`                 // of the operator
	OperatorID          *bonafide.ID     `json:"operator_id"`                      // ours: of the user who decided; null: nobody did, or that is not known
	OperatorTime        Stamp            `json:"operator_time" null:"true"`        // ours: when they decided; null likewise
	IsCleared           bool             `json:"is_cleared"`                       // its media were deleted because they were too old to be kept
	Meta                bonafide.Meta    `json:"meta_data"`                        // metadata of the client
	TechnicalMeta       bonafide.Meta    `json:"technical_meta_data"`              // what the server noted
	User                *User            `json:"user,omitempty"`                   // who made it; with with_user
	Company             *Company         `json:"company,omitempty"`                // that it belongs to; with with_company
	Media               []Media          `json:"media"`                            // in the order of the upload
	Analyses            []Analysis       `json:"analyses,omitzero"`                // with with_analyses
	Warnings            []Warning        `json:"warnings,omitempty"`               // ours, what of the request nobody reads; other answers have them in the header X-Bonafide-Warnings
}

// Decision is what an operator decides.
type Decision string

// The decisions.
const (
	DecidedSuccess  Decision = "SUCCESS"
	DecidedDeclined Decision = "DECLINED"
)

// Page is the envelope of lists, in the order of the vendor's framework.
type Page[T any] struct {
	Offset   int       `json:"offset"`             // entries left out before these
	Limit    int       `json:"limit"`              // most entries of a page; -1: all
	Total    *int      `json:"total_count"`        // null when total_omit was set
	Items    []T       `json:"items"`              // the entries
	Warnings []Warning `json:"warnings,omitempty"` // ours, what of the request nobody reads; other answers have them in the header X-Bonafide-Warnings
}

// FolderParts is a folder with what belongs to it.
type FolderParts struct {
	Folder   bonafide.Folder
	Media    []bonafide.Media
	Analyses []bonafide.Analysis
	User     *bonafide.User    // nil: not shown
	Company  *bonafide.Company // nil: not shown
}

// ViewFolder renders a folder.
func ViewFolder(p *FolderParts, withAnalyses bool, l Links) Folder {
	f := &p.Folder
	v := Folder{
		TimeCreated:         Stamp(f.TimeCreated),
		TimeUpdated:         Stamp(f.TimeUpdated),
		FolderID:            f.ID,
		CompanyID:           nullable(f.CompanyID),
		UserID:              nullable(f.UserID),
		ResolutionEndpoint:  nullable(f.ResolutionEndpoint),
		ResolutionStatus:    f.State.ResolutionStatus,
		SystemResolution:    f.State.SystemResolution,
		SystemResolutionAll: f.State.Overall,
		ResolutionTime:      Stamp(f.ResolutionTime),
		ResolutionComment:   "[]",
		OperatorStatus:      nullable(f.OperatorStatus),
		OperatorComment:     nullable(f.OperatorComment),
		OperatorID:          nullable(f.OperatorID),
		OperatorTime:        Stamp(f.OperatorTime),
		IsCleared:           f.Cleared,
		Meta:                Object(f.Meta),
		TechnicalMeta:       technicalFolder(f, classOf(p.Analyses, withAnalyses)),
		Media:               ViewMedias(p.Media, f.TimeCreated, l),
	}
	if p.User != nil {
		u := ViewUser(p.User)
		v.User = &u
	}
	if p.Company != nil {
		c := ViewCompany(p.Company)
		v.Company = &c
	}
	if withAnalyses {
		v.Analyses = ViewAnalyses(p.Analyses, f, p.Media, l)
	}
	return v
}

// technicalFolder adds the legal hold and the class to what the server noted about the
// folder.
func technicalFolder(f *bonafide.Folder, class bonafide.Class) bonafide.Meta {
	m := maps.Clone(Object(f.TechnicalMeta))
	if f.LegalHold {
		m["legal_hold"] = true
	}
	if class != "" {
		m["class"] = class
	}
	return m
}

// classOf gives the class of a folder, nothing where its analyses are not shown.
func classOf(analyses []bonafide.Analysis, shown bool) bonafide.Class {
	if !shown {
		return ""
	}
	return decision.ClassOfFolder(analyses)
}

// ViewPage puts a page into its envelope. A negative total is one that was not
// counted.
func ViewPage[T any](q bonafide.Query, total int, items []T) Page[T] {
	p := Page[T]{Offset: q.Offset, Limit: q.Limit, Items: items}
	if total >= 0 {
		p.Total = &total
	}
	return p
}
