package wire

import (
	"maps"

	"github.com/bonafide-id/bonafide"
)

// Session answers sign-in and refresh. access_token must stay the fourth key:
// shell scripts count words.
type Session struct {
	TimeCreated Stamp  `json:"time_created"`
	TimeUpdated Stamp  `json:"time_updated"`
	SessionID   int64  `json:"session_id"`
	AccessToken string `json:"access_token"`
	ExpireToken string `json:"expire_token"`
	ExpireDate  Stamp  `json:"expire_date"`
	User        User   `json:"user"`
}

// User is a user. The switches are spelled both ways, as the manual does.
type User struct {
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

// Company is a company.
type Company struct {
	CompanyID     bonafide.ID   `json:"company_id"`
	Name          string        `json:"name"`
	InDeletion    bool          `json:"in_deletion"`
	TechnicalMeta bonafide.Meta `json:"technical_meta_data"`
}

// ViewSession renders a session of a user with the pair of tokens that open it.
func ViewSession(s *bonafide.Session, u *bonafide.User, accessToken, expireToken string) Session {
	return Session{
		TimeCreated: Stamp(s.TimeCreated),
		TimeUpdated: Stamp(s.TimeUpdated),
		SessionID:   s.ID,
		AccessToken: accessToken,
		ExpireToken: expireToken,
		ExpireDate:  Stamp(s.ExpiresAt),
		User:        ViewUser(u),
	}
}

// ViewUser renders a user, without anything of the password.
func ViewUser(u *bonafide.User) User {
	may := u.MayStart
	return User{
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

// ViewCompany renders a company.
func ViewCompany(c *bonafide.Company) Company {
	return Company{CompanyID: c.ID, Name: c.Name, InDeletion: c.InDeletion, TechnicalMeta: technicalCompany(c)}
}

// technicalCompany adds for how many days things are kept, where that is not for
// ever, to what the server noted about the company.
func technicalCompany(c *bonafide.Company) bonafide.Meta {
	m := maps.Clone(Object(c.TechnicalMeta))
	for name, days := range map[string]int{"keep_media_days": c.KeepMediaDays, "keep_result_days": c.KeepResultDays} {
		if days > 0 {
			m[name] = days
		}
	}
	return m
}
