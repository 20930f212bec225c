package ozapi

import (
	"bytes"
	"errors"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/client"
	"github.com/bonafide-id/bonafide/internal/catalog"
)

// notebook is a transport that notes which routes were called with success.
type notebook struct {
	w      *world
	mu     sync.Mutex
	called map[string]bool
}

func (n *notebook) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil || resp.StatusCode/100 != 2 {
		return resp, err
	}
	c, err := theContract()
	if err != nil {
		return nil, err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, rt := range c.routes {
		if rt.method == r.Method && rt.path.MatchString(strings.TrimRight(r.URL.Path, "/")) {
			n.called[rt.method+" "+rt.name] = true
		}
	}
	return resp, nil
}

// as gives a client of a new user.
func (n *notebook) as(kind bonafide.UserType, company bonafide.ID) *client.Client {
	n.w.t.Helper()
	email := strings.ToLower(string(kind)) + "@client.example"
	n.w.addUser(email, kind, company)
	api := client.New(n.w.url+"/", &http.Client{Transport: n})
	n.w.must(api.SignIn(n.w.t.Context(), email, password))
	return api
}

// must1 gives the value of a call that has to succeed.
func must1[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func photo(key string, shade uint8) client.File {
	return client.File{Key: key, Name: key + ".jpg", Content: strings.NewReader(picture(shade))}
}

// TestTheClientMakesEveryCall goes through the life of companies, folders,
// collections and reports by package client alone, and fails where a route has no
// method of the client.
func TestTheClientMakesEveryCall(t *testing.T) {
	w := newWorld(t, Config{Pages: true})
	w.work(judged(bonafide.Declined))
	n := &notebook{w: w, called: map[string]bool{}}
	boss := n.as(bonafide.ClientAdmin, w.user.CompanyID)
	root, operator := n.as(bonafide.Admin, ""), n.as(bonafide.Operator, "")
	n.accounts(root)
	n.folders(boss, operator)
	n.people(boss)
	n.reports(boss)
	n.service(boss, root)
	w.must(boss.Refresh(t.Context()))
	w.must(boss.SignOut(t.Context()))
	var refused *client.Error
	if _, err := boss.Folders(t.Context(), nil); !errors.As(err, &refused) || refused.Status != 401 || refused.Code != 6 {
		t.Errorf("after signing out: %v", err)
	}
	other := map[string]string{
		"GET /": "a page", "GET /docs": "a page", "GET /healthz": "for machines", "GET /api/openapi.json": "for machines",
		"PATCH /api/folders/{folder_id}/analyses": "old", "GET /api/folders/{folder_id}/images": "old", "POST /api/folders/{folder_id}/images": "old",
		"GET /api/folders/{folder_id}/images/{image_id}": "old", "DELETE /api/folders/{folder_id}/images/{image_id}": "old",
		"GET /api/authorize/service_token": "another form", "POST /api/authorize/service_token": "another form", "GET /api/authorize/service_token/{user_id}": "another form",
	}
	c, err := theContract()
	w.must(err)
	for _, rt := range c.routes {
		if name := rt.method + " " + rt.name; !n.called[name] && other[name] == "" {
			t.Errorf("the client does not call %s", name)
		}
	}
}

func (n *notebook) accounts(root *client.Client) {
	t, ctx := n.w.t, n.w.t.Context()
	company := must1[*client.Company](t)
	made := company(root.CreateCompany(ctx, "Ұлттық банк"))
	if got := company(root.ChangeCompany(ctx, made.ID, client.CompanyChange{Name: new("Second"), KeepMediaDays: new(30)})); got.Name != "Second" || got.Technical.KeepMediaDays != 30 {
		t.Errorf("%+v", got)
	}
	found := must1[*client.List[client.Company]](t)(root.Companies(ctx, url.Values{"search_text": {"secon"}}))
	if len(found.Items) != 1 || found.Items[0].ID != made.ID || *found.Total != 1 {
		t.Errorf("%+v", found)
	}
	user := must1[*client.User](t)
	service := user(root.CreateUser(ctx, client.Credentials{Email: "svc@second.example", Password: password},
		client.Profile{CompanyID: made.ID, Type: bonafide.ClientService, FirstName: "Service", May: map[bonafide.AnalysisType]bool{bonafide.Quality: true, bonafide.Biometry: false}}))
	if got := user(root.User(ctx, service.ID)); !reflect.DeepEqual(got, service) || !got.Service || len(got.May) != len(catalog.Types()) || !got.May[bonafide.Quality] || got.May[bonafide.Biometry] || got.CompanyID != made.ID {
		t.Errorf("%+v", got)
	}
	if got := user(root.ChangeUser(ctx, service.ID, client.Credentials{}, client.Profile{LastName: "Account"})); got.FirstName != "Service" || got.LastName != "Account" {
		t.Errorf("%+v", got)
	}
	if all := must1[*client.List[client.User]](t)(root.Users(ctx, url.Values{"company_id": {string(made.ID)}})); len(all.Items) != 1 {
		t.Errorf("%+v", all)
	}
	session := must1[*client.Session](t)(root.ServiceToken(ctx, service.ID, "kiosk"))
	second := client.New(n.w.url, &http.Client{Transport: n})
	second.SetToken(must1[*client.Session](t)(root.ServiceToken(ctx, service.ID, "")).AccessToken)
	live := must1[[]client.LiveSession](t)(second.Sessions(ctx, service.ID))
	if len(live) != 2 || live[1].Name != "kiosk" || !live[1].Token || live[1].Current || !live[0].Current || live[0].EndDate <= live[0].TimeUsed {
		t.Errorf("%+v", live)
	}
	n.w.must(root.EndSession(ctx, service.ID, live[0].ID))
	if _, err := second.Folders(ctx, nil); err == nil {
		t.Error("an ended token works")
	}
	machine := client.New(n.w.url, &http.Client{Transport: n})
	machine.SetToken(session.AccessToken)
	if all := must1[*client.List[client.Folder]](t)(machine.Folders(ctx, nil)); len(all.Items) != 0 {
		t.Errorf("%+v", all)
	}
	n.meta(root, client.OfUser(service.ID))
	n.w.must(root.EndSessions(ctx, service.ID))
	if _, err := machine.Folders(ctx, nil); err == nil {
		t.Error("an ended token works")
	}
	n.w.must(root.DeleteUser(ctx, service.ID))
	n.w.must(root.DeleteCompany(ctx, made.ID))
	if got := company(root.Company(ctx, made.ID)); !got.InDeletion {
		t.Errorf("%+v", got)
	}
}

// meta goes through the verbs of one object.
func (n *notebook) meta(api *client.Client, b client.Bearer) {
	t, ctx := n.w.t, n.w.t.Context()
	t.Helper()
	meta := must1[bonafide.Meta](t)
	meta(api.ReplaceMeta(ctx, b, bonafide.Meta{"a": "1", "b": "2"}))
	if got := meta(api.MergeMeta(ctx, b, bonafide.Meta{"a": nil, "c": "3"})); len(got) != 2 || got["b"] != "2" {
		t.Errorf("%s: %v", b, got)
	}
	n.w.must(api.ClearMeta(ctx, b))
	if got := meta(api.Meta(ctx, b)); len(got) != 0 {
		t.Errorf("%s: %v", b, got)
	}
}

func (n *notebook) folders(boss, operator *client.Client) {
	t, ctx := n.w.t, n.w.t.Context()
	folder, media, analysis := must1[*client.Folder](t), must1[*client.Media](t), must1[*client.Analysis](t)
	f := folder(boss.CreateFolder(ctx, client.Payload{MediaTags: map[string][]string{"a": {"photo_selfie"}}}, photo("a", 1)))
	added := must1[[]client.Media](t)(boss.AddMedia(ctx, f.ID, client.Payload{}, photo("b", 2)))
	if all := must1[[]client.Media](t)(boss.FolderMedia(ctx, f.ID)); len(all) != 2 || all[1].ID != added[0].ID {
		t.Errorf("%+v", all)
	}
	if got := media(boss.TagMedia(ctx, added[0].ID, "photo_id")); len(got.Tags) != 1 {
		t.Errorf("%+v", got)
	}
	if got := media(boss.Media(ctx, f.Media[0].ID)); got.Tags[0] != "photo_selfie" || string(must1[[]byte](t)(boss.Download(ctx, got.OriginalURL))) != picture(1) {
		t.Errorf("%+v", got)
	}
	ordered := must1[[]client.Analysis](t)(boss.OrderAnalyses(ctx, f.ID, client.Order{Type: "quality"}, client.Order{Type: "biometry"}))
	for analysis(boss.Analysis(ctx, ordered[0].ID)).State == bonafide.Processing {
		time.Sleep(time.Millisecond) // the worker is about to end it
	}
	if got := analysis(operator.DecideAnalysis(ctx, ordered[0].ID, bonafide.Success, "seen")); got.Resolution != bonafide.Success {
		t.Errorf("%+v", got)
	}
	if got := analysis(operator.DecideAnalysis(ctx, ordered[0].ID, "", "")); got.Resolution != bonafide.Declined {
		t.Errorf("%+v", got)
	}
	if got := folder(operator.DecideFolder(ctx, f.ID, bonafide.Success, "known")); got.OperatorStatus != bonafide.Success || got.OperatorComment != "known" {
		t.Errorf("%+v", got)
	}
	if all := must1[[]client.Analysis](t)(boss.FolderAnalyses(ctx, f.ID, url.Values{"type": {"QUALITY"}})); len(all) != 1 || all[0].ID != ordered[0].ID {
		t.Errorf("%+v", all)
	}
	if all := must1[*client.List[client.Analysis]](t)(boss.Analyses(ctx, url.Values{"limit": {"1"}})); len(all.Items) != 1 || *all.Total != 2 {
		t.Errorf("%+v", all)
	}
	for _, b := range []client.Bearer{client.OfFolder(f.ID), client.OfMedia(added[0].ID), client.OfAnalysis(ordered[0].ID)} {
		n.meta(boss, b)
	}
	if got := folder(boss.ChangeFolder(ctx, f.ID, client.FolderChange{LegalHold: new(true), Endpoint: new("https://bank.example/hook")})); got.Endpoint == "" {
		t.Errorf("%+v", got)
	}
	var refused *client.Error
	if err := boss.DeleteFolder(ctx, f.ID); !errors.As(err, &refused) || refused.Code != 9 || refused.Message == "" {
		t.Errorf("under legal hold: %v", err)
	}
	folder(boss.ChangeFolder(ctx, f.ID, client.FolderChange{LegalHold: new(false)}))
	if got := folder(boss.Judge(ctx, client.Payload{Analyses: []client.Order{{Type: "quality"}}}, photo("a", 1))); len(got.Analyses) != 1 || got.Analyses[0].Resolution != bonafide.Success {
		t.Errorf("%+v", got)
	}
	n.deliveries(boss, f.ID)
	n.w.must(boss.DeleteAnalysis(ctx, ordered[1].ID))
	n.w.must(boss.DeleteMedia(ctx, added[0].ID))
	if got := folder(boss.Folder(ctx, f.ID)); len(got.Media) != 1 || len(got.Analyses) != 1 {
		t.Errorf("%+v", got)
	}
	n.w.must(boss.DeleteFolder(ctx, f.ID))
}

// deliveries has a webhook owed, for which there is a secret.
func (n *notebook) deliveries(boss *client.Client, id bonafide.ID) {
	t, ctx := n.w.t, n.w.t.Context()
	secret := must1[*client.WebhookSecret](t)(boss.CreateWebhookSecret(ctx))
	if all := must1[[]client.WebhookSecret](t)(boss.WebhookSecrets(ctx)); len(all) != 1 || all[0].ID != secret.ID || secret.Secret == "" || all[0].Secret != "" {
		t.Errorf("%+v", all)
	}
	n.w.must(boss.DeleteWebhookSecret(ctx, secret.ID))
	must1[[]client.Analysis](t)(boss.OrderAnalyses(ctx, id, client.Order{Type: "quality"}))
	var owed []client.Delivery
	for ; len(owed) == 0; time.Sleep(time.Millisecond) {
		owed = must1[[]client.Delivery](t)(boss.FolderDeliveries(ctx, id))
	}
	delivery := must1[*client.Delivery](t)
	if got := delivery(boss.Delivery(ctx, owed[0].ID)); got.FolderID != id {
		t.Errorf("%+v", got)
	}
	delivery(boss.ReplayDelivery(ctx, owed[0].ID))
	if all := must1[*client.List[client.Delivery]](t)(boss.Deliveries(ctx, nil)); len(all.Items) != 1 {
		t.Errorf("%+v", all)
	}
	all := must1[[]client.Analysis](t)(boss.FolderAnalyses(ctx, id, nil))
	n.w.must(boss.DeleteAnalysis(ctx, all[len(all)-1].ID))
}

func (n *notebook) people(boss *client.Client) {
	t, ctx := n.w.t, n.w.t.Context()
	collection, person := must1[*client.Collection](t), must1[*client.Person](t)
	c := collection(boss.CreateCollection(ctx, "", "wanted"))
	if got := collection(boss.RenameCollection(ctx, c.ID, "staff")); got.Alias != "staff" || collection(boss.Collection(ctx, c.ID)).Alias != "staff" {
		t.Errorf("%+v", got)
	}
	if all := must1[[]client.Collection](t)(boss.Collections(ctx)); len(all) != 2 {
		t.Errorf("%+v", all)
	}
	p := person(boss.AddPerson(ctx, c.ID, client.Payload{PersonMeta: bonafide.Meta{"case": "A-17"}}, photo("p1", 1)))
	images := must1[[]client.PersonImage](t)(boss.AddPersonImages(ctx, c.ID, p.ID, client.Payload{}, photo("p2", 2)))
	if got := must1[*client.SearchResult](t)(boss.SearchCollection(ctx, c.ID, client.Payload{Count: 3}, photo("p3", 1))); !got.Found || got.References != 2 || got.Persons[0].PersonID != p.ID {
		t.Errorf("%+v", got)
	}
	if all := must1[*client.List[client.PersonImage]](t)(boss.PersonImages(ctx, c.ID, p.ID, nil)); len(all.Items) != 2 {
		t.Errorf("%+v", all)
	}
	if got := person(boss.ChangePerson(ctx, c.ID, p.ID, bonafide.Meta{"n": "1"})); got.Meta["case"] != "A-17" || got.Meta["n"] != "1" {
		t.Errorf("%+v", got)
	}
	n.meta(boss, client.OfCollection(c.ID))
	n.meta(boss, client.OfPerson(c.ID, p.ID))
	n.w.must(boss.DeletePersonImage(ctx, c.ID, p.ID, images[0].ID))
	if got := person(boss.Person(ctx, c.ID, p.ID)); len(got.Images) != 1 {
		t.Errorf("%+v", got)
	}
	if all := must1[*client.List[client.Person]](t)(boss.Persons(ctx, c.ID, nil)); len(all.Items) != 1 || *all.Total != 1 {
		t.Errorf("%+v", all)
	}
	n.imports(boss, c.ID)
	twin := person(boss.AddPerson(ctx, c.ID, client.Payload{}, photo("p4", 21)))
	if got := person(boss.MergePersons(ctx, c.ID, p.ID, twin.ID)); got.ID != p.ID || len(got.Images) != 2 {
		t.Errorf("%+v", got)
	}
	if got := person(boss.SplitPerson(ctx, c.ID, p.ID, twin.ID)); got.ID != twin.ID || len(got.Images) != 1 {
		t.Errorf("%+v", got)
	}
	to := collection(boss.CreateCollection(ctx, "", "others"))
	if got := person(boss.MovePerson(ctx, c.ID, twin.ID, to.ID)); got.CollectionID != to.ID {
		t.Errorf("%+v", got)
	}
	if got := must1[*client.SearchResult](t)(boss.SearchCollection(ctx, to.ID, client.Payload{}, photo("p5", 21))); !got.Found || got.References != 1 {
		t.Errorf("%+v", got)
	}
	n.w.must(boss.DeletePerson(ctx, c.ID, p.ID))
	n.w.must(boss.DeleteCollection(ctx, c.ID))
}

func (n *notebook) imports(boss *client.Client, list bonafide.ID) {
	t, ctx := n.w.t, n.w.t.Context()
	imported := must1[*client.Import](t)
	im := imported(boss.CreateImport(ctx, list, client.ImportOptions{DryRun: true}, photo("i1", 11)))
	if got := imported(boss.AddImportFiles(ctx, list, im.ID, photo("i1", 11), photo("i2", 12))); got.Files.Total != 2 || got.Came != 2 || got.New != 1 {
		t.Errorf("%+v", got)
	}
	if got := imported(boss.StartImport(ctx, list, im.ID)); got.DryRun || imported(boss.Import(ctx, list, im.ID)).Files.Waiting != 2 {
		t.Errorf("%+v", got)
	}
	if all := must1[*client.List[client.ImportFile]](t)(boss.ImportFiles(ctx, list, im.ID, url.Values{"state": {"WAITING"}})); len(all.Items) != 2 || all.Items[1].Name != "i2.jpg" {
		t.Errorf("%+v", all)
	}
	if all := must1[*client.List[client.Import]](t)(boss.Imports(ctx, list, nil)); len(all.Items) != 1 || all.Items[0].ID != im.ID {
		t.Errorf("%+v", all)
	}
	n.w.must(boss.DeleteImport(ctx, list, im.ID))
}

func (n *notebook) reports(boss *client.Client) {
	t, ctx := n.w.t, n.w.t.Context()
	f := must1[*client.Folder](t)(boss.CreateFolder(ctx, client.Payload{}, photo("a", 1)))
	template, report := must1[*client.ReportTemplate](t), must1[*client.Report](t)
	made := template(boss.CreateReportTemplate(ctx, client.TemplateChange{Name: new("A"), Title: new("Есеп")}))
	if got := template(boss.ChangeReportTemplate(ctx, made.ID, client.TemplateChange{Default: new(true)})); !got.Default || got.Title != "Есеп" {
		t.Errorf("%+v", got)
	}
	if all := must1[[]client.ReportTemplate](t)(boss.ReportTemplates(ctx)); len(all) != 1 || all[0] != *template(boss.ReportTemplate(ctx, made.ID)) {
		t.Errorf("%+v", all)
	}
	added := must1[[]client.Attachment](t)(boss.AddAttachments(ctx, made.ID, photo("sign", 2)))
	if all := must1[[]client.Attachment](t)(boss.Attachments(ctx, made.ID)); len(all) != 1 || all[0] != added[0] || all[0] != *must1[*client.Attachment](t)(boss.Attachment(ctx, made.ID, added[0].ID)) {
		t.Errorf("%+v", all)
	}
	for _, id := range []bonafide.ID{"", made.ID} {
		r := report(boss.MakeReport(ctx, f.ID, id))
		pdf := must1[[]byte](t)(boss.DownloadReport(ctx, r.ID))
		if !bytes.HasPrefix(pdf, []byte("%PDF-")) || int64(len(pdf)) != r.Size || *report(boss.Report(ctx, r.ID)) != *r {
			t.Errorf("%d bytes, %+v", len(pdf), r)
		}
	}
	all := must1[[]client.Report](t)(boss.Reports(ctx, f.ID))
	n.w.must(boss.DeleteReport(ctx, all[0].ID))
	if left := must1[[]client.Report](t)(boss.Reports(ctx, f.ID)); len(all) != 2 || len(left) != 1 {
		t.Errorf("%+v", left)
	}
	n.w.must(boss.DeleteAttachment(ctx, made.ID, added[0].ID))
	n.w.must(boss.DeleteReportTemplate(ctx, made.ID))
}

func (n *notebook) service(boss, root *client.Client) {
	t, ctx := n.w.t, n.w.t.Context()
	if v := must1[string](t)(boss.Version(ctx)); v != "6.0.1-test" {
		t.Errorf("version %q", v)
	}
	if c := must1[*client.Config](t)(boss.Config(ctx)); c.Timezone != "UTC" {
		t.Errorf("%+v", c)
	}
	must1[map[string]any](t)(boss.SDKSettings(ctx, "any phone 2"))
	if l := must1[*client.CaptureLimits](t)(boss.CaptureLimits(ctx)); l.Set == "" || len(l.Gate) == 0 {
		t.Errorf("limits of captures: %+v", l)
	}
	if drawn := must1[*client.Capture](t)(boss.DrawCapture(ctx, client.CaptureWish{Draw: 2})); len(drawn.Actions) != 2 || len(drawn.Container.PublicKey) != 65 {
		t.Errorf("drawn is %+v", drawn)
	}
	if token := must1[string](t)(boss.CaptureToken(ctx)); strings.Count(token, ".") != 2 {
		t.Errorf("the token is %s", token)
	}
	event := must1[*client.EventSession](t)(boss.AddEventSession(ctx, map[string]any{"device": "M1"}))
	if all := must1[*client.List[client.EventSession]](t)(root.EventSessions(ctx, nil)); len(all.Items) != 1 || all.Items[0].ID != event.ID || all.Items[0].Data["device"] != "M1" {
		t.Errorf("%+v", all)
	}
	link := must1[*client.CaptureLink](t)(boss.CreateCaptureLink(ctx, client.LinkOptions{Draw: 2, Meta: bonafide.Meta{"a": "b"}, ExpiresIn: 60}))
	if got := must1[*client.CaptureLink](t)(boss.CaptureLink(ctx, link.ID)); got.URL != link.URL || got.UsedAt != nil || link.QR == "" {
		t.Errorf("%+v, %+v", link, got)
	}
	if folders := must1[*client.List[client.Folder]](t)(boss.Folders(ctx, nil)); len(must1[[]client.EventSession](t)(boss.FolderEvents(ctx, folders.Items[0].ID))) != 0 {
		t.Error("a folder has events that nobody sent")
	}
	if s := must1[*client.Statistics](t)(boss.Statistics(ctx, nil)); s.Total != 1 || s.ByResolution[bonafide.Initial] != 1 || len(s.ByDay) != 1 {
		t.Errorf("%+v", s)
	}
	if all := must1[*client.List[client.AuditEntry]](t)(root.Audit(ctx, url.Values{"limit": {"3"}})); len(all.Items) != 3 || all.Items[0].Hash == "" {
		t.Errorf("%+v", all)
	}
}
