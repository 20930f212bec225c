package ozapi

import (
	"maps"
	"net/http"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
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
		company  = "/api/companies/{company_id}"
		user     = "/api/users/{user_id}"
		folder   = "/api/folders/{folder_id}"
		media    = "/api/media/{media_id}"
		analysis = "/api/analyses/{analyse_id}"
		image    = folder + "/images/{image_id}"

		collection = "/api/collections/{collection_id}"
		persons    = collection + "/persons"
		person     = persons + "/{person_id}"
	)
	with := []queryParam{
		{"with_analyses", "boolean", "adds the analyses"},
		{"with_user", "boolean", "adds the user"},
		{"with_company", "boolean", "adds the company"},
	}
	all := map[string]shape{
		"POST /api/authorize/auth":    {in: signInIn{}, out: wire.Session{}},
		"POST /api/authorize/refresh": {in: refreshIn{}, out: wire.Session{}},

		"DELETE /api/authorize/session":               {out: wire.Deleted{}},
		"GET /api/authorize/service_token/{user_id}":  {out: wire.Session{}},
		"POST /api/authorize/service_token/{user_id}": {out: wire.Session{}},
		"GET /api/authorize/service_token":            {query: []queryParam{{"user_id", "string", "whose token; without it the caller's"}}, out: wire.Session{}},
		"POST /api/authorize/service_token":           {in: userRefIn{}, out: wire.Session{}},

		"POST /api/companies": {in: companyIn{}, status: http.StatusCreated, out: wire.Company{}},
		"GET /api/companies":  {query: list(query.CompanyFields()), out: wire.Page[wire.Company]{}},
		"GET " + company:      {out: wire.Company{}},
		"PATCH " + company:    {in: companyChangeIn{}, out: wire.Company{}},
		"DELETE " + company:   {out: wire.Deleted{}},

		"POST /api/users": {in: userIn{}, status: http.StatusCreated, out: wire.User{}},
		"GET /api/users":  {query: list(query.UserFields()), out: wire.Page[wire.User]{}},
		"GET " + user:     {out: wire.User{}},
		"PATCH " + user:   {in: userIn{}, out: wire.User{}},
		"DELETE " + user:  {out: wire.Deleted{}},

		"POST /api/folders":            {in: folderIn{}, upload: true, status: http.StatusCreated, out: wire.Folder{}},
		"POST " + instantPath:          {in: instantIn{}, upload: true, status: http.StatusCreated, out: wire.Folder{}},
		"GET /api/folders":             {query: append(list(query.FolderFields()), with...), out: wire.Page[wire.Folder]{}},
		"GET " + folder:                {query: with, out: wire.Folder{}},
		"PATCH " + folder:              {in: folderChangeIn{}, out: wire.Folder{}},
		"DELETE " + folder:             {out: wire.Deleted{}},
		"POST " + folder + "/media":    {in: folderIn{}, upload: true, status: http.StatusCreated, out: []wire.Media{}},
		"GET " + folder + "/media":     {out: []wire.Media{}},
		"POST " + folder + "/analyses": {in: ordersIn{}, status: http.StatusCreated, out: []wire.Analysis{}},
		"GET " + folder + "/analyses":  {query: list(query.AnalysisFields()), out: []wire.Analysis{}},

		"GET " + media:    {out: wire.Media{}},
		"DELETE " + media: {out: wire.Deleted{}},
		"PATCH " + media:  {in: mediaChangeIn{}, out: wire.Media{}},

		"GET /api/analyses": {query: list(query.AnalysisFields()), out: wire.Page[wire.Analysis]{}},
		"GET " + analysis:   {out: wire.Analysis{}},

		"DELETE " + analysis: {out: wire.Deleted{}},

		"POST /api/collections":                          {in: collectionIn{}, status: http.StatusCreated, out: wire.Collection{}},
		"GET /api/collections":                           {query: list(query.CollectionFields()), out: []wire.Collection{}},
		"GET " + collection:                              {out: wire.Collection{}},
		"PATCH " + collection:                            {in: collectionChangeIn{}, out: wire.Collection{}},
		"DELETE " + collection:                           {out: wire.Deleted{}},
		"POST " + persons:                                {in: personIn{}, upload: true, status: http.StatusCreated, out: wire.Person{}},
		"GET " + persons:                                 {query: list(query.PersonFields()), out: wire.PersonPage[wire.Person]{}},
		"GET " + person:                                  {out: wire.Person{}},
		"PATCH " + person:                                {in: personChangeIn{}, out: wire.Person{}},
		"DELETE " + person:                               {out: wire.Deleted{}},
		"POST " + person + "/images":                     {in: personIn{}, upload: true, status: http.StatusCreated, out: []wire.Image{}},
		"GET " + person + "/images":                      {query: list(query.PersonImageFields()), out: wire.PersonPage[wire.Image]{}},
		"DELETE " + person + "/images/{person_image_id}": {out: wire.Deleted{}},

		"PATCH " + analysis:                    {in: analysisDecisionIn{}, out: wire.Analysis{}},
		"POST " + folder + "/images":           {in: folderIn{}, upload: true, status: http.StatusCreated, out: []wire.Media{}},
		"GET " + folder + "/images":            {out: []wire.Media{}},
		"GET " + image:                         {out: wire.Media{}},
		"DELETE " + image:                      {out: wire.Deleted{}},
		"PATCH " + folder + "/analyses":        {in: ordersIn{}, out: []wire.Analysis{}},
		"GET /api/audit":                       {query: list(query.AuditFields()), out: wire.Page[wire.Audit]{}},
		"GET /api/statistic/folders":           {query: parameters(query.StatisticsFields()), out: wire.Statistics{}},
		"POST /api/event_sessions":             {in: bonafide.Meta{}, status: http.StatusCreated, out: wire.EventSession{}},
		"GET /api/event_sessions":              {query: list(query.EventFields()), out: wire.Page[wire.EventSession]{}},
		"GET /api/sdk_settings/{device_model}": {out: bonafide.Meta{}},

		"GET /api/version":         {out: wire.Version{}},
		"GET /api/config":          {out: wire.Config{}},
		"GET /static/{key}/{name}": {binary: "*/*"},
		"GET /healthz":             {out: wire.Health{}},
		"GET /docs":                {binary: "text/html"},
		"GET /api/openapi.json":    {binary: "application/json"},
	}
	maps.Copy(all, webhookShapes())
	maps.Copy(all, captureShapes())
	maps.Copy(all, reportShapes())
	maps.Copy(all, reportTemplateShapes())
	maps.Copy(all, reportAttachmentShapes())
	for _, b := range bearers() {
		path := b.path + "/meta_data"
		all["GET "+path] = shape{out: bonafide.Meta{}}
		all["POST "+path] = shape{in: bonafide.Meta{}, status: http.StatusCreated, out: bonafide.Meta{}}
		all["PATCH "+path] = shape{in: bonafide.Meta{}, out: bonafide.Meta{}}
		all["DELETE "+path] = shape{out: wire.Deleted{}}
	}
	return all
}

// list is what every list understands besides its own fields.
func list(fields []query.Parameter) []queryParam {
	out := []queryParam{
		{"offset", "integer", "entries to leave out, 0"},
		{"limit", "integer", "entries of a page, 100; at most 5000, -1 means all"},
		{"sorting", "string", "such as `time_created{asc},folder_id{desc}`"},
		{"total_omit", "boolean", "leaves `total_count` null, which is faster"},
	}
	return append(out, parameters(fields)...)
}

func parameters(fields []query.Parameter) []queryParam {
	var out []queryParam
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

type userRefIn struct {
	UserID *string `json:"user_id,omitempty"`
}

type companyIn struct {
	Name string `json:"name"`
}

type companyChangeIn struct {
	Name           *string `json:"name,omitempty"`
	KeepMediaDays  *int    `json:"keep_media_days,omitempty" description:"days for which media are kept; null means for ever" minimum:"1"`
	KeepResultDays *int    `json:"keep_result_days,omitempty" description:"days for which folders are kept; null means for ever" minimum:"1"`
}

// userIn makes a user, or changes what of it is given.
type userIn struct {
	Credentials *credentialsIn `json:"credentials,omitempty"`
	Profile     *profileIn     `json:"profile,omitempty"`
}

type profileIn struct {
	CompanyID         *string `json:"company_id,omitempty"`
	UserType          *string `json:"user_type,omitempty" enum:"ADMIN,OPERATOR,CLIENT,CLIENT_ADMIN,CLIENT_OPERATOR,CLIENT_SERVICE"`
	FirstName         *string `json:"first_name,omitempty"`
	LastName          *string `json:"last_name,omitempty"`
	MiddleName        *string `json:"middle_name,omitempty"`
	IsActive          *bool   `json:"is_active,omitempty"`
	AnalyseBiometry   *bool   `json:"can_start_analyse_biometry,omitempty"`
	AnalyseCollection *bool   `json:"can_start_analyse_collection,omitempty"`
	AnalyseDocuments  *bool   `json:"can_start_analyse_documents,omitempty"`
	AnalyseQuality    *bool   `json:"can_start_analyse_quality,omitempty"`
}

// folderIn is the payload of an upload.
type folderIn struct {
	FolderMeta map[string]any            `json:"folder:meta_data,omitempty"`
	Tags       map[string][]string       `json:"media:tags,omitempty" description:"tags by name of the part"`
	MediaMeta  map[string]map[string]any `json:"media:meta_data,omitempty" description:"metadata by name of the part"`
	Analyses   []orderIn                 `json:"analyses,omitempty" description:"ordered at once; the answer waits for their results"`
	Endpoint   *string                   `json:"resolution_endpoint,omitempty" description:"address that is told of results"`
}

// instantIn is the payload of the instant call.
type instantIn struct {
	FolderMeta map[string]any            `json:"folder:meta_data,omitempty"`
	Tags       map[string][]string       `json:"media:tags,omitempty" description:"tags by name of the part"`
	MediaMeta  map[string]map[string]any `json:"media:meta_data,omitempty" description:"metadata by name of the part"`
	Analyses   []orderIn                 `json:"analyses" description:"none of type COLLECTION"`
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
	DecisionThreshold *float64 `json:"decision_threshold,omitempty" minimum:"0" maximum:"1"`
	DecisionCount     *int64   `json:"decision_count,omitempty" minimum:"1"`
	Capabilities      *int64   `json:"capabilities,omitempty"`
}

type folderChangeIn struct {
	Meta      map[string]any `json:"meta_data,omitempty"`
	Endpoint  *string        `json:"resolution_endpoint,omitempty"`
	LegalHold *bool          `json:"legal_hold,omitempty" description:"forbids deletion"`
	Status    *string        `json:"operator_status,omitempty" enum:"SUCCESS,DECLINED" description:"decision of an operator, who may change nothing else; null takes it back"`
	Comment   *string        `json:"operator_comment,omitempty"`
}

type analysisDecisionIn struct {
	Resolution *string `json:"resolution_operator,omitempty" enum:"SUCCESS,DECLINED" description:"null takes the decision back"`
	Comment    *string `json:"operator_comment,omitempty"`
}

type mediaChangeIn struct {
	Tags []string       `json:"tags,omitempty"`
	Meta map[string]any `json:"meta_data,omitempty"`
}

type collectionIn struct {
	Alias     string         `json:"alias"`
	CompanyID *string        `json:"company_id,omitempty" description:"without it the caller's"`
	Meta      map[string]any `json:"meta_data,omitempty"`
}

type collectionChangeIn struct {
	Alias *string        `json:"alias,omitempty"`
	Meta  map[string]any `json:"meta_data,omitempty"`
}

// personIn is the payload that comes with photos of a person.
type personIn struct {
	PersonMeta map[string]any            `json:"person:meta_data,omitempty"`
	Tags       map[string][]string       `json:"media:tags,omitempty" description:"tags by name of the part"`
	MediaMeta  map[string]map[string]any `json:"media:meta_data,omitempty" description:"metadata by name of the part"`
}

type personChangeIn struct {
	Meta map[string]any `json:"meta_data,omitempty"`
}
