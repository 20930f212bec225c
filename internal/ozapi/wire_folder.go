package ozapi

import (
	"maps"

	"github.com/bonafide-id/bonafide"
)

// folderJSON is a folder. analyses, user and company are there when asked for.
type folderJSON struct {
	TimeCreated         stamp            `json:"time_created"`
	TimeUpdated         stamp            `json:"time_updated"`
	FolderID            bonafide.ID      `json:"folder_id"`
	CompanyID           *bonafide.ID     `json:"company_id"`
	UserID              *bonafide.ID     `json:"user_id"`
	ResolutionEndpoint  *string          `json:"resolution_endpoint"`
	ResolutionStatus    bonafide.Status  `json:"resolution_status"`
	SystemResolution    bonafide.Status  `json:"system_resolution"`
	ResolutionTime      stamp            `json:"resolution_time"`
	ResolutionComment   string           `json:"resolution_comment"`
	ResolutionAuthorID  *bonafide.ID     `json:"resolution_author_id"`
	ResolutionStateHash *string          `json:"resolution_state_hash"`
	OperatorStatus      *bonafide.Status `json:"operator_status"`
	OperatorComment     *string          `json:"operator_comment"`
	IsCleared           bool             `json:"is_cleared"`
	Meta                bonafide.Meta    `json:"meta_data"`
	TechnicalMeta       bonafide.Meta    `json:"technical_meta_data"`
	User                *userJSON        `json:"user,omitempty"`
	Company             *companyJSON     `json:"company,omitempty"`
	Media               []mediaJSON      `json:"media"`
	Analyses            []analysisJSON   `json:"analyses,omitzero"`
}

// pageJSON is the envelope of lists, in the order of the vendor's framework.
type pageJSON[T any] struct {
	Offset int  `json:"offset"`
	Limit  int  `json:"limit"`
	Total  *int `json:"total_count"` // null when total_omit was set
	Items  []T  `json:"items"`
}

// folderParts is a folder with what belongs to it.
type folderParts struct {
	folder   bonafide.Folder
	media    []bonafide.Media
	analyses []bonafide.Analysis
	user     *bonafide.User    // nil: not shown
	company  *bonafide.Company // nil: not shown
}

// viewFolder renders a folder.
func viewFolder(p *folderParts, withAnalyses bool, l links) folderJSON {
	f := &p.folder
	v := folderJSON{
		TimeCreated:        stamp(f.TimeCreated),
		TimeUpdated:        stamp(f.TimeUpdated),
		FolderID:           f.ID,
		CompanyID:          nullable(f.CompanyID),
		UserID:             nullable(f.UserID),
		ResolutionEndpoint: nullable(f.ResolutionEndpoint),
		ResolutionStatus:   f.State.ResolutionStatus,
		SystemResolution:   f.State.SystemResolution,
		ResolutionTime:     stamp(f.ResolutionTime),
		ResolutionComment:  "[]",
		OperatorStatus:     nullable(f.OperatorStatus),
		OperatorComment:    nullable(f.OperatorComment),
		IsCleared:          f.Cleared,
		Meta:               object(f.Meta),
		TechnicalMeta:      technicalFolder(f),
		Media:              viewMedias(p.media, f.TimeCreated, l),
	}
	if p.user != nil {
		u := viewUser(p.user)
		v.User = &u
	}
	if p.company != nil {
		c := viewCompany(p.company)
		v.Company = &c
	}
	if withAnalyses {
		v.Analyses = viewAnalyses(p.analyses, f, p.media, l)
	}
	return v
}

// technicalFolder adds the legal hold to what the server noted about the folder.
func technicalFolder(f *bonafide.Folder) bonafide.Meta {
	if !f.LegalHold {
		return object(f.TechnicalMeta)
	}
	m := maps.Clone(object(f.TechnicalMeta))
	m["legal_hold"] = true
	return m
}

func viewPage[T any](q bonafide.Query, total int, items []T) pageJSON[T] {
	p := pageJSON[T]{Offset: q.Offset, Limit: q.Limit, Items: items}
	if total >= 0 {
		p.Total = &total
	}
	return p
}
