package query

// Parameter describes a parameter of a list for the documentation.
type Parameter struct {
	Name  string
	About string
}

// FolderFields describes what lists of folders can be filtered by.
func FolderFields() []Parameter { return parameters(folderFields()) }

// AnalysisFields describes what lists of analyses can be filtered by.
func AnalysisFields() []Parameter { return parameters(analysisFields()) }

// UserFields describes what lists of users can be filtered by.
func UserFields() []Parameter { return parameters(userFields()) }

// CompanyFields describes what lists of companies can be filtered by.
func CompanyFields() []Parameter { return parameters(companyFields()) }

// CollectionFields describes what lists of collections can be filtered by.
func CollectionFields() []Parameter { return parameters(collectionFields()) }

// PersonFields describes what lists of persons can be filtered by.
func PersonFields() []Parameter { return parameters(personFields()) }

// PersonImageFields describes what lists of persons' images can be filtered by.
func PersonImageFields() []Parameter { return parameters(personImageFields()) }

// DeliveryFields describes what lists of webhook deliveries can be filtered by.
func DeliveryFields() []Parameter { return parameters(deliveryFields()) }

// AuditFields describes what the audit log can be filtered by.
func AuditFields() []Parameter { return parameters(auditFields()) }

// EventFields describes what lists of event sessions can be filtered by.
func EventFields() []Parameter { return parameters(eventFields()) }

// StatisticsFields describes what statistics can be limited to.
func StatisticsFields() []Parameter { return parameters(statisticsFields()) }

func parameters(fields []field) []Parameter {
	var out []Parameter
	for _, f := range fields {
		switch f.kind {
		case instant:
			for _, suffix := range []string{"", ".min", ".max", ".greater", ".less"} {
				out = append(out, Parameter{f.name + suffix, "seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today`"})
			}
		case search:
			out = append(out, Parameter{f.name, "words that must all occur"})
		case object:
			out = append(out, Parameter{f.name, "conditions such as `transaction_id==T-1,age>=18`, which must all hold"})
		default:
			out = append(out, Parameter{f.name, "one of these, separated by commas; `null` means none"},
				Parameter{f.name + ".exclude", "none of these"})
		}
	}
	return out
}
