package query

import "github.com/bonafide-id/bonafide"

func folderFields() []field {
	return []field{
		{name: "folder_id", kind: id, sorts: true},
		{name: "company_id", kind: id, sorts: true},
		{name: "user_id", kind: id, sorts: true},
		{name: "resolution_status", kind: word, words: statuses()},
		{name: "system_resolution", kind: word, words: statuses()},
		{name: "system_resolution_all", kind: word, words: statuses()},
		{name: "reason", kind: word, words: bonafide.ReasonCodes(), never: true},
		{name: "class", kind: word, words: classes(), never: true},
		{name: "time_created", kind: instant, sorts: true},
		{name: "time_updated", kind: instant, sorts: true},
		{name: "meta_data", kind: object},
	}
}

func analysisFields(types []bonafide.AnalysisType) []field {
	var names []string
	for _, t := range types {
		names = append(names, string(t))
	}
	return []field{
		{name: "analyse_id", kind: id, sorts: true},
		{name: "analysis_id", as: "analyse_id", kind: id, sorts: true},
		{name: "folder_id", kind: id, sorts: true},
		{name: "group_id", kind: id, sorts: true},
		{name: "company_id", kind: id, sorts: true},
		{name: "type", kind: word, words: names, sorts: true},
		{name: "state", kind: word, words: statuses()},
		{name: "resolution", as: "resolution_status", kind: word, words: statuses()},
		{name: "resolution_status", kind: word, words: statuses()},
		{name: "reason", kind: word, words: bonafide.ReasonCodes(), never: true},
		{name: "class", kind: word, words: classes()},
		{name: "time_created", kind: instant, sorts: true},
		{name: "time_updated", kind: instant, sorts: true},
		{name: "meta_data", kind: object},
	}
}

func classes() []string {
	var words []string
	for _, c := range bonafide.Classes() {
		words = append(words, string(c))
	}
	return words
}
