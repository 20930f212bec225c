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

func TestReportOfATemplateThatIsNotThereIsRefused(t *testing.T) {
	w := newWorld(t, Config{})
	folder := w.post("/api/folders", "{}").want(201).text("folder_id")
	w.post("/api/folders/"+folder+"/reports", `{"report_template_id": "`+string(bonafide.NewID())+`"}`).want(404, "template")
	w.get("/api/folders/"+folder+"/reports").want(200, "[]")
}
