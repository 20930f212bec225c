package wire

import (
	"maps"

	"github.com/bonafide-id/bonafide"
)

// Folder is a folder. analyses, user and company are there when asked for.
type Folder struct {
	TimeCreated         Stamp            `json:"time_created"`
	TimeUpdated         Stamp            `json:"time_updated"`
	FolderID            bonafide.ID      `json:"folder_id"`
	CompanyID           *bonafide.ID     `json:"company_id"`
	UserID              *bonafide.ID     `json:"user_id"`
	ResolutionEndpoint  *string          `json:"resolution_endpoint"`
	ResolutionStatus    bonafide.Status  `json:"resolution_status"`
	SystemResolution    bonafide.Status  `json:"system_resolution"`
	ResolutionTime      Stamp            `json:"resolution_time"`
	ResolutionComment   string           `json:"resolution_comment"`
	ResolutionAuthorID  *bonafide.ID     `json:"resolution_author_id"`
	ResolutionStateHash *string          `json:"resolution_state_hash"`
	OperatorStatus      *bonafide.Status `json:"operator_status"`
	OperatorComment     *string          `json:"operator_comment"`
	IsCleared           bool             `json:"is_cleared"`
	Meta                bonafide.Meta    `json:"meta_data"`
	TechnicalMeta       bonafide.Meta    `json:"technical_meta_data"`
	User                *User            `json:"user,omitempty"`
	Company             *Company         `json:"company,omitempty"`
	Media               []Media          `json:"media"`
	Analyses            []Analysis       `json:"analyses,omitzero"`
}

// Page is the envelope of lists, in the order of the vendor's framework.
type Page[T any] struct {
	Offset int  `json:"offset"`
	Limit  int  `json:"limit"`
	Total  *int `json:"total_count"` // null when total_omit was set
	Items  []T  `json:"items"`
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
		TimeCreated:        Stamp(f.TimeCreated),
		TimeUpdated:        Stamp(f.TimeUpdated),
		FolderID:           f.ID,
		CompanyID:          nullable(f.CompanyID),
		UserID:             nullable(f.UserID),
		ResolutionEndpoint: nullable(f.ResolutionEndpoint),
		ResolutionStatus:   f.State.ResolutionStatus,
		SystemResolution:   f.State.SystemResolution,
		ResolutionTime:     Stamp(f.ResolutionTime),
		ResolutionComment:  "[]",
		OperatorStatus:     nullable(f.OperatorStatus),
		OperatorComment:    nullable(f.OperatorComment),
		IsCleared:          f.Cleared,
		Meta:               Object(f.Meta),
		TechnicalMeta:      technicalFolder(f),
		Media:              ViewMedias(p.Media, f.TimeCreated, l),
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

// technicalFolder adds the legal hold to what the server noted about the folder.
func technicalFolder(f *bonafide.Folder) bonafide.Meta {
	if !f.LegalHold {
		return Object(f.TechnicalMeta)
	}
	m := maps.Clone(Object(f.TechnicalMeta))
	m["legal_hold"] = true
	return m
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
