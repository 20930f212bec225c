package ozapi

import (
	"maps"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
)

// sessionJSON answers sign-in and refresh. access_token must stay the fourth key:
// shell scripts count words.
type sessionJSON struct {
	TimeCreated stamp    `json:"time_created"`
	TimeUpdated stamp    `json:"time_updated"`
	SessionID   int64    `json:"session_id"`
	AccessToken string   `json:"access_token"`
	ExpireToken string   `json:"expire_token"`
	ExpireDate  stamp    `json:"expire_date"`
	User        userJSON `json:"user"`
}

// userJSON is a user. The switches are spelled both ways, as the manual does.
type userJSON struct {
	UserID            bonafide.ID       `json:"user_id"`
	UserType          bonafide.UserType `json:"user_type"`
	FirstName         *string           `json:"first_name"`
	LastName          *string           `json:"last_name"`
	MiddleName        *string           `json:"middle_name"`
	Email             string            `json:"email"`
	CompanyID         *bonafide.ID      `json:"company_id"`
	IsAdmin           bool              `json:"is_admin"`
	IsService         bool              `json:"is_service"`
	IsActive          bool              `json:"is_active"`
	AnalyseBiometry   bool              `json:"can_start_analyse_biometry"`
	AnalyseCollection bool              `json:"can_start_analyse_collection"`
	AnalyseDocuments  bool              `json:"can_start_analyse_documents"`
	AnalyseQuality    bool              `json:"can_start_analyse_quality"`
	AnalyzeBiometry   bool              `json:"can_start_analyze_biometry"`
	AnalyzeCollection bool              `json:"can_start_analyze_collection"`
	AnalyzeDocuments  bool              `json:"can_start_analyze_documents"`
	AnalyzeQuality    bool              `json:"can_start_analyze_quality"`
}

// companyJSON is a company.
type companyJSON struct {
	CompanyID     bonafide.ID   `json:"company_id"`
	Name          string        `json:"name"`
	InDeletion    bool          `json:"in_deletion"`
	TechnicalMeta bonafide.Meta `json:"technical_meta_data"`
}

func viewSession(g *auth.Grant) sessionJSON {
	return sessionJSON{
		TimeCreated: stamp(g.Session.TimeCreated),
		TimeUpdated: stamp(g.Session.TimeUpdated),
		SessionID:   g.Session.ID,
		AccessToken: g.AccessToken,
		ExpireToken: g.ExpireToken,
		ExpireDate:  stamp(g.Session.ExpiresAt),
		User:        viewUser(&g.User),
	}
}

func viewUser(u *bonafide.User) userJSON {
	may := u.MayStart
	return userJSON{
		UserID:            u.ID,
		UserType:          u.Type,
		FirstName:         nullable(u.FirstName),
		LastName:          nullable(u.LastName),
		MiddleName:        nullable(u.MiddleName),
		Email:             u.Email,
		CompanyID:         nullable(u.CompanyID),
		IsAdmin:           u.Type == bonafide.ClientAdmin,
		IsService:         u.Service,
		IsActive:          u.Active,
		AnalyseBiometry:   may[bonafide.Biometry],
		AnalyseCollection: may[bonafide.Collection],
		AnalyseDocuments:  may[bonafide.Documents],
		AnalyseQuality:    may[bonafide.Quality],
		AnalyzeBiometry:   may[bonafide.Biometry],
		AnalyzeCollection: may[bonafide.Collection],
		AnalyzeDocuments:  may[bonafide.Documents],
		AnalyzeQuality:    may[bonafide.Quality],
	}
}

func viewCompany(c *bonafide.Company) companyJSON {
	return companyJSON{CompanyID: c.ID, Name: c.Name, InDeletion: c.InDeletion, TechnicalMeta: technicalCompany(c)}
}

// technicalCompany adds for how many days things are kept, where that is not for
// ever, to what the server noted about the company.
func technicalCompany(c *bonafide.Company) bonafide.Meta {
	m := maps.Clone(object(c.TechnicalMeta))
	for name, days := range map[string]int{"keep_media_days": c.KeepMediaDays, "keep_result_days": c.KeepResultDays} {
		if days > 0 {
			m[name] = days
		}
	}
	return m
}
