package describe

// LiteTag is the subject of the calls of Oz API Lite.
const LiteTag = "lite"

// Subjects are the kinds of objects, in the order of the guide.
func Subjects() []Tag {
	return []Tag{
		{Name: "authorize", Description: "Signing in and out, tokens of service accounts and of captures."},
		{Name: "folders", Description: "A folder is one verification: its media, its analyses and what else belongs to it."},
		{Name: "media", Description: "Photos, videos and zipped frames of a folder."},
		{Name: "analyses", Description: "Liveness, face matching and searches, ordered on folders."},
		{Name: "instant", Description: "Whole verifications in memory, of which nothing is kept."},
		{Name: "webhook_deliveries", Description: "What webhooks were told, and when."},
		{Name: "webhook_secrets", Description: "Secrets that sign webhooks."},
		{Name: "collections", Description: "Collections of persons, such as a blacklist, their persons and photos."},
		{Name: "users", Description: "Who may sign in."},
		{Name: "companies", Description: "Companies, which keep their objects apart."},
		{Name: "reports", Description: "Folders as PDF."},
		{Name: "report_templates", Description: "How reports begin."},
		{Name: "statistic", Description: "Counts of folders and analyses."},
		{Name: "audit", Description: "Who changed what."},
		{Name: "event_sessions", Description: "What client applications tell about captures."},
		{Name: "sdk_settings", Description: "Settings of phones by their model."},
		{Name: LiteTag, Description: "Oz API Lite: templates, comparison and liveness of single pictures, of which nothing is kept."},
		{Name: "service", Description: "The server itself, and files by their links."},
	}
}
