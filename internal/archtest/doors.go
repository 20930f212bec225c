package archtest

// Vocabulary is the name of the root package in the table.
const Vocabulary = "bonafide"

// Room is one entry of the table. Rooms may be followed by /* for all rooms
// below.
type Room struct {
	Name   string
	Enter  []string // rooms that it may import
	Anyone bool     // may import every room
}

// Doors is the table. A change of it belongs to the commit that needs it.
func Doors() []Room {
	return []Room{
		{Name: Vocabulary},
		{Name: "client", Enter: []string{Vocabulary}},
		{Name: "models"},
		{Name: "web"},

		{Name: "internal/vision"},
		{Name: "internal/light", Enter: []string{Vocabulary}},
		{Name: "internal/infer"},
		{Name: "internal/infer/*", Enter: []string{Vocabulary, "internal/infer"}},
		{Name: "internal/convert", Enter: []string{Vocabulary}},
		{Name: "internal/media", Enter: []string{Vocabulary, "internal/vision", "internal/media/*", "internal/quota"}},
		{Name: "internal/media/*", Enter: []string{Vocabulary, "internal/vision", "internal/media/*"}},
		{Name: "internal/model", Enter: []string{Vocabulary, "internal/vision", "internal/infer"}},
		{Name: "internal/depot", Enter: []string{Vocabulary, "internal/model", "internal/convert"}},
		{Name: "internal/sample", Enter: []string{Vocabulary, "internal/vision", "internal/media", "internal/model"}},
		{Name: "internal/analysis", Enter: []string{Vocabulary, "internal/sample"}},
		{Name: "internal/analysis/*", Enter: []string{Vocabulary, "internal/model", "internal/sample", "internal/analysis"}},
		{Name: "internal/analysis/quality", Enter: []string{Vocabulary, "internal/model", "internal/sample", "internal/analysis", "internal/analysis/quality/gesture", "internal/analysis/quality/redrawn", "internal/light", "internal/vision"}},
		{Name: "internal/analysis/quality/gesture", Enter: []string{Vocabulary, "internal/sample"}},
		{Name: "internal/analysis/quality/redrawn", Enter: []string{"internal/model", "internal/vision"}},
		{Name: "internal/catalog", Enter: []string{Vocabulary, "internal/analysis", "internal/analysis/*"}},
		{Name: "internal/decision", Enter: []string{Vocabulary}},
		{Name: "internal/job", Enter: []string{Vocabulary, "internal/bound", "internal/blob", "internal/media", "internal/model", "internal/sample", "internal/analysis", "internal/decision", "internal/quota"}},
		{Name: "internal/bound", Enter: []string{Vocabulary}},
		{Name: "internal/advice", Enter: []string{Vocabulary}},
		{Name: "internal/face", Enter: []string{Vocabulary, "internal/advice", "internal/media", "internal/sample", "internal/analysis", "internal/job"}},
		{Name: "internal/httpd"},
		{Name: "internal/license"},
		{Name: "internal/webadapter", Enter: []string{Vocabulary, "internal/httpd", "internal/license", "internal/quota", "internal/store", "internal/webadapter/appconfig"}},
		{Name: "internal/webadapter/appconfig"},
		{Name: "internal/liteapi", Enter: []string{Vocabulary, "internal/advice", "internal/httpd", "internal/ozapi/describe", "internal/quota"}},
		{Name: "internal/gallery", Enter: []string{Vocabulary, "internal/store"}},
		{Name: "internal/quota", Enter: []string{Vocabulary}},
		{Name: "internal/spell"},
		{Name: "internal/query", Enter: []string{Vocabulary}},
		{Name: "internal/intake", Enter: []string{Vocabulary, "internal/bound", "internal/blob", "internal/store", "internal/analysis", "internal/quota"}},
		{Name: "internal/enrol", Enter: []string{Vocabulary, "internal/store", "internal/intake"}},
		{Name: "internal/report", Enter: []string{Vocabulary, "internal/advice", "internal/blob", "internal/intake", "internal/report/pdf"}},
		{Name: "internal/report/pdf", Enter: []string{Vocabulary, "internal/advice"}},
		{Name: "internal/instant", Enter: []string{Vocabulary, "internal/bound", "internal/analysis", "internal/blob", "internal/media", "internal/sample", "internal/decision", "internal/job", "internal/intake", "internal/quota"}},
		{Name: "internal/company", Enter: []string{Vocabulary, "internal/bound"}},
		{Name: "internal/audit", Enter: []string{Vocabulary}},
		{Name: "internal/retention", Enter: []string{Vocabulary, "internal/store"}},
		{Name: "internal/webhook", Enter: []string{Vocabulary, "internal/store"}},
		{Name: "internal/auth", Enter: []string{Vocabulary, "internal/quota", "internal/store"}},
		{Name: "internal/capture", Enter: []string{Vocabulary, "internal/auth", "internal/light", "internal/store"}},
		{Name: "internal/ozapi/wire", Enter: []string{Vocabulary, "internal/advice", "internal/catalog", "internal/decision", "internal/store"}},
		{Name: "internal/ozapi/request", Enter: []string{Vocabulary, "internal/httpd", "internal/auth", "internal/analysis", "internal/capture", "internal/catalog", "internal/intake", "internal/ozapi/describe", "internal/ozapi/wire", "internal/query", "internal/spell", "internal/store"}},
		{Name: "internal/ozapi/describe", Enter: []string{Vocabulary, "internal/ozapi/wire"}},
		{Name: "internal/ozapi/render", Enter: []string{Vocabulary, "internal/ozapi/wire"}},
		{Name: "internal/ozapi/rest", Enter: []string{Vocabulary, "internal/httpd", "internal/auth", "internal/intake", "internal/ozapi/describe", "internal/ozapi/request", "internal/ozapi/wire", "internal/query", "internal/quota"}},
		{Name: "internal/ozapi", Enter: []string{Vocabulary, "internal/advice", "internal/bound", "internal/capture", "internal/httpd", "internal/model", "internal/ozapi/rest", "internal/ozapi/render", "internal/ozapi/request", "internal/ozapi/wire", "internal/ozapi/describe", "internal/catalog", "internal/intake", "internal/enrol", "internal/report", "internal/auth", "internal/company", "internal/query", "internal/store", "internal/webhook"}},
		{Name: "internal/store", Enter: []string{Vocabulary}},
		{Name: "internal/store/rows", Enter: []string{Vocabulary, "internal/decision", "internal/store", "internal/store/rows/capture", "internal/store/rows/links", "internal/store/rows/listing", "internal/store/rows/logged", "internal/store/rows/signin", "internal/store/rows/statistics", "internal/store/rows/table", "internal/store/rows/watch"}},
		{Name: "internal/store/rows/capture", Enter: []string{Vocabulary, "internal/store", "internal/store/rows/table"}},
		{Name: "internal/store/rows/links", Enter: []string{Vocabulary, "internal/store", "internal/store/rows/listing", "internal/store/rows/table"}},
		{Name: "internal/store/rows/signin", Enter: []string{Vocabulary, "internal/store", "internal/store/rows/table"}},
		{Name: "internal/store/rows/logged", Enter: []string{Vocabulary, "internal/decision", "internal/store", "internal/store/rows/table"}},
		{Name: "internal/store/rows/statistics", Enter: []string{Vocabulary, "internal/store", "internal/store/rows/listing", "internal/store/rows/table"}},
		{Name: "internal/store/rows/table", Enter: []string{Vocabulary, "internal/store/rows/listing", "internal/audit"}},
		{Name: "internal/store/rows/listing", Enter: []string{Vocabulary, "internal/quota"}},
		{Name: "internal/store/rows/watch", Enter: []string{Vocabulary, "internal/store/rows/table"}},
		{Name: "internal/store/queue", Enter: []string{Vocabulary}},
		{Name: "internal/store/*", Enter: []string{Vocabulary, "internal/quota", "internal/store/queue", "internal/store/rows", "internal/store/rows/listing", "internal/store/rows/table", "internal/store/rows/watch"}},
		{Name: "internal/blob", Enter: []string{Vocabulary}},
		{Name: "internal/blob/*", Enter: []string{Vocabulary, "internal/blob"}},
		{Name: "internal/eval", Enter: []string{Vocabulary, "internal/decision"}},
		{Name: "internal/eval/system", Enter: []string{Vocabulary, "internal/vision", "internal/media", "internal/model", "internal/sample", "internal/analysis", "internal/analysis/biometry", "internal/analysis/quality", "internal/eval"}},
		{Name: "internal/eval/gestures", Enter: []string{Vocabulary, "internal/vision", "internal/media", "internal/model", "internal/sample", "internal/analysis/quality", "internal/analysis/quality/gesture", "internal/eval", "internal/eval/attack"}},
		{Name: "internal/eval/attack", Enter: []string{"internal/model", "internal/vision"}},
		{Name: "internal/bench", Enter: []string{Vocabulary, "client", "internal/eval", "internal/store"}},
		{Name: "internal/drill", Enter: []string{Vocabulary, "client", "internal/store", "internal/store/sqlite"}},
		{Name: "internal/config"},
		{Name: "internal/archtest"},
		{Name: "changelog"},
		{Name: "assets/s3server"},
		{Name: "web"},
		{Name: "cmd/bonafide", Anyone: true},
		{Name: "cmd/bonafide/pages", Anyone: true},
		{Name: "cmd/bonafide/storage", Anyone: true},
		{Name: "cmd/drill", Enter: []string{"internal/drill"}},
	}
}
