package ozapi

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
)

// payload is the payload part of an upload.
func payload(json string) string { return disposition + "\"payload\"\r\n\r\n" + json }

// clip is the head of an mp4, which is all that the desk looks at.
const clip = "\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom\x00\x00\x00\x08free"

// shots is a zip of one picture.
func shots(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	f, err := z.Create("frame.jpg")
	if err == nil {
		_, err = f.Write([]byte(picture(9)))
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestCompat07AndOz14MediaLinksNeedNoToken(t *testing.T) {
	w := newWorld(t, Config{})
	content := picture(1)
	r := w.upload("/api/folders", filePart("v", "Ivanov.jpg", content)).want(201)
	link := r.text("media", 0, "original_url")
	if !strings.HasPrefix(link, w.url+"/static/") || strings.Contains(link, "Ivanov") {
		t.Errorf("link is %s", link)
	}
	w.token = ""
	got := w.send("GET", link, "")
	if got.status != 200 || got.body != content {
		t.Fatalf("status %d, %d bytes", got.status, len(got.body))
	}
	for name, want := range map[string]string{
		"Content-Type": "image/jpeg", "X-Content-Type-Options": "nosniff", "Access-Control-Allow-Origin": "*",
		"Content-Disposition": "inline", "Accept-Ranges": "bytes", "Cache-Control": "private, max-age=2592000, immutable",
	} {
		if got.header.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, got.header.Get(name), want)
		}
	}
	if part := w.send("GET", link, "", "Range: bytes=2-5"); part.status != 206 || part.body != content[2:6] {
		t.Errorf("range: %d, %d bytes", part.status, len(part.body))
	}
	beyond := w.send("GET", link, "", fmt.Sprintf("Range: bytes=%d-", len(content))).want(416, `{"error_code": 4, "error_message": "The range lies outside the file", `)
	if got := beyond.header.Get("Content-Range"); got != fmt.Sprintf("bytes */%d", len(content)) {
		t.Errorf("the refused range is told %q", got)
	}
	for _, name := range []string{"ETag", "Content-Disposition"} {
		if got := beyond.header.Get(name); got != "" {
			t.Errorf("the refused range is told %s %q", name, got)
		}
	}
	if again := w.send("GET", link, "", "If-None-Match: "+got.header.Get("ETag")); again.status != 304 {
		t.Errorf("unchanged: %d", again.status)
	}
	w.send("GET", link+"x", "").want(404, `{"error_code": 10, `)
	w.get("/static/"+strings.Repeat("0", 64)+"/a.jpg").want(404, `{"error_code": 10, `)
	w.get("/static/../../etc/passwd").want(404, `{"error_code": 10, `)
}

func TestLinksBeginWithThePublicAddress(t *testing.T) {
	w := newWorld(t, Config{Config: rest.Config{PublicURL: "https://id.example.org/"}})
	w.upload("/api/folders", filePart("v", "a.jpg", picture(1))).want(201, `"original_url": "https://id.example.org/static/`)
}

func forwarded() []string {
	return []string{"Content-Type: " + multipartB, "X-Forwarded-Host: proxy.example", "X-Forwarded-Proto: https"}
}

func TestForwardedHostOfStrangersIsNotBelieved(t *testing.T) {
	w := newWorld(t, Config{})
	w.send("POST", "/api/folders", form(filePart("v", "a.jpg", picture(1))), forwarded()...).want(201, w.url+"/static/", "not", "proxy.example")
}

func TestForwardedHostOfATrustedProxyIsBelieved(t *testing.T) {
	w := newWorld(t, Config{Config: rest.Config{TrustedProxies: prefixes("127.0.0.0/8", "::1/128")}})
	w.send("POST", "/api/folders", form(filePart("v", "a.jpg", picture(1))), forwarded()...).want(201, "https://proxy.example/static/")
}

func TestCompat12AndOz05FolderWithoutFiles(t *testing.T) {
	w := newWorld(t, Config{})
	w.send("POST", "/api/folders", "", "Content-Type: application/x-www-form-urlencoded").want(201, `"folder_id": "`, `"media": []`, `"resolution_status": "INITIAL"`)
	w.send("POST", "/api/folders", `{"folder:meta_data": {"a": 1}}`, "Content-Type: text/plain;charset=UTF-8").want(201, `"meta_data": {"a": 1}`)
	w.upload("/api/folders", disposition+"\"note\"\r\n\r\nx",
		payload(`{"media:tags": {"gone": ["video_selfie"]}, "media:meta_data": {"gone": {"a": 1}}}`)).want(201, `"media": []`, `"media:tags.gone"`, `"media:meta_data.gone"`, "not", `{"a": 1}`)
	if n := w.folders(); n != 3 {
		t.Errorf("%d folders", n)
	}
}

// The uploads of three clients, byte for byte but for the pictures.
func TestOz04UploadsOfThreeClients(t *testing.T) {
	w := newWorld(t, Config{})
	bare := w.upload("/api/folders/", disposition+`"media"; filename="blob"`+"\r\nContent-Type: video/webm\r\n\r\n"+clip).want(201)
	if bare.count("media") != 1 || bare.text("media", 0, "media_type") != "VIDEO_FOLDER" || bare.count("media", 0, "tags") != 0 {
		t.Errorf("got %s", bare.body)
	}
	keyed := w.upload("/api/folders/", disposition+`"media_key1"; filename="video.mp4"`+"\r\nContent-Type: video/mp4\r\n\r\n"+clip,
		disposition+`"media_key2"; filename="photo.jpg"`+"\r\nContent-Type: image/jpeg\r\n\r\n"+picture(1),
		payload(`{"media:meta_data":{"media_key1":{"foo":"bar"}},"media:tags":{"media_key1":["video_selfie","video_selfie_eyes","orientation_portrait"],"media_key2":["photo_selfie"],"media_key3":["photo_id"]}}`)).
		want(201, `"meta_data": {"foo": "bar"}`, "not", "photo_id")
	if keyed.count("media") != 2 || keyed.text("media", 0, "tags", 1) != "video_selfie_eyes" || keyed.text("media", 1, "tags", 0) != "photo_selfie" {
		t.Errorf("got %s", keyed.body)
	}
	phone := w.send("POST", "/api/folders/?", form(
		disposition+`"video_0"; filename="video_0.mp4"`+"\r\nContent-Type: video/mp4\r\n\r\n"+clip,
		disposition+`"photo_document_front"; filename="doc.png"`+"\r\nContent-Type: image/png\r\n\r\n"+picture(2),
		disposition+`"payload"; filename=""`+"\r\n\r\n"+`{"folder:meta_data":{"phone_info":{"model":"M1"}},"media:tags":{"video_0":["video_selfie","video_selfie_scan"],"photo_document_front":["photo_id","photo_id_front"]}}`),
		"Content-Type: "+multipartB).want(201, `"meta_data": {"phone_info": {"model": "M1"}}`)
	if phone.text("media", 0, "tags", 1) != "video_selfie_scan" || phone.text("media", 1, "tags", 1) != "photo_id_front" || phone.text("media", 1, "media_type") != "IMAGE_FOLDER" {
		t.Errorf("got %s", phone.body)
	}
}

func TestOz06AnswersHaveTheShapesThatClientsRead(t *testing.T) {
	w := newWorld(t, Config{})
	folder := w.upload("/api/folders", payload(`{"media:tags": {"a": ["photo_selfie"]}}`), filePart("a", "a.jpg", picture(1))).want(201)
	if !strings.HasPrefix(folder.body, "{") || folder.text("folder_id") == "" || folder.text("media", 0, "media_id") == "" ||
		folder.text("media", 0, "media_type") != "IMAGE_FOLDER" || folder.text("media", 0, "tags", 0) != "photo_selfie" {
		t.Errorf("got %s", folder.body)
	}
	path := "/api/folders/" + folder.text("folder_id")
	added := w.upload(path+"/media", filePart("b", "b.jpg", picture(2))).want(201)
	if !strings.HasPrefix(added.body, `[{"`) || added.text(0, "media_id") == "" {
		t.Errorf("got %s", added.body)
	}
	ordered := w.post(path+"/analyses", `{"analyses": [{"type": "quality"}]}`).want(201)
	if !strings.HasPrefix(ordered.body, `[{"`) || ordered.text(0, "analyse_id") == "" || ordered.text(0, "resolution") != "PROCESSING" {
		t.Errorf("got %s", ordered.body)
	}
	for _, r := range []*reply{folder, added, ordered} {
		if strings.ContainsAny(r.body, "\n\t") || strings.Contains(r.body, `":"`) || strings.Contains(r.body, `,"`) {
			t.Errorf("it is not one line with a blank after each colon and comma: %s", r.body)
		}
	}
}

func TestCompat13MediaComeInUploadOrder(t *testing.T) {
	w := newWorld(t, Config{})
	r := w.upload("/api/folders",
		payload(`{"media:tags": {"v1": ["video_selfie", "own tag"], "p1": ["photo_id", "photo_id_front"]}, "media:meta_data": {"p1": {"n": 1.50}}}`),
		filePart("p1", "p.jpg", picture(1)), filePart("v1", "v.mp4", clip), filePart("x", "x.jpg", picture(2))).
		want(201, `"analyses": []`, `"meta_data": {"n": 1.50}`)
	if r.text("media", 0, "original_name") != "p.jpg" || r.text("media", 1, "original_name") != "v.mp4" || r.count("media", 2, "tags") != 0 {
		t.Errorf("got %s", r.body)
	}
	if r.text("media", 0, "tags", 1) != "photo_id_front" || r.text("media", 1, "tags", 1) != "own tag" {
		t.Errorf("got %s", r.body)
	}
	again := w.get("/api/folders/" + r.text("folder_id")).want(200)
	for i := range 3 {
		if again.text("media", i, "media_id") != r.text("media", i, "media_id") {
			t.Errorf("media %d has moved", i)
		}
	}
	if again.text("user_id") != string(w.user.ID) || again.text("company_id") != string(w.user.CompanyID) {
		t.Errorf("got %s", again.body)
	}
}

func TestCompat14AddedMediaAreABareArray(t *testing.T) {
	w := newWorld(t, Config{})
	f := w.upload("/api/folders", filePart("a", "a.jpg", picture(1))).want(201).text("folder_id")
	r := w.upload("/api/folders/"+f+"/media/", filePart("b", "b.jpg", picture(2))).want(201)
	if r.count() != 1 || r.text(0, "original_name") != "b.jpg" || r.text(0, "folder_id") != f {
		t.Errorf("got %s", r.body)
	}
	if n := w.get("/api/folders/" + f + "/media").count(); n != 2 {
		t.Errorf("%d media", n)
	}
	w.get("/api/media/"+r.text(0, "media_id")).want(200, `"original_name": "b.jpg"`)
	w.upload("/api/folders/"+f+"/media/", payload("{}")).want(400, `{"error_code": 3, `)
	w.upload("/api/folders/"+string(bonafide.NewID())+"/media/", filePart("b", "b.jpg", picture(2))).want(404, `{"error_code": 10, `)
}

func TestCompat15And16KindComesFromTheBytes(t *testing.T) {
	w := newWorld(t, Config{})
	lie := func(key, content string) string {
		return disposition + `"` + key + `"; filename="doc.png"` + "\r\nContent-Type: image/png\r\n\r\n" + content
	}
	r := w.upload("/api/folders", lie("a", clip), lie("b", picture(1)), lie("c", shots(t))).want(201)
	for i, want := range []string{"VIDEO_FOLDER", "IMAGE_FOLDER", "SHOTS_SET_FOLDER"} {
		if got := r.text("media", i, "media_type"); got != want {
			t.Errorf("media %d is %s, want %s", i, got, want)
		}
	}
	if got := r.text("media", 1, "info", "image", "mime-type"); got != "image/jpeg" {
		t.Errorf("picture is %s", got)
	}
	w.upload("/api/folders", lie("a", picture(1)), lie("b", "just text")).want(400, `{"error_code": 4, `)
	if n := w.folders(); n != 1 {
		t.Errorf("%d folders", n)
	}
}

func TestCompat17ZipOfOnePictureIsMediaForQuality(t *testing.T) {
	w := newWorld(t, Config{})
	f := w.upload("/api/folders", payload(`{"media:tags": {"video_0": ["video_selfie_blank"]}}`), filePart("video_0", "s.zip", shots(t))).want(201)
	a := w.post("/api/folders/"+f.text("folder_id")+"/analyses", `{"analyses": [{"type": "quality"}]}`).want(201)
	if a.text(0, "source_media", 0, "media_id") != f.text("media", 0, "media_id") {
		t.Errorf("got %s", a.body)
	}
}

func TestCompat18TheSameBytesMayComeTwice(t *testing.T) {
	w := newWorld(t, Config{})
	r := w.upload("/api/folders", payload(`{"media:tags": {"a": ["video_selfie"]}}`),
		filePart("a", "a.jpg", picture(1)), filePart("b", "a.jpg", picture(1))).want(201)
	if r.count("media") != 2 || r.text("media", 0, "media_id") == r.text("media", 1, "media_id") || r.count("media", 1, "tags") != 0 {
		t.Errorf("got %s", r.body)
	}
	for i := range 2 {
		if got := w.send("GET", r.text("media", i, "original_url"), ""); got.body != picture(1) {
			t.Errorf("media %d has %d bytes", i, len(got.body))
		}
	}
}

func TestCompat19FolderMetadataMayComeWithEveryUpload(t *testing.T) {
	w := newWorld(t, Config{})
	f := w.upload("/api/folders", payload(`{"folder:meta_data": {"a": 1, "b": {"c": "é"}}}`)).want(201).text("folder_id")
	w.upload("/api/folders/"+f+"/media", payload(`{"folder:meta_data": {"a": 2}, "media:meta_data": {"m": {"x": [1, null]}}}`),
		filePart("m", "m.jpg", picture(1))).want(201, `"meta_data": {"x": [1, null]}`)
	w.get("/api/folders/"+f).want(200, `"meta_data": {"a": 2, "b": {"c": "é"}}`)
}

func TestFolderAndMediaCanBeChanged(t *testing.T) {
	w := newWorld(t, Config{})
	r := w.upload("/api/folders", payload(`{"folder:meta_data": {"a": 1, "b": 2}, "media:tags": {"m": ["x"]}, "resolution_endpoint": "https://bank.example/h"}`),
		filePart("m", "m.jpg", picture(1))).want(201, `"resolution_endpoint": "https://bank.example/h"`)
	f, m := "/api/folders/"+r.text("folder_id"), "/api/media/"+r.text("media", 0, "media_id")
	w.send("PATCH", f, `{"meta_data": {"a": 3, "b": null}}`).want(200, `"meta_data": {"a": 3}`, `"resolution_endpoint": "https://bank.example/h"`)
	w.send("PATCH", f, `{"resolution_endpoint": null}`).want(200, `"resolution_endpoint": null`, `"meta_data": {"a": 3}`)
	w.send("PATCH", f, `{"meta_data": 1}`).want(400, `{"error_code": 5, `)
	w.send("PATCH", m, `{"tags": ["photo_id", "photo_id_front"]}`).want(200, `"tags": ["photo_id", "photo_id_front"]`)
	w.send("PATCH", m, `{"tags": [1]}`).want(400, `{"error_code": 5, `)
	w.send("PATCH", m, `{}`).want(200, `"tags": ["photo_id", "photo_id_front"]`)
	w.get(m).want(200, `"tags": ["photo_id", "photo_id_front"]`)
}

func TestOz16EmptyTagsClear(t *testing.T) {
	w := newWorld(t, Config{})
	m := w.upload("/api/folders", payload(`{"media:tags": {"m": ["x"]}}`), filePart("m", "m.jpg", picture(1))).text("media", 0, "media_id")
	w.send("PATCH", "/api/media/"+m+"/", `{"tags": []}`).want(200, `"tags": []`)
	w.get("/api/media/"+m).want(200, `"tags": []`)
}

func TestCompat27AndOz10And11FoldersAreFoundByMetadataAndTime(t *testing.T) {
	w := newWorld(t, Config{})
	var ids []string
	for i := range 3 {
		ids = append(ids, w.post("/api/folders", fmt.Sprintf(`{"folder:meta_data": {"transaction_id": "T-%d"}}`, i)).text("folder_id"))
	}
	before, after := time.Now().Add(-time.Hour), time.Now().Add(time.Hour)
	found := func(query string, want ...int) {
		t.Helper()
		r := w.get("/api/folders/?" + query).want(200)
		if r.count("items") != len(want) {
			t.Fatalf("%s: %d folders, want %d", query, r.count("items"), len(want))
		}
		for i, n := range want {
			if r.text("items", i, "folder_id") != ids[n] {
				t.Errorf("%s: element %d is another", query, i)
			}
		}
	}
	const one = "meta_data=transaction_id==T-1&with_analyses=true&time_created.min="
	found(one+strconv.FormatInt(before.UnixMilli(), 10), 1)
	found(one + strconv.FormatInt(after.UnixMilli(), 10))
	found(one+strconv.FormatInt(before.Unix(), 10), 1)
	found(one + strconv.FormatInt(after.Unix(), 10))
	found("meta_data=transaction_id%3D%3DT-1", 1)
	found("meta_data=transaction_id!=T-1", 2, 0)
	// Braces as they are and encoded.
	found("sorting=time_created{asc}", 0, 1, 2)
	found("sorting="+url.QueryEscape("time_created{desc}"), 2, 1, 0)
	found("", 2, 1, 0)
	found("offset=1&limit=1", 1)
	found("resolution_status=INITIAL&folder_id="+ids[0], 0)
}

func TestListEnvelope(t *testing.T) {
	w := newWorld(t, Config{})
	w.post("/api/folders", "")
	w.get("/api/folders").want(200, `{"offset": 0, "limit": 100, "total_count": 1, "items": [{"time_created": `, "not", `"analyses"`, `"user"`)
	w.get("/api/folders?total_omit=true&with_analyses=1&with_user=yes&with_company=on").
		want(200, `"total_count": null`, `"analyses": []`, `"user": {"user_id": "`, `"company": {"company_id": "`)
	w.get("/api/folders?limit=5001").want(400, `{"error_code": 4, `)
	w.get("/api/folders?with_analyses=maybe").want(400, `{"error_code": 4, `)
	w.get("/api/folders/?limit=-1").want(200, `"limit": -1`)
	w.get("/api/analyses").want(200, `{"offset": 0, "limit": 100, "total_count": 0, "items": []}`)
}

func TestOthersObjectsDoNotExist(t *testing.T) {
	w := newWorld(t, Config{})
	r := w.upload("/api/folders", filePart("a", "a.jpg", picture(1))).want(201)
	f, m := r.text("folder_id"), r.text("media", 0, "media_id")
	a := w.post("/api/folders/"+f+"/analyses", `{"analyses": [{"type": "quality"}]}`).want(201).text(0, "analyse_id")
	other := &bonafide.Company{ID: bonafide.NewID(), Name: "Other"}
	w.must(w.store.CreateCompany(context.Background(), other))
	w.addUser("b@other.example", bonafide.ClientAdmin, other.ID)
	w.signIn("b@other.example")
	for _, path := range []string{"/api/folders/" + f, "/api/folders/" + f + "/media", "/api/folders/" + f + "/analyses", "/api/media/" + m, "/api/analyses/" + a} {
		w.get(path).want(404, `{"error_code": 10, `)
	}
	w.upload("/api/folders/"+f+"/media", filePart("a", "a.jpg", picture(1))).want(404)
	w.post("/api/folders/"+f+"/analyses", `{"analyses": [{"type": "quality"}]}`).want(404)
	w.send("PATCH", "/api/media/"+m, `{"tags": []}`).want(404)
	w.send("PATCH", "/api/folders/"+f, `{"meta_data": {}}`).want(404)
	w.get("/api/folders").want(200, `"total_count": 0`)
	w.addUser("op@localhost", bonafide.Operator, "")
	w.signIn("op@localhost")
	w.get("/api/folders/"+f).want(200, f)
	w.post("/api/folders", "").want(403, `{"error_code": 9, `)
	w.post("/api/folders/"+f+"/analyses", `{"analyses": [{"type": "quality"}]}`).want(403)
}
