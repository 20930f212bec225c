package ozapi

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/webhook"
)

// visit is how the tests of roles call a route. In body and query {email} stands
// for a fresh e-mail, {company} for a company that the caller may have to do with,
// {account} for a service account of it, and {media} for a media of the caller.
type visit struct {
	query string
	body  string
	label string // Content-Type; empty is JSON
	lists string // parameter of the objects that the answer lists all of
	// tenants is set where the object has to belong to a company, which that of an
	// ADMIN does not.
	tenants bool
	// needs is the permission that the body asks for; empty is the route's.
	needs auth.Permission
}

// visits holds a line for every route that asks for a token. A route without one
// fails the tests.
func visits() map[string]visit {
	const (
		persons = "/api/collections/{collection_id}/persons"
		person  = persons + "/{person_id}"
	)
	all := map[string]visit{
		"DELETE /api/authorize/session":               {},
		"GET /api/authorize/service_token/{user_id}":  {tenants: true},
		"POST /api/authorize/service_token/{user_id}": {tenants: true},
		"GET /api/authorize/service_token":            {query: "?user_id={account}"},
		"POST /api/authorize/service_token":           {body: `{"user_id": "{account}"}`},
		"POST /api/companies":                         {body: `{"name": "New"}`},
		"GET /api/companies":                          {lists: "company_id"},
		"GET /api/companies/{company_id}":             {},
		"PATCH /api/companies/{company_id}":           {body: `{"name": "Newer"}`},
		"DELETE /api/companies/{company_id}":          {},
		"POST /api/users": {body: `{"credentials": {"email": "{email}", "password": "correct horse"},
			"profile": {"user_type": "CLIENT", "company_id": "{company}"}}`},
		"GET /api/users":                                    {lists: "user_id"},
		"GET /api/users/{user_id}":                          {},
		"PATCH /api/users/{user_id}":                        {body: `{"profile": {"first_name": "Eve"}}`},
		"DELETE /api/users/{user_id}":                       {},
		"GET /api/users/{user_id}/sessions":                 {},
		"DELETE /api/users/{user_id}/sessions":              {},
		"DELETE /api/users/{user_id}/sessions/{session}":    {},
		"POST /api/folders":                                 {body: `{}`},
		"POST " + instantPath:                               {body: form(disposition+`"payload"`+"\r\n\r\n"+`{"analyses": [{"type": "quality"}]}`, filePart("a", "a.jpg", picture(9))), label: multipartB},
		"GET /api/folders":                                  {lists: "folder_id"},
		"GET /api/folders/{folder_id}":                      {},
		"PATCH /api/folders/{folder_id}":                    {body: `{"meta_data": {"a": 1}}`, needs: auth.FolderUpdate},
		"POST /api/folders/{folder_id}/media":               {body: form(filePart("a", "a.jpg", picture(9))), label: multipartB},
		"GET /api/folders/{folder_id}/media":                {},
		"POST /api/folders/{folder_id}/analyses":            {body: `{"analyses": [{"type": "quality"}]}`},
		"GET /api/folders/{folder_id}/analyses":             {},
		"GET /api/media/{media_id}":                         {},
		"PATCH /api/media/{media_id}":                       {body: `{"tags": ["x"]}`},
		"GET /api/analyses":                                 {lists: "analyse_id"},
		"GET /api/analyses/{analyse_id}":                    {},
		"PATCH /api/analyses/{analyse_id}":                  {body: `{"resolution_operator": "DECLINED"}`},
		"GET /api/audit":                                    {},
		"GET /api/statistic/folders":                        {},
		"GET /api/capture_limits":                           {},
		"POST /api/captures/links":                          {body: `{"actions": ["video_selfie_blank"]}`},
		"GET /api/captures/links/{link_id}":                 {},
		"GET /api/folders/{folder_id}/events":               {},
		"POST /api/event_sessions":                          {body: `{"a": 1}`},
		"GET /api/event_sessions":                           {},
		"POST /api/folders/{folder_id}/images":              {body: form(filePart("a", "a.jpg", picture(9))), label: multipartB},
		"GET /api/folders/{folder_id}/images":               {},
		"GET /api/folders/{folder_id}/images/{image_id}":    {},
		"DELETE /api/folders/{folder_id}/images/{image_id}": {},
		"PATCH /api/folders/{folder_id}/analyses":           {body: `{"analyses": [{"type": "quality"}]}`},
		"DELETE /api/folders/{folder_id}":                   {},
		"DELETE /api/media/{media_id}":                      {},
		"DELETE /api/analyses/{analyse_id}":                 {},

		"POST /api/collections":                                           {body: `{"alias": "new"}`},
		"GET /api/collections":                                            {lists: "collection_id"},
		"GET /api/collections/{collection_id}":                            {},
		"PATCH /api/collections/{collection_id}":                          {body: `{"alias": "newer"}`},
		"DELETE /api/collections/{collection_id}":                         {},
		"POST /api/collections/{collection_id}/search":                    {body: form(filePart("a", "a.jpg", picture(9))), label: multipartB},
		"POST " + person + "/merge":                                       {body: `{"other_person_id": "{twin}"}`},
		"POST " + person + "/split":                                       {body: `{"other_person_id": "{merged}"}`},
		"POST " + person + "/move":                                        {body: `{"collection_id": "{list}"}`},
		"POST /api/collections/{collection_id}/imports":                   {body: form(filePart("a", "a.jpg", picture(9))), label: multipartB},
		"GET /api/collections/{collection_id}/imports":                    {},
		"GET /api/collections/{collection_id}/imports/{import_id}":        {},
		"DELETE /api/collections/{collection_id}/imports/{import_id}":     {},
		"POST /api/collections/{collection_id}/imports/{import_id}/files": {body: form(filePart("a", "a.jpg", picture(9))), label: multipartB},
		"GET /api/collections/{collection_id}/imports/{import_id}/files":  {},
		"POST /api/collections/{collection_id}/imports/{import_id}/start": {},
		"POST " + persons:                                                 {body: form(filePart("a", "a.jpg", picture(9))), label: multipartB},
		"GET " + persons:                                                  {},
		"GET " + person:                                                   {},
		"PATCH " + person:                                                 {body: `{"meta_data": {"a": 1}}`},
		"DELETE " + person:                                                {},
		"POST " + person + "/images":                                      {body: form(filePart("a", "a.jpg", picture(9))), label: multipartB},
		"GET " + person + "/images":                                       {},
		"DELETE " + person + "/images/{person_image_id}":                  {},
	}
	maps.Copy(all, webhookVisits())
	maps.Copy(all, captureVisits())
	for _, rt := range new(api).reportResource().Routes {
		all[rt.Method+" "+rt.Pattern] = visit{}
	}
	maps.Copy(all, map[string]visit{
		"POST " + reportTemplates:    {body: `{"name": "New"}`},
		"GET " + reportTemplates:     {lists: "report_template_id"},
		"GET " + reportTemplate:      {},
		"PATCH " + reportTemplate:    {body: `{"title": "New"}`},
		"DELETE " + reportTemplate:   {},
		"POST " + reportAttachments:  {body: form(filePart("a", "a.jpg", picture(9))), label: multipartB},
		"GET " + reportAttachments:   {},
		"GET " + reportAttachment:    {},
		"DELETE " + reportAttachment: {},
	})
	for _, rt := range routes() {
		if strings.HasSuffix(rt.Pattern, "/meta_data") {
			all[rt.Method+" "+rt.Pattern] = visit{body: map[string]string{"POST": `{"a": 1}`, "PATCH": `{"a": 1}`}[rt.Method]}
		}
	}
	return all
}

// makers holds a line for every parameter of a path: it makes an object that
// belongs to the owner. above are the objects that the path names before it.
func makers() map[string]func(s *stage, owner *bonafide.User, above []string) string {
	return map[string]func(s *stage, owner *bonafide.User, above []string) string{
		"company_id": func(s *stage, owner *bonafide.User, _ []string) string {
			if owner == s.stranger || owner.CompanyID == "" {
				return string(s.newCompany())
			}
			return string(owner.CompanyID)
		},
		"user_id": func(s *stage, owner *bonafide.User, _ []string) string {
			if owner == s.caller {
				return string(owner.ID)
			}
			return string(s.person(bonafide.ClientService, owner.CompanyID).ID)
		},
		"folder_id":   func(s *stage, owner *bonafide.User, _ []string) string { return string(s.folder(owner).ID) },
		"media_id":    func(s *stage, owner *bonafide.User, _ []string) string { return string(s.media(owner).ID) },
		"analyse_id":  func(s *stage, owner *bonafide.User, _ []string) string { return string(s.analysis(owner).ID) },
		"delivery_id": func(s *stage, owner *bonafide.User, _ []string) string { return string(s.delivery(owner)) },
		"link_id": func(s *stage, owner *bonafide.User, _ []string) string {
			l := &store.CaptureLink{ID: bonafide.NewID(), CompanyID: owner.CompanyID, UserID: owner.ID, ExpiresAt: s.clock.Now().Add(time.Hour)}
			s.must(s.store.CreateCaptureLink(context.Background(), l))
			return string(l.ID)
		},
		"secret_id": func(s *stage, owner *bonafide.User, _ []string) string {
			secret := &bonafide.WebhookSecret{ID: bonafide.NewID(), CompanyID: owner.CompanyID, Secret: webhook.NewSecret()}
			s.must(s.store.CreateWebhookSecret(context.Background(), secret))
			return string(secret.ID)
		},
		"session": func(s *stage, _ *bonafide.User, above []string) string {
			session := &bonafide.Session{UserID: bonafide.ID(above[0]), AccessHash: bonafide.NewSecret(32), TTL: time.Hour, ExpiresAt: s.clock.Now().Add(time.Hour)}
			s.must(s.store.CreateSession(context.Background(), session))
			return fmt.Sprint(session.ID)
		},
		"report_template_id": func(s *stage, owner *bonafide.User, _ []string) string {
			t := &bonafide.ReportTemplate{ID: bonafide.NewID(), CompanyID: owner.CompanyID, Name: "A"}
			s.must(s.store.CreateReportTemplate(context.Background(), t))
			return string(t.ID)
		},
		"attachment_id": func(s *stage, _ *bonafide.User, above []string) string {
			file := func() bonafide.File {
				return bonafide.File{Key: bonafide.NewSecret(16), Name: "a.jpg", Digest: strings.Repeat("0", 64), MIME: "image/jpeg"}
			}
			all := []bonafide.ReportAttachment{{ID: bonafide.NewID(), Name: "a.jpg", File: file(), Picture: file()}}
			s.must(s.store.AddReportAttachments(context.Background(), bonafide.ID(above[0]), all))
			return string(all[0].ID)
		},
		"report_id": func(s *stage, owner *bonafide.User, _ []string) string {
			blobs, err := sharedBlobs()
			s.must(err)
			b, err := blobs.Put(context.Background(), strings.NewReader("%PDF-1.4"))
			s.must(err)
			f := s.folder(owner)
			r := &bonafide.Report{ID: bonafide.NewID(), FolderID: f.ID, UserID: owner.ID, Name: "a.pdf",
				File: bonafide.File{Key: bonafide.NewSecret(16), Name: "a.pdf", Digest: b.Digest, Size: b.Size, MIME: "application/pdf"}}
			now, err := s.store.Folder(context.Background(), bonafide.Scope{}, f.ID)
			s.must(err)
			s.must(s.store.CreateReport(context.Background(), r, now.TimeUpdated))
			return string(r.ID)
		},
		"image_id": func(s *stage, _ *bonafide.User, above []string) string {
			media, err := s.store.MediaOf(context.Background(), bonafide.ID(above[0]))
			s.must(err)
			return string(media[bonafide.ID(above[0])][0].ID)
		},
		"collection_id": func(s *stage, owner *bonafide.User, _ []string) string {
			c := bonafide.NewBlacklist(owner.CompanyID)
			s.must(s.store.CreateCollection(context.Background(), c))
			return string(c.ID)
		},
		"import_id": func(s *stage, owner *bonafide.User, above []string) string {
			im := &store.Import{ID: bonafide.NewID(), CompanyID: owner.CompanyID, CollectionID: bonafide.ID(above[0]), UserID: owner.ID, DryRun: true}
			s.must(s.store.CreateImport(context.Background(), im, nil))
			return string(im.ID)
		},
		"person_id": func(s *stage, _ *bonafide.User, above []string) string {
			p := &bonafide.Person{ID: bonafide.NewID(), CollectionID: bonafide.ID(above[0])}
			s.must(s.store.CreatePerson(context.Background(), p, nil))
			return string(p.ID)
		},
		"person_image_id": func(s *stage, _ *bonafide.User, above []string) string {
			images := []bonafide.PersonImage{{ID: bonafide.NewID(), Template: enroller{}.of("a"),
				Original: bonafide.File{Key: bonafide.NewSecret(16), Name: "a.jpg", Digest: strings.Repeat("0", 64), MIME: "image/jpeg"}}}
			s.must(s.store.AddPersonImages(context.Background(), bonafide.ID(above[1]), images))
			return string(images[0].ID)
		},
	}
}

// relation is whose an object is.
type relation string

const (
	own       relation = "own"
	colleague relation = "of a colleague"
	foreign   relation = "of another company"
	unknown   relation = "unknown"
)

// covers tells whether the matrix reaches an object.
func covers(r auth.Reach, rel relation) bool {
	switch rel {
	case own:
		return r >= auth.Own
	case colleague:
		return r >= auth.Company
	case foreign:
		return r == auth.All
	}
	return false
}

var parameter = regexp.MustCompile(`\{([a-z_]+)\}`)

// expected derives the status and the error code from the matrix alone.
func expected(role bonafide.UserType, rt rest.Route, rel relation) (status int, code string) {
	for _, n := range rest.Nouns(new(api).resources()) {
		if !strings.Contains(rt.Pattern, "{"+n.Param+"}") {
			continue
		}
		switch reach := auth.ReachOf(role, n.Read); {
		case reach == auth.Nothing:
			return 403, `{"error_code": 9, `
		case !covers(reach, rel):
			return 404, `{"error_code": 10, `
		}
	}
	if !covers(auth.ReachOf(role, rt.Permission), rel) {
		return 403, `{"error_code": 9, `
	}
	return 200, ""
}

// stage is a world with two companies, seen by a user of one role.
type stage struct {
	*world
	role                        bonafide.UserType
	company                     bonafide.ID // of the caller, empty where the role has none
	caller, colleague, stranger *bonafide.User
}

func newStage(t *testing.T, role bonafide.UserType) *stage {
	s := &stage{world: newWorld(t, Config{Pages: true}), role: role, company: ""}
	if role != bonafide.Admin && role != bonafide.Operator {
		s.company = s.user.CompanyID
		s.colleague = s.person(bonafide.Client, s.company)
	}
	s.stranger = s.person(bonafide.ClientAdmin, s.newCompany())
	s.enter()
	return s
}

// enter makes the caller anew and signs in.
func (s *stage) enter() {
	s.caller = s.person(s.role, s.company)
	s.token = s.session(s.caller)
}

// session signs a user in without the cost of a password.
func (s *stage) session(u *bonafide.User) (token string) {
	s.t.Helper()
	token = bonafide.NewSecret(64)
	hash := func(text string) string {
		sum := sha256.Sum256([]byte(text))
		return hex.EncodeToString(sum[:])
	}
	s.must(s.store.CreateSession(context.Background(), &bonafide.Session{UserID: u.ID, AccessHash: hash(token),
		RefreshHash: hash(token + "r"), TTL: time.Hour, ExpiresAt: s.clock.Now().Add(time.Hour)}))
	return token
}

func (s *stage) person(role bonafide.UserType, company bonafide.ID) *bonafide.User {
	s.t.Helper()
	id := bonafide.NewID()
	u := &bonafide.User{ID: id, CompanyID: company, Type: role, Service: role == bonafide.ClientService || role == bonafide.ClientAdmin, Active: true,
		Email: string(id) + "@example.org", MayStart: map[bonafide.AnalysisType]bool{bonafide.Quality: true, bonafide.Collection: true}}
	s.must(s.store.CreateUser(context.Background(), u))
	return u
}

func (s *stage) newCompany() bonafide.ID {
	s.t.Helper()
	c := &bonafide.Company{ID: bonafide.NewID(), Name: "Other"}
	s.must(s.store.CreateCompany(context.Background(), c))
	return c.ID
}

// owner is whose the objects of a relation are; nil where there is nobody.
func (s *stage) owner(rel relation) *bonafide.User {
	return map[relation]*bonafide.User{own: s.caller, colleague: s.colleague, foreign: s.stranger}[rel]
}

func (s *stage) full(owner *bonafide.User) (*bonafide.Folder, *bonafide.Media, *bonafide.Analysis) {
	s.t.Helper()
	f := &bonafide.Folder{ID: bonafide.NewID(), CompanyID: owner.CompanyID, UserID: owner.ID}
	m := bonafide.Media{ID: bonafide.NewID(), Kind: bonafide.Image, OriginalName: "a.jpg",
		Original: bonafide.File{Key: bonafide.NewSecret(16), Name: "a.jpg", Digest: strings.Repeat("0", 64), MIME: "image/jpeg"}}
	o := &store.Order{GroupID: bonafide.NewID(), Analyses: []bonafide.Analysis{
		{ID: bonafide.NewID(), Type: bonafide.Quality, SourceMedia: []bonafide.ID{m.ID}}}}
	s.must(s.store.CreateFolder(context.Background(), f, []bonafide.Media{m}, o))
	s.must(s.store.FinishGroup(context.Background(), o.GroupID, []bonafide.AnalysisResult{
		{AnalysisID: o.Analyses[0].ID, State: bonafide.Finished, Resolution: bonafide.Success, Result: &bonafide.Result{}}}))
	return f, &m, &o.Analyses[0]
}

func (s *stage) folder(owner *bonafide.User) *bonafide.Folder { f, _, _ := s.full(owner); return f }

func (s *stage) media(owner *bonafide.User) *bonafide.Media { _, m, _ := s.full(owner); return m }

func (s *stage) analysis(owner *bonafide.User) *bonafide.Analysis { _, _, a := s.full(owner); return a }

// make makes the objects that a pattern names, and fills them in.
func (s *stage) make(pattern string, rel relation) (path string) {
	s.t.Helper()
	var above []string
	return parameter.ReplaceAllStringFunc(pattern, func(p string) string {
		id := string(bonafide.NewID())
		if rel != unknown {
			maker, ok := makers()[strings.Trim(p, "{}")]
			if !ok {
				s.t.Fatalf("%s has a parameter that makers lacks", pattern)
			}
			id = maker(s, s.owner(rel), above)
		}
		above = append(above, id)
		return id
	})
}

func (s *stage) call(rt rest.Route, v visit, path string) *reply {
	s.t.Helper()
	v = s.filled(v, path)
	return s.send(rt.Method, path+v.query, v.body, "Content-Type: "+cmp.Or(v.label, "application/json"))
}

// filled makes what a visit names, once.
func (s *stage) filled(v visit, path string) visit {
	tenant := s.caller
	if s.company == "" {
		tenant = s.stranger
	}
	if strings.Contains(v.body, "{media}") {
		v.body = strings.ReplaceAll(v.body, "{media}", string(s.media(s.caller).ID))
	}
	if strings.Contains(v.body, "{twin}") || strings.Contains(v.body, "{merged}") || strings.Contains(v.body, "{list}") {
		v.body = s.beside(path, v.body)
	}
	fill := strings.NewReplacer("{email}", bonafide.NewSecret(8)+"@example.org",
		"{company}", string(tenant.CompanyID), "{account}", string(tenant.ID))
	v.query, v.body = fill.Replace(v.query), fill.Replace(v.body)
	return v
}

// beside fills in what stands beside the person of a path: another of the collection, one
// who was merged into them, and another collection of the company.
func (s *stage) beside(path, body string) string {
	parts := strings.Split(path, "/")
	list, person := bonafide.ID(parts[3]), bonafide.ID(parts[5])
	twin := &bonafide.Person{ID: bonafide.NewID(), CollectionID: list}
	other := bonafide.NewBlacklist("")
	if c, err := s.store.Collection(context.Background(), bonafide.Scope{}, list); err == nil {
		other.CompanyID = c.CompanyID
		s.must(s.store.CreatePerson(context.Background(), twin, nil))
		s.must(s.store.CreateCollection(context.Background(), other))
		if strings.Contains(body, "{merged}") {
			s.must(s.store.MergePersons(context.Background(), bonafide.Scope{}, person, twin.ID))
		}
	}
	return strings.NewReplacer("{twin}", string(twin.ID), "{merged}", string(twin.ID), "{list}", string(other.ID)).Replace(body)
}

// TestRoleMatrix calls every route as every role on everybody's objects, and
// compares the answers with the matrix. What a caller does not see is answered
// like what does not exist, byte by byte, and what is refused changes nothing.
func TestRoleMatrix(t *testing.T) {
	for _, role := range auth.Roles() {
		t.Run(string(role), func(t *testing.T) {
			s := newStage(t, role)
			for _, rt := range routes() {
				if rt.Permission == "" {
					continue
				}
				v, ok := visits()[rt.Method+" "+rt.Pattern]
				if !ok {
					t.Errorf("%s %s: visits lacks it", rt.Method, rt.Pattern)
					continue
				}
				s.check(rt, v)
			}
		})
	}
}

func (s *stage) check(rt rest.Route, v visit) {
	s.t.Helper()
	s.enter()
	if v.needs != "" {
		rt.Permission = v.needs
	}
	if v.lists != "" {
		v.query = "?limit=-1"
	}
	if !parameter.MatchString(rt.Pattern) {
		s.checkOne(rt, v, own)
		return
	}
	hidden := s.checkOne(rt, v, unknown)
	for _, rel := range []relation{own, colleague, foreign} {
		if rel == colleague && s.colleague == nil || v.tenants && rel == own && s.company == "" {
			continue
		}
		got := s.checkOne(rt, v, rel)
		if got.status == 404 && (got.body != hidden.body || got.header.Get("Content-Length") != hidden.header.Get("Content-Length")) {
			s.t.Errorf("%s %s: an object %s answers %s, an unknown one %s", rt.Method, rt.Pattern, rel, got.body, hidden.body)
		}
	}
}

func (s *stage) checkOne(rt rest.Route, v visit, rel relation) *reply {
	s.t.Helper()
	if rt.Method != http.MethodGet {
		s.enter() // the call may end the caller
	}
	listed := map[relation]string{}
	if v.lists != "" {
		for _, rel := range []relation{own, colleague, foreign} {
			if s.owner(rel) != nil {
				listed[rel] = s.make("{"+v.lists+"}", rel)
			}
		}
	}
	path := s.make(rt.Pattern, rel)
	before := s.look(rt, path, rel)
	r := s.call(rt, v, path)
	status, code := expected(s.role, rt, rel)
	if r.status/100 != status/100 || status/100 != 2 && r.status != status || !strings.HasPrefix(r.body, code) {
		s.t.Errorf("%s %s %s: got %d %s, want %d", rt.Method, rt.Pattern, rel, r.status, r.body, status)
	}
	if status/100 == 2 {
		for whose, id := range listed {
			if want := covers(auth.ReachOf(s.role, rt.Permission), whose); strings.Contains(r.body, id) != want {
				s.t.Errorf("%s %s: an object %s is listed: %t", rt.Method, rt.Pattern, whose, !want)
			}
		}
		return r
	}
	if after := s.look(rt, path, rel); before != after {
		s.t.Errorf("%s %s %s: refused, and yet it changed\n%s\n%s", rt.Method, rt.Pattern, rel, before, after)
	}
	return r
}

// look reads the object, before and after a change of it that may be refused, as
// somebody who sees all.
func (s *stage) look(rt rest.Route, path string, rel relation) string {
	s.t.Helper()
	last := strings.LastIndex(rt.Pattern, "}")
	if rt.Method == http.MethodGet || rel == unknown || last < 0 || strings.HasPrefix(rt.Pattern, "/api/authorize/") {
		return ""
	}
	depth := strings.Count(rt.Pattern[:last], "/")
	token := s.token
	defer func() { s.token = token }()
	s.token = s.session(s.person(bonafide.Admin, ""))
	return s.get(strings.Join(strings.Split(path, "/")[:depth+1], "/")).body
}

// TestEveryCallAsksForAToken holds that what is not public says nothing without.
func TestEveryCallAsksForAToken(t *testing.T) {
	s := newStage(t, bonafide.ClientAdmin)
	for _, rt := range routes() {
		if rt.Permission == "" {
			continue
		}
		path := s.make(rt.Pattern, own)
		for _, token := range []string{"", bonafide.NewSecret(64)} {
			s.token = token
			r := s.call(rt, visits()[rt.Method+" "+rt.Pattern], path)
			code := map[bool]string{true: `{"error_code": 6, `, false: `{"error_code": 7, `}[token == ""]
			if r.status != 401 || !strings.HasPrefix(r.body, code) {
				t.Errorf("%s %s: got %d %s", rt.Method, rt.Pattern, r.status, r.body)
			}
		}
	}
}
