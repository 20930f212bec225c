package request

// ReportTemplateIn makes a template of reports.
type ReportTemplateIn struct {
	Name      string  `json:"name" minLength:"1" maxLength:"255" example:"Standard"`                      // for people
	CompanyID *string `json:"company_id,omitempty" format:"uuid"`                                         // that it belongs to; without it the caller's
	IsDefault *bool   `json:"is_default,omitempty" example:"true"`                                        // taken for reports that name no template
	Title     *string `json:"title,omitempty" maxLength:"100" example:"Verification of the customer"`     // first line of the report; empty takes the usual one
	Header    *string `json:"header,omitempty" maxLength:"2000" example:"Bank of Example, Main Street 1"` // text below the title
}

// ReportTemplateChangeIn changes what of a template is given.
type ReportTemplateChangeIn struct {
	Name      *string `json:"name,omitempty" minLength:"1" maxLength:"255" example:"Standard"`            // for people
	IsDefault *bool   `json:"is_default,omitempty" example:"true"`                                        // taken for reports that name no template
	Title     *string `json:"title,omitempty" maxLength:"100" example:"Verification of the customer"`     // first line of the report; empty takes the usual one
	Header    *string `json:"header,omitempty" maxLength:"2000" example:"Bank of Example, Main Street 1"` // text below the title
}

// ReportIn orders a report.
type ReportIn struct {
	ReportTemplateID *string `json:"report_template_id,omitempty" format:"uuid"` // how it begins; without it the default of the company
}
