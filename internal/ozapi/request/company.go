package request

// CompanyIn makes a company.
type CompanyIn struct {
	Name string `json:"name" minLength:"1" maxLength:"255" pattern:"\\S" example:"Bank of Example"` // for people
}

// CompanyChangeIn changes what of a company is given; at least one field is needed.
type CompanyChangeIn struct {
	Name           *string `json:"name,omitempty" minLength:"1" maxLength:"255" pattern:"\\S" example:"Bank of Example"` // for people
	KeepMediaDays  *int    `json:"keep_media_days,omitempty" minimum:"1" maximum:"36500" example:"30"`                   // days for which media are kept; null means for ever
	KeepResultDays *int    `json:"keep_result_days,omitempty" minimum:"1" maximum:"36500" example:"365"`                 // days for which folders are kept; null means for ever
	Strict         *bool   `json:"strict,omitempty"`                                                                     // ours: requests of its users with anything that nobody reads are answered 400 in place of a warning
	LogReads       *bool   `json:"log_reads,omitempty"`                                                                  // ours: each reading of a file with a face, originals, thumbnails, best shots and reports, is noted in the audit log
}
