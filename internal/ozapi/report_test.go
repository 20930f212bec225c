package ozapi

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
)

// pdfText gives what a PDF says.
func pdfText(t *testing.T, pdf string) string {
	t.Helper()
	if !strings.HasPrefix(pdf, "%PDF-") {
		t.Fatalf("no PDF: %.20q", pdf)
	}
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext (poppler-utils) is not installed: the text of reports is not looked at")
	}
	path := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(path, []byte(pdf), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool, "-layout", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestReportOfAFolderIsMadeKeptAndDeleted(t *testing.T) {
	w := newWorld(t, Config{})
	w.work(func(a bonafide.Analysis) bonafide.AnalysisResult {
		score := 0.75
		return bonafide.AnalysisResult{State: bonafide.Finished, Resolution: bonafide.Success, Result: &bonafide.Result{
			Findings: []bonafide.Finding{{Kind: bonafide.FindingLiveness, MediaID: a.SourceMedia[0], Score: &score}}}}
	})
	folder := w.upload("/api/folders", filePart("a", "Сәлем.jpg", picture(9)),
		disposition+`"payload"`+"\r\n\r\n"+`{"folder:meta_data": {"аты": "Жұлдыз"}, "media:tags": {"a": ["photo_selfie"]}, "analyses": [{"type": "quality"}]}`).want(201).text("folder_id")
	made := w.send("POST", "/api/folders/"+folder+"/reports/", "").want(201, `"state": "FINISHED"`, folder)
	path := "/api/reports/" + made.text("report_id")
	w.get("/api/folders/"+folder+"/reports").want(200, made.body[1:len(made.body)-2])
	if again := w.get(path).want(200); again.body != made.body {
		t.Errorf("%s became %s", made.body, again.body)
	}

	file := w.get(path + "/download").want(200)
	for _, want := range []string{"Success", "0.2500", "Сәлем.jpg", "Жұлдыз", "Bank", folder, "Page 1 of"} {
		if !strings.Contains(pdfText(t, file.body), want) {
			t.Errorf("%q is missing in %s", want, pdfText(t, file.body))
		}
	}
	if ct, cd := file.header.Get("Content-Type"), file.header.Get("Content-Disposition"); ct != "application/pdf" ||
		cd != "attachment; filename="+made.text("name") || !strings.HasPrefix(made.text("name"), "report_"+folder) {
		t.Errorf("download says %q %q", ct, cd)
	}
	link := made.text("original_url")
	if linked := w.get(link).want(200); linked.body != file.body {
		t.Error("the link gives another file")
	}

	w.send("DELETE", path, "").want(403)
	w.addUser("boss@bank.example", bonafide.ClientAdmin, w.user.CompanyID)
	w.signIn("boss@bank.example")
	w.send("DELETE", path, "").want(200)
	for _, gone := range []string{path, path + "/download", link} {
		w.get(gone).want(404)
	}
	w.get("/api/folders/"+folder+"/reports").want(200, "[]")
}

func TestReportIsMadeInTheLanguageThatIsAskedFor(t *testing.T) {
	w := newWorld(t, Config{})
	folder := "/api/folders/" + w.post("/api/folders", "").want(201).text("folder_id") + "/reports"
	for ask, title := range map[string]string{"?lang=ru": "Отчёт о проверке", "?lang=de": "Verification report", "": "Verification report"} {
		id := w.send("POST", folder+ask, "").want(201).text("report_id")
		if got := pdfText(t, w.get("/api/reports/"+id+"/download").want(200).body); !strings.Contains(got, title) {
			t.Errorf("%q gives %s", ask, got)
		}
	}
}

func TestReportOfATemplateThatIsNotThereIsRefused(t *testing.T) {
	w := newWorld(t, Config{})
	folder := w.post("/api/folders", "{}").want(201).text("folder_id")
	w.post("/api/folders/"+folder+"/reports", `{"report_template_id": "`+string(bonafide.NewID())+`"}`).want(404, "template")
	w.get("/api/folders/"+folder+"/reports").want(200, "[]")
}

func TestReportBeginsAsItsTemplateSays(t *testing.T) {
	w := newWorld(t, Config{})
	folder := w.post("/api/folders", "{}").want(201).text("folder_id")
	says := func(order, want string) {
		t.Helper()
		r := w.post("/api/folders/"+folder+"/reports", order).want(201)
		if got := pdfText(t, w.get("/api/reports/"+r.text("report_id")+"/download").want(200).body); !strings.Contains(got, want) {
			t.Errorf("%q is missing in %s", want, got)
		}
	}
	client := w.token
	w.addUser("boss@bank.example", bonafide.ClientAdmin, w.user.CompanyID)
	w.signIn("boss@bank.example")
	w.post(reportTemplates, `{"title": "A"}`).want(400)
	w.post(reportTemplates, `{"name": "A", "title": "`+strings.Repeat("я", 101)+`"}`).want(400)
	w.post(reportTemplates, `{"name": "A", "company_id": "`+string(bonafide.NewID())+`"}`).want(404)
	one := w.post(reportTemplates, `{"name": "One", "is_default": true, "title": "Есеп беру", "header": "Құпия\nтек қызмет бабында"}`).want(201).text("report_template_id")
	two := w.post(reportTemplates, `{"name": "Two", "title": "Second"}`).want(201).text("report_template_id")
	w.token = client
	says("", "Есеп беру")
	says("", "тек қызмет бабында")
	says(`{"report_template_id": "`+two+`"}`, "Second")
	w.signIn("boss@bank.example")
	w.send("PATCH", reportTemplates+"/"+two, `{"is_default": true, "title": "Third"}`).want(200, `"title": "Third"`)
	w.get(reportTemplates+"/"+one).want(200, `"is_default": false`)
	says("", "Third")
	w.send("DELETE", reportTemplates+"/"+two, "").want(200)
	w.get(reportTemplates).want(200, one, "not", two)
	says("", "Verification report")

	other := &bonafide.ReportTemplate{ID: bonafide.NewID(), CompanyID: w.otherCompany(), Name: "Other"}
	w.must(w.store.CreateReportTemplate(t.Context(), other))
	w.post("/api/folders/"+folder+"/reports", `{"report_template_id": "`+string(other.ID)+`"}`).want(404)
	w.addUser("root@bank.example", bonafide.Admin, "")
	w.signIn("root@bank.example")
	w.post("/api/folders/"+folder+"/reports", `{"report_template_id": "`+string(other.ID)+`"}`).want(404)
}

func TestReportsShowTheAttachmentsOfTheirTemplate(t *testing.T) {
	w := newWorld(t, Config{})
	folder := w.post("/api/folders", "{}").want(201).text("folder_id")
	pictures := func() int {
		r := w.post("/api/folders/"+folder+"/reports", "").want(201)
		return strings.Count(w.get("/api/reports/"+r.text("report_id")+"/download").want(200).body, "/Subtype /Image")
	}
	client := w.token
	w.asAdmin()
	template := reportTemplates + "/" + w.post(reportTemplates, `{"name": "A", "is_default": true}`).want(201).text("report_template_id")
	at := template + "/attachments"
	w.get(at+"/").want(200, "[]")
	if n := pictures(); n != 0 {
		t.Errorf("%d pictures and no attachments", n)
	}
	added := w.upload(at, filePart("a", "sign.jpg", picture(1)), filePart("b", "b.jpg", picture(2))).want(201, `"original_name": "sign.jpg"`)
	if added.count() != 2 || w.get(at).body != added.body {
		t.Errorf("got %s", added.body)
	}
	first := at + "/" + added.text(0, "attachment_id")
	w.get(first).want(200, `"size": `)
	if got := w.send("GET", added.text(0, "original_url"), ""); got.body != picture(1) {
		t.Errorf("the file has %d bytes", len(got.body))
	}
	w.upload(at, filePart("v", "v.mp4", clip)).want(400, `{"error_code": 4, `)
	w.upload(at, filePart("a", "a.jpg", picture(1)), filePart("t", "a.jpg", "text")).want(400, `{"error_code": 4, `)
	w.upload(at, payload("{}")).want(400, `{"error_code": 3, `)
	w.upload(at, filePart("a", "a.jpg", picture(1)+strings.Repeat("x", 10<<20))).want(400, `{"error_code": 14, `)
	var many []string
	for range 9 {
		many = append(many, filePart("a", "a.jpg", picture(3)))
	}
	w.upload(at, many...).want(409, `{"error_code": 14, `)
	w.token = client
	if n := pictures(); n == 0 {
		t.Error("the attachments are not shown")
	}
	w.upload(at, filePart("a", "a.jpg", picture(1))).want(403)
	w.send("DELETE", first, "").want(403)
	w.signIn("admin@bank.example")
	second := w.post(reportTemplates, `{"name": "B"}`).want(201).text("report_template_id")
	w.get(reportTemplates+"/"+second+"/attachments/"+added.text(0, "attachment_id")).want(404, `{"error_code": 10, "error_message": "Attachment not found"`)
	w.send("DELETE", first, "").want(200)
	w.send("GET", added.text(0, "original_url"), "").want(404)
	w.get(at).want(200, added.text(1, "attachment_id"), "not", added.text(0, "attachment_id"))
	w.send("DELETE", template, "").want(200)
	w.send("GET", added.text(1, "thumb_url"), "").want(404)
	if n := pictures(); n != 0 {
		t.Errorf("%d pictures of a deleted template", n)
	}
}

// otherCompany makes a company that nobody signed in belongs to.
func (w *world) otherCompany() bonafide.ID {
	c := &bonafide.Company{ID: bonafide.NewID(), Name: "Other"}
	w.must(w.store.CreateCompany(w.t.Context(), c))
	return c.ID
}
