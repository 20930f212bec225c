package ozapi

import (
	"net/http"

	"github.com/bonafide-id/bonafide/internal/query"
)

// shape is what goes into a route and comes out of it, for the description of the
// API. Requests are read field by field elsewhere, because clients label and
// spell them in many ways; the types here say what a new client should send.
type shape struct {
	in     any          // JSON body
	upload bool         // files may come with it, as multipart/form-data
	query  []queryParam // what may stand behind the question mark
	status int          // of success; 0 is 200
	out    any          // JSON answer
	binary string       // media type of an answer that is no JSON
}

type queryParam struct{ name, kind, about string }

// shapes says what the routes of the table carry, by method and pattern.
func shapes() map[string]shape {
	const (
		folder   = "/api/folders/{folder_id}"
		media    = "/api/media/{media_id}"
		analysis = "/api/analyses/{analyse_id}"
	)
	with := []queryParam{
		{"with_analyses", "boolean", "adds the analyses"},
		{"with_user", "boolean", "adds the user"},
		{"with_company", "boolean", "adds the company"},
	}
	return map[string]shape{
		"POST /api/authorize/auth":    {in: signInIn{}, out: sessionJSON{}},
		"POST /api/authorize/refresh": {in: refreshIn{}, out: sessionJSON{}},

		"POST /api/folders":            {in: folderIn{}, upload: true, status: http.StatusCreated, out: folderJSON{}},
		"GET /api/folders":             {query: append(list(query.FolderFields()), with...), out: pageJSON[folderJSON]{}},
		"GET " + folder:                {query: with, out: folderJSON{}},
		"PATCH " + folder:              {in: folderChangeIn{}, out: folderJSON{}},
		"POST " + folder + "/media":    {in: folderIn{}, upload: true, status: http.StatusCreated, out: []mediaJSON{}},
		"GET " + folder + "/media":     {out: []mediaJSON{}},
		"POST " + folder + "/analyses": {in: ordersIn{}, status: http.StatusCreated, out: []analysisJSON{}},
		"GET " + folder + "/analyses":  {query: list(query.AnalysisFields()), out: []analysisJSON{}},

		"GET " + media:   {out: mediaJSON{}},
		"PATCH " + media: {in: mediaChangeIn{}, out: mediaJSON{}},

		"GET /api/analyses": {query: list(query.AnalysisFields()), out: pageJSON[analysisJSON]{}},
		"GET " + analysis:   {out: analysisJSON{}},

		"GET /api/version":         {out: versionJSON{}},
		"GET /api/config":          {out: configJSON{}},
		"GET /static/{key}/{name}": {binary: "*/*"},
		"GET /healthz":             {out: healthJSON{}},
	}
}

// list is what every list understands besides its own fields.
func list(fields []query.Parameter) []queryParam {
	out := []queryParam{
		{"offset", "integer", "entries to leave out, 0"},
		{"limit", "integer", "entries of a page, 100; at most 5000, -1 means all"},
		{"sorting", "string", "such as `time_created{asc},folder_id{desc}`"},
		{"total_omit", "boolean", "leaves `total_count` null, which is faster"},
	}
	for _, f := range fields {
		out = append(out, queryParam{f.Name, "string", f.About})
	}
	return out
}

// What clients send.

type signInIn struct {
	Credentials credentialsIn `json:"credentials"`
}

type credentialsIn struct {
	Email    string `json:"email"`
	Password string `json:"password"`
}

type refreshIn struct {
	ExpireToken string `json:"expire_token"`
}

// folderIn is the payload of an upload.
type folderIn struct {
	FolderMeta map[string]any            `json:"folder:meta_data,omitempty"`
	Tags       map[string][]string       `json:"media:tags,omitempty" description:"tags by name of the part"`
	MediaMeta  map[string]map[string]any `json:"media:meta_data,omitempty" description:"metadata by name of the part"`
	Analyses   []orderIn                 `json:"analyses,omitempty" description:"ordered at once; the answer waits for their results"`
	Endpoint   *string                   `json:"resolution_endpoint,omitempty" description:"address that is told of results"`
}

type ordersIn struct {
	Analyses []orderIn `json:"analyses"`
	Endpoint *string   `json:"resolution_endpoint,omitempty"`
}

type orderIn struct {
	Type         string         `json:"type" enum:"QUALITY,BIOMETRY,COLLECTION,DOCUMENTS"`
	SourceMedia  []string       `json:"source_media,omitempty" description:"media ids or, in an upload, names of parts; without it all media"`
	CollectionID *string        `json:"collection_id,omitempty"`
	Params       *paramsIn      `json:"params,omitempty"`
	Meta         map[string]any `json:"meta_data,omitempty"`
}

type paramsIn struct {
	ExtractBestShot   *bool    `json:"extract_best_shot,omitempty"`
	ThresholdSpoofing *float64 `json:"threshold_spoofing,omitempty" minimum:"0" maximum:"1"`
	ThresholdMin      *float64 `json:"threshold_min,omitempty" minimum:"0" maximum:"1"`
	ThresholdMax      *float64 `json:"threshold_max,omitempty" minimum:"0" maximum:"1"`
	CollectionID      *string  `json:"collection_id,omitempty"`
	Capabilities      *int64   `json:"capabilities,omitempty"`
}

type folderChangeIn struct {
	Meta     map[string]any `json:"meta_data,omitempty"`
	Endpoint *string        `json:"resolution_endpoint,omitempty"`
}

type mediaChangeIn struct {
	Tags []string       `json:"tags,omitempty"`
	Meta map[string]any `json:"meta_data,omitempty"`
}
