package ozapi

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
)

// Numbers in the names of tests are those of docs/build/compatibility.md.

func TestCompat01AndOz03BothSlashFormsAnswerDirectly(t *testing.T) {
	w := newWorld(t, Config{})
	for _, path := range []string{"/api/folders", "/api/folders/", "/api/folders/?", "/api/folders?", "/api//folders//"} {
		w.post(path, "").want(201, `"folder_id": "`)
		w.get(path).want(200, `"items": [`)
	}
	f := w.post("/api/folders", "").text("folder_id")
	for _, end := range []string{"", "/", "/?"} {
		w.get("/api/folders/"+f+end).want(200, f)
		w.upload("/api/folders/"+f+"/media"+end, filePart("v", "a.jpg", picture(1))).want(201, `"media_id": "`)
		w.get("/api/folders/"+f+"/media"+end).want(200, `"media_id": "`)
		a := w.post("/api/folders/"+f+"/analyses"+end, `{"analyses": [{"type": "quality"}]}`).want(201).text(0, "analyse_id")
		w.get("/api/folders/"+f+"/analyses"+end).want(200, a)
		w.get("/api/analyses/"+a+end).want(200, a)
		w.get("/api/analyses"+end).want(200, a)
		w.get("/api/version"+end).want(200, "core")
	}
}

func TestOz02EveryPathWithAndWithoutSlash(t *testing.T) {
	s := newStage(t, bonafide.ClientAdmin)
	for _, rt := range routes() {
		v, ok := visits()[rt.Method+" "+rt.Pattern]
		if !ok && parameter.MatchString(rt.Pattern) {
			continue // a file or an asset
		}
		var status []int
		for _, end := range []string{"", "/", "//"} {
			s.enter() // the call may end the session
			status = append(status, s.call(rt, v, s.make(rt.Pattern, own)+end).status)
		}
		if status[0]/100 == 3 || status[1] != status[0] || status[2] != status[0] {
			t.Errorf("%s %s is answered %v without a slash, with one and with two", rt.Method, rt.Pattern, status)
		}
	}
}

func TestCompat02DoubleSlashHost(t *testing.T) {
	w := newWorld(t, Config{})
	w.send("POST", w.url+"//api/authorize/auth", credentials(password), "Content-Type: application/json").want(200, `"access_token": "`)
}

func credentials(password string) string {
	return `{"credentials": {"email": "a.user@bank.example", "password": "` + password + `"}}`
}

func TestCompat03AndOz01JSONWhateverTheLabel(t *testing.T) {
	w := newWorld(t, Config{})
	f := w.post("/api/folders", "").text("folder_id")
	for _, label := range []string{"application/x-www-form-urlencoded", "text/plain;charset=UTF-8", "application/json", "image/png", "nonsense"} {
		w.send("POST", "/api/authorize/auth", credentials(password), "Content-Type: "+label).want(200, `"session_id": `)
		w.send("POST", "/api/folders/"+f+"/analyses", `{"analyses": [{"type": "documents"}]}`, "Content-Type: "+label).want(201)
		w.send("POST", "/api/folders", `{"folder:meta_data": {"t": "1"}}`, "Content-Type: "+label).want(201, `"t": "1"`)
		w.send("GET", "/api/folders/"+f, "", "Content-Type: "+label).want(200, f)
	}
}

func TestCompat04ChunkedMultipart(t *testing.T) {
	w := newWorld(t, Config{})
	body := form(disposition+`"payload"`+"\r\n\r\n"+`{"media:tags": {"video_0": ["video_selfie_blank"]}}`,
		disposition+`"video_0"; filename="v.zip"`+"\r\nContent-Type: multipart/form-data\r\nContent-Transfer-Encoding: binary\r\n\r\n"+picture(7))
	// A reader of unknown length is sent in chunks.
	r := w.stream("POST", "/api/folders", io.MultiReader(strings.NewReader(body)), "Content-Type: "+multipartB).want(201)
	if got := r.text("media", 0, "tags", 0); got != "video_selfie_blank" {
		t.Errorf("tags are %q", got)
	}
}

func TestCompat05AndOz22TheTokenHeaderAloneCounts(t *testing.T) {
	w := newWorld(t, Config{})
	w.send("GET", "/api/folders", "", "Authorization: Bearer foreign").want(200)
	token := w.token
	w.token = ""
	w.send("GET", "/api/folders", "", "Authorization: Bearer "+token).want(401, `{"error_code": 6, `)
	w.send("GET", "/api/folders", "", "x-FORENSICS-access-token: "+token).want(200)
	w.send("GET", "/api/folders", "", "X-Forensic-Access-Token: "+token).want(200)
	w.send("GET", "/api/folders", "", "X-Forensic-Access-Token: 00").want(401, `{"error_code": 7, `)
}

func TestCompat06CORSOnEveryAnswer(t *testing.T) {
	w := newWorld(t, Config{})
	check := func(name string, r *reply) {
		t.Helper()
		if r.header.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s: no CORS", name)
		}
		for _, m := range []string{"GET", "POST", "OPTIONS", "PATCH", "DELETE"} {
			if !strings.Contains(r.header.Get("Access-Control-Allow-Methods"), m) {
				t.Errorf("%s: %s is missing", name, m)
			}
		}
		for _, h := range []string{"content-type", "x-forensic-access-token"} {
			if !strings.Contains(strings.ToLower(r.header.Get("Access-Control-Allow-Headers")), h) {
				t.Errorf("%s: %s is missing", name, h)
			}
		}
	}
	check("read", w.get("/api/folders").want(200))
	check("unknown path", w.get("/api/nothing").want(404, `{"error_code": 10, `))
	check("wrong method", w.send("DELETE", "/api/version", "").want(405, `{"error_code": 1, `))
	w.token = ""
	check("no token", w.get("/api/folders").want(401))
	o := w.send("OPTIONS", "/api/folders/", "", "Origin: https://app.example", "Access-Control-Request-Method: POST").want(200)
	check("preflight", o)
	if o.body != "" || o.header.Get("Allow") != "GET, HEAD, OPTIONS, POST" {
		t.Errorf("OPTIONS answers %q, Allow %q", o.body, o.header.Get("Allow"))
	}
}

func TestCORSForChosenOriginsOnly(t *testing.T) {
	w := newWorld(t, Config{Config: rest.Config{Origins: []string{"https://app.example"}}})
	yes := w.send("GET", "/api/version", "", "Origin: https://app.example")
	no := w.send("GET", "/api/version", "", "Origin: https://other.example")
	if yes.header.Get("Access-Control-Allow-Origin") != "https://app.example" || yes.header.Get("Vary") != "Origin" {
		t.Errorf("chosen origin: %v", yes.header)
	}
	if no.header.Get("Access-Control-Allow-Origin") != "" || no.header.Get("Vary") != "Origin" {
		t.Errorf("other origin: %v", no.header)
	}
}

func TestCompat08SessionAnswerIsReadByWords(t *testing.T) {
	w := newWorld(t, Config{})
	r := w.post("/api/authorize/auth", credentials(password)).want(200, "not", "\n", "assword")
	words := strings.Fields(r.body)
	if words[6] != `"access_token":` {
		t.Fatalf("word 7 is %s in %s", words[6], r.body)
	}
	token := strings.Trim(words[7], `",`)
	if token != r.text("access_token") || strings.Trim(token, "0123456789abcdefghijklmnopqrstuvwxyz") != "" {
		t.Errorf("word 8 is %s", words[7])
	}
	w.token = token
	w.get("/api/folders").want(200)
}

func TestCompat09ExpiryAndSessionAreWholeNumbers(t *testing.T) {
	w := newWorld(t, Config{})
	r := w.post("/api/authorize/auth", credentials(password)).want(200)
	if in := r.number("expire_date") - float64(w.clock.Now().Unix()); in != 900 {
		t.Errorf("expires in %v s", in)
	}
	for _, key := range []string{"expire_date", "session_id", "time_created", "time_updated"} {
		if n := r.number(key); n != float64(int64(n)) || n <= 0 {
			t.Errorf("%s is %v", key, n)
		}
	}
	if r.text("expire_token") == "" || r.text("user", "user_type") != "CLIENT" {
		t.Errorf("got %s", r.body)
	}
}

func TestCompat10FailedSignIn(t *testing.T) {
	w := newWorld(t, Config{})
	r := w.post("/api/authorize/auth", credentials("wrong")).want(401, `{"error_code": 7, "error_message": "`, `"error_details": null`, `"details": null`,
		"not", "access_token")
	if r.text("error_message") == "" {
		t.Error("the message is empty")
	}
	for body, code := range map[string]string{
		``: "3", `{}`: "3", `[]`: "3", `{"credentials": {}}`: "3", `{"credentials": {"email": "x"}}`: "3",
		`{"credentials": 1}`: "5", `{"credentials": {"email": 1, "password": "x"}}`: "5",
	} {
		w.post("/api/authorize/auth", body).want(400, `{"error_code": `+code+`, `)
	}
}

func TestTooManyFailedSignInsSayWhenToComeAgain(t *testing.T) {
	w := newWorld(t, Config{})
	for range 5 {
		w.post("/api/authorize/auth", credentials("wrong")).want(401, "not", "again")
	}
	w.clock.add(10 * time.Second)
	r := w.post("/api/authorize/auth", credentials(password)).want(429, `{"error_code": 101, `, "try again in 20 seconds")
	if got := r.header.Get("Retry-After"); got != "20" {
		t.Errorf("Retry-After is %q", got)
	}
	w.clock.add(20 * time.Second)
	if got := w.post("/api/authorize/auth", credentials(password)).want(200).header.Get("Retry-After"); got != "" {
		t.Errorf("Retry-After of a success is %q", got)
	}
}

func TestCompat11Refresh(t *testing.T) {
	w := newWorld(t, Config{})
	old := w.post("/api/authorize/auth", credentials(password)).want(200)
	w.token = old.text("access_token")
	fresh := w.post("/api/authorize/refresh", `{"expire_token": "`+old.text("expire_token")+`"}`).want(200, `"expire_date": `, `"user": {`)
	if fresh.text("access_token") == w.token || fresh.text("expire_token") == old.text("expire_token") {
		t.Error("the pair is the old one")
	}
	w.post("/api/authorize/refresh", `{}`).want(400, `{"error_code": 3, "error_message": "Could not locate field for key_path expire_token from provided dict data"`)
	w.post("/api/authorize/refresh", `{"expire_token": "00"}`).want(401, "Session not found")
}

func TestOz12OldPairDiesAtFirstUseOfTheNew(t *testing.T) {
	w := newWorld(t, Config{})
	old := w.post("/api/authorize/auth", credentials(password)).want(200)
	w.token = old.text("access_token")
	w.clock.add(time.Hour)
	w.get("/api/folders").want(401, `{"error_code": 8, `)
	fresh := w.post("/api/authorize/refresh/", `{"expire_token": "`+old.text("expire_token")+`"}`).want(200)
	w.token = fresh.text("access_token")
	w.get("/api/folders").want(200)
	w.token = old.text("access_token")
	w.get("/api/folders").want(401, `{"error_code": 7, `)
}

func TestOz13UseKeepsATokenAlive(t *testing.T) {
	w := newWorld(t, Config{})
	for range 6 {
		w.clock.add(10 * time.Minute)
		w.get("/api/folders").want(200)
	}
	w.clock.add(15*time.Minute + time.Second)
	w.get("/api/folders").want(401, `{"error_code": 8, `)
}

func TestOz15ErrorBody(t *testing.T) {
	w := newWorld(t, Config{})
	for _, r := range []*reply{
		w.get("/api/nothing"), w.get("/api/folders/x"), w.get("/api/folders/" + string(bonafide.NewID())),
		w.send("PUT", "/api/folders", ""), w.send("BREW", "/api/folders", ""), w.post("/api/folders", "{"), w.get("/static/x/y"),
		w.get("/api/folders?limit=x"), w.get("/api/folders?sorting=nothing"), w.send("DELETE", "/api/folders/"+string(bonafide.NewID()), ""),
	} {
		r.want(r.status, `, "error_message": "`, `"error_details": null, "details": null}`)
		if r.status < 400 || r.status > 499 {
			t.Errorf("status is %d: %s", r.status, r.body)
		}
	}
}

func TestOz21DataContainersAreRefused(t *testing.T) {
	w := newWorld(t, Config{})
	w.send("POST", "/api/folders/", "x", "Content-Type: application/octet-stream").want(400, `{"error_code": 14, `, "multipart/form-data")
	w.send("POST", "/api/folders/", "", "Content-Type: application/octet-stream").want(400, `{"error_code": 13, `)
	if n := w.folders(); n != 0 {
		t.Errorf("%d folders", n)
	}
}

func TestCompat29VersionNeedsNoToken(t *testing.T) {
	w := newWorld(t, Config{})
	w.token = ""
	w.get("/api/version").want(200, `{"core": "6.0.1-test"}`)
	w.get("/api/config/").want(200, `{"timezone": "UTC"}`)
	w.get("/healthz").want(200)
	if r := w.send("HEAD", "/api/version", "").want(200); r.body != "" || r.header.Get("Content-Length") == "0" {
		t.Errorf("HEAD answers %q, %s bytes", r.body, r.header.Get("Content-Length"))
	}
}

func TestBodiesAreLimitedBeforeParsing(t *testing.T) {
	w := newWorld(t, Config{Config: rest.Config{MaxJSON: 100, MaxBody: 4000, MaxFile: 3000}})
	w.post("/api/folders", `{"a": "`+strings.Repeat("x", 200)+`"}`).want(400, `{"error_code": 14, `)
	w.upload("/api/folders", filePart("a", "a.jpg", strings.Repeat("x", 3500))).want(400, `{"error_code": 14, `)
	w.upload("/api/folders", filePart("a", "a.jpg", picture(1)), filePart("b", "b.jpg", picture(1)+strings.Repeat("x", 2000)),
		filePart("c", "c.jpg", picture(1)+strings.Repeat("x", 2000))).want(400, `{"error_code": 14, `)
	if n := w.folders(); n != 0 {
		t.Errorf("%d folders", n)
	}
}

// A connection that breaks within a file must leave no folder behind.
func TestTornUploadLeavesNothing(t *testing.T) {
	w := newWorld(t, Config{})
	conn, err := net.Dial("tcp", strings.TrimPrefix(w.url, "http://"))
	w.must(err)
	body := form(filePart("a", "a.jpg", picture(1)), filePart("b", "b.jpg", picture(2)))
	fmt.Fprintf(conn, "POST /api/folders HTTP/1.1\r\nHost: x\r\nX-Forensic-Access-Token: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s",
		w.token, multipartB, len(body), body[:len(body)-100])
	w.must(conn.(*net.TCPConn).CloseWrite())
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	w.must(err)
	raw, _ := io.ReadAll(resp.Body)
	resp.Body.Close()
	conn.Close()
	if resp.StatusCode != 400 || !strings.HasPrefix(string(raw), `{"error_code": 3, `) {
		t.Errorf("got %d %s", resp.StatusCode, raw)
	}
	if n := w.folders(); n != 0 {
		t.Errorf("%d folders", n)
	}
}

func TestLogHoldsNothingPersonal(t *testing.T) {
	w := newWorld(t, Config{})
	w.post("/api/authorize/auth", credentials("hunter2"))
	f := w.upload("/api/folders", disposition+`"payload"`+"\r\n\r\n"+`{"folder:meta_data": {"iin": "870101300123"}}`,
		filePart("v", "Ivanov.jpg", picture(1))).want(201).text("folder_id")
	w.get("/api/folders?meta_data=iin==870101300123").want(200)
	w.get("/api/folders/" + f).want(200)
	w.srv.Close() // waits for the last line
	log := w.log.String()
	for _, word := range []string{"870101300123", "Ivanov", "hunter2", "a.user", w.token} {
		if strings.Contains(log, word) {
			t.Errorf("the log holds %q:\n%s", word, log)
		}
	}
	for _, word := range []string{"route=/api/folders/{folder_id} status=200", "route=/api/authorize/auth status=401", "request_id=",
		"sign-in refused", "client=127.0.0.1", "user=", "company=", "folder=" + f} {
		if !strings.Contains(log, word) {
			t.Errorf("the log lacks %q:\n%s", word, log)
		}
	}
}
