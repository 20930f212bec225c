package ozapi

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// tray is a desk that keeps what it is handed and takes no orders.
type tray struct {
	Desk
	content   []string // key=content, of files staged and not discarded
	discarded int
}

func (d *tray) Examine(context.Context, string, []intake.File) error {
	for _, c := range d.content {
		if strings.HasSuffix(c, "=bad") {
			return bonafide.Errorf(bonafide.CodeValue, "Unknown kind of file")
		}
	}
	return nil
}

func (d *tray) Stage(_ context.Context, key, name string, r io.Reader) (*intake.File, error) {
	raw, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("copy: %w", err)
	}
	if string(raw) == "full" {
		return nil, fmt.Errorf("no space left on device")
	}
	d.content = append(d.content, key+"="+name+"="+string(raw))
	return &intake.File{Key: key}, nil
}

func (d *tray) Discard(_ context.Context, files []intake.File) { d.discarded += len(files) }

// receiveBody runs one body of a caller through the reader of uploads.
func receiveBody(d *tray, role bonafide.UserType, contentType, body string) (up intake.Upload, err error) {
	handle := func(c *rest.Call) (*rest.Answer, error) {
		c.Caller = &auth.Caller{User: bonafide.User{Type: role}}
		up, err = c.Receive(d)
		return rest.Deleted()
	}
	cfg := rest.Config{MaxBody: 10_000, MaxJSON: 200, MaxFile: 50, MaxFiles: 3}
	h := rest.New(cfg, rest.Deps{}, []rest.Resource{{Routes: []rest.Route{{Method: http.MethodPost, Pattern: "/", Handle: handle}}}})
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	h.ServeHTTP(httptest.NewRecorder(), r)
	return up, err
}

// form writes a multipart body: each part is its header lines, an empty line and
// its content, in the shorthand "name;filename;content" or raw.
func form(parts ...string) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString("--B\r\n" + p + "\r\n")
	}
	return b.String() + "--B--\r\n"
}

const (
	multipartB   = "multipart/form-data; boundary=B"
	disposition  = "Content-Disposition: form-data; name="
	payloadPart  = disposition + `"payload"` + "\r\n\r\n" + `{"folder:meta_data": {"t": "1"}}`
	payloadNamed = disposition + `"payload"; filename=""` + "\r\nContent-Type: multipart/form-data\r\nContent-Length: 32\r\nContent-Transfer-Encoding: binary\r\n\r\n" + `{"folder:meta_data": {"t": "1"}}`
)

func filePart(key, name, content string) string {
	return disposition + `"` + key + `"; filename="` + name + "\"\r\n\r\n" + content
}

func TestUploadForms(t *testing.T) {
	meta := bonafide.Meta{"t": "1"}
	for name, c := range map[string]struct {
		label, body string
		meta        bonafide.Meta
		files       []string
	}{
		"payload before the files":            {multipartB, form(payloadPart, filePart("v", "a.mp4", "x")), meta, []string{"v=a.mp4=x"}},
		"payload after the files":             {multipartB, form(filePart("v", "a.mp4", "x"), payloadPart), meta, []string{"v=a.mp4=x"}},
		"payload with an empty file name":     {multipartB, form(payloadNamed), meta, nil},
		"part labelled multipart":             {multipartB, form(disposition + `"v"; filename="a"` + "\r\nContent-Type: multipart/form-data\r\nContent-Length: 1\r\nContent-Transfer-Encoding: binary\r\n\r\nx"), nil, []string{"v=a=x"}},
		"no payload":                          {multipartB, form(filePart("media", "blob", "x")), nil, []string{"media=blob=x"}},
		"the same key twice":                  {multipartB, form(filePart("m", "1", "x"), filePart("m", "2", "y")), nil, []string{"m=1=x", "m=2=y"}},
		"text parts only":                     {multipartB, form(disposition+`"a"`+"\r\n\r\nx", disposition+`"b"`+"\r\n\r\ny"), nil, nil},
		"file without name":                   {multipartB, form(filePart("m", "", "x")), nil, []string{"m==x"}},
		"file field left empty":               {multipartB, form(filePart("m", "", "")), nil, nil},
		"folders in a name":                   {multipartB, form(filePart("m", "../../etc/passwd", "x")), nil, []string{"m=passwd=x"}},
		"name in UTF-8":                       {multipartB, form(filePart("m", "паспорт.jpg", "x")), nil, []string{"m=паспорт.jpg=x"}},
		"content that looks like a part":      {multipartB, form(filePart("m", "a", "\r\n--C\r\nx")), nil, []string{"m=a=\r\n--C\r\nx"}},
		"file by its type alone":              {multipartB, form(disposition + `"m"` + "\r\nContent-Type: image/jpeg\r\n\r\nx"), nil, []string{"m==x"}},
		"file by the tag before it":           {multipartB, form(disposition+`"payload"`+"\r\n\r\n"+`{"media:tags": {"m": []}}`, disposition+`"m"`+"\r\n\r\nx"), nil, []string{"m==x"}},
		"file by its first bytes":             {multipartB, form(disposition + `"m"` + "\r\n\r\n\xff\xd8\xff\xe0"), nil, []string{"m==\xff\xd8\xff\xe0"}},
		"name in Latin-1 alone":               {multipartB, form(disposition + `"m"; filename*=ISO-8859-1''f%E9.jpg` + "\r\n\r\nx"), nil, []string{"m=fé.jpg=x"}},
		"name in a charset of old":            {multipartB, form(disposition + `"m"; filename*=windows-1251''%EF.jpg` + "\r\n\r\nx"), nil, []string{"m==x"}},
		"name in utf8 without a dash":         {multipartB, form(disposition + `"m"; filename*=utf8''%D0%BF.jpg` + "\r\n\r\nx"), nil, []string{"m=п.jpg=x"}},
		"both names":                          {multipartB, form(disposition + `"m"; filename="a.jpg"; filename*=UTF-8''%D0%BF.jpg` + "\r\n\r\nx"), nil, []string{"m=п.jpg=x"}},
		"quotes within quotes":                {multipartB, form(disposition + `"m"; filename="my "best" a.jpg"` + "\r\n\r\nx"), nil, []string{`m=my "best" a.jpg=x`}},
		"letters without quotes":              {multipartB, form("Content-Disposition: form-data; name=m; filename=паспорт мой.jpg\r\n\r\nx"), nil, []string{"m=паспорт мой.jpg=x"}},
		"two names":                           {multipartB, form(disposition + `"m"; filename="a.jpg"; filename="b.jpg"` + "\r\n\r\nx"), nil, []string{"m=a.jpg=x"}},
		"part in base64":                      {multipartB, form(disposition + `"m"; filename="a"` + "\r\nContent-Transfer-Encoding: BASE64\r\n\r\naGV\r\nsbG8="), nil, []string{"m=a=hello"}},
		"part in quoted-printable":            {multipartB, form(disposition + `"m"; filename="a"` + "\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nh=65llo"), nil, []string{"m=a=hello"}},
		"payload in base64":                   {multipartB, form(disposition + `"payload"` + "\r\nContent-Transfer-Encoding: base64\r\n\r\neyJmb2xkZXI6bWV0YV9kYXRhIjogeyJ0IjogIjEifX0="), meta, nil},
		"payload with a byte order mark":      {multipartB, form(disposition + `"payload"` + "\r\n\r\n\xef\xbb\xbf" + `{"folder:meta_data": {"t": "1"}}`), meta, nil},
		"JSON with a byte order mark":         {"application/json", "\xef\xbb\xbf" + `{"folder:meta_data": {"t": "1"}}`, meta, nil},
		"boundary with an equals sign":        {"multipart/form-data; boundary=--a=b:c", strings.ReplaceAll(form(payloadPart), "--B", "----a=b:c"), meta, nil},
		"boundary given twice":                {"multipart/form-data; boundary=B, boundary=B", form(payloadPart), meta, nil},
		"another multipart":                   {"multipart/mixed; boundary=B", form(payloadPart), meta, nil},
		"multipart without a byte":            {multipartB, "", nil, nil},
		"multipart without boundary or byte":  {"multipart/form-data", "", nil, nil},
		"nothing":                             {"", "", nil, nil},
		"nothing, labelled as a form":         {"application/x-www-form-urlencoded", "", nil, nil},
		"JSON":                                {"application/json", `{"folder:meta_data": {"t": "1"}}`, meta, nil},
		"JSON labelled as a form":             {"application/x-www-form-urlencoded", `{"folder:meta_data": {"t": "1"}}`, meta, nil},
		"JSON labelled as text":               {"text/plain;charset=UTF-8", `{"folder:meta_data": {"t": "1"}}`, meta, nil},
		"JSON with an unreadable label":       {"!;;=", `{"folder:meta_data": {"t": "1"}}`, meta, nil},
		"preamble before the first separator": {multipartB, "hello\r\n" + form(payloadPart), meta, nil},
	} {
		t.Run(name, func(t *testing.T) {
			d := &tray{}
			up, err := receiveBody(d, bonafide.Admin, c.label, c.body)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(up.Payload.FolderMeta, c.meta) {
				t.Errorf("metadata is %v", up.Payload.FolderMeta)
			}
			if !reflect.DeepEqual(d.content, c.files) || len(up.Files) != len(c.files) || d.discarded != 0 {
				t.Errorf("files are %q, %d of them discarded", d.content, d.discarded)
			}
		})
	}
}

func TestRefusedUploadsKeepNothing(t *testing.T) {
	good := filePart("v", "a", "x")
	for name, c := range map[string]struct {
		label, body string
		want        bonafide.Code
		discarded   int
	}{
		"bad file after a good one":    {multipartB, form(good, filePart("w", "b", "bad")), bonafide.CodeValue, 2},
		"fault of ours":                {multipartB, form(good, filePart("w", "b", "full")), bonafide.CodeUnknown, 1},
		"file too large":               {multipartB, form(good, filePart("w", "b", strings.Repeat("x", 51))), bonafide.CodeTooLarge, 1},
		"too many files":               {multipartB, form(good, good, good, good), bonafide.CodeTooLarge, 3},
		"too many parts":               {multipartB, form(append([]string{good}, strings.Split(strings.Repeat(disposition+"\"t\"\r\n\r\nx\n\n", request.MaxTextParts+1), "\n\n")...)...), bonafide.CodeTooLarge, 1},
		"payload that is not JSON":     {multipartB, form(good, disposition+`"payload"`+"\r\n\r\nx"), bonafide.CodeStructure, 1},
		"payload that is an array":     {multipartB, form(good, disposition+`"payload"`+"\r\n\r\n[]"), bonafide.CodeStructure, 1},
		"payload too large":            {multipartB, form(good, disposition+`"payload"`+"\r\n\r\n{}"+strings.Repeat(" ", 200)), bonafide.CodeTooLarge, 1},
		"two payloads":                 {multipartB, form(payloadPart, good, payloadPart), bonafide.CodeStructure, 1},
		"body torn inside a file":      {multipartB, "--B\r\n" + good, bonafide.CodeStructure, 0},
		"part without disposition":     {multipartB, form(good, "Content-Type: image/jpeg\r\n\r\nx"), bonafide.CodeStructure, 1},
		"unreadable disposition":       {multipartB, form(good, "Content-Disposition: form data, name is a\r\n\r\nx"), bonafide.CodeStructure, 1},
		"no part at all":               {multipartB, "--B--\r\n", bonafide.CodeStructure, 0},
		"file named later by a tag":    {multipartB, form(good, disposition+`"w"`+"\r\n\r\nx", disposition+`"payload"`+"\r\n\r\n"+`{"media:tags": {"w": ["photo_selfie"]}}`), bonafide.CodeStructure, 1},
		"file named later by an order": {multipartB, form(good, disposition+`"w"`+"\r\n\r\nx", disposition+`"payload"`+"\r\n\r\n"+`{"analyses": [{"type": "quality", "source_media": ["w"]}]}`), bonafide.CodeStructure, 1},
		"unknown transfer encoding":    {multipartB, form(good, disposition+`"w"; filename="b"`+"\r\nContent-Transfer-Encoding: uuencode\r\n\r\nx"), bonafide.CodeStructure, 1},
		"base64 that is none":          {multipartB, form(good, disposition+`"w"; filename="b"`+"\r\nContent-Transfer-Encoding: base64\r\n\r\n###"), bonafide.CodeStructure, 1},
		"encoding of a single part":    {multipartB, form(good, disposition+`"w"; filename="b"`+"\r\nContent-Encoding: gzip\r\n\r\nx"), bonafide.CodeEncoding, 1},
		"no separator at all":          {multipartB, "x", bonafide.CodeStructure, 0},
		"no boundary":                  {"multipart/form-data", form(good), bonafide.CodeStructure, 0},
		"data container":               {"application/octet-stream", "x", bonafide.CodeContainer, 0},
		"data container that is empty": {"application/octet-stream", "", bonafide.CodeNoContainer, 0},
		"JSON too large":               {"application/json", `{}` + strings.Repeat(" ", 200), bonafide.CodeTooLarge, 0},
	} {
		t.Run(name, func(t *testing.T) {
			d := &tray{}
			_, err := receiveBody(d, bonafide.Admin, c.label, c.body)
			if bonafide.CodeOf(err) != c.want || err == nil {
				t.Errorf("got %v, want %s", err, c.want)
			}
			if d.discarded != c.discarded {
				t.Errorf("%d files were discarded, want %d", d.discarded, c.discarded)
			}
		})
	}
}

func TestSingleRequestNeedsTheRightToOrder(t *testing.T) {
	d := &tray{}
	_, err := receiveBody(d, bonafide.Operator, "", `{"analyses": [{"type": "quality"}]}`)
	if bonafide.CodeOf(err) != bonafide.CodeForbidden {
		t.Errorf("got %v", err)
	}
}

func FuzzMultipart(f *testing.F) {
	f.Add(form(payloadPart, filePart("v", "a", "x")))
	f.Add(form(payloadNamed))
	f.Add("--B\r\n" + filePart("v", "a", "x"))
	f.Fuzz(func(t *testing.T, body string) {
		d := &tray{}
		up, err := receiveBody(d, bonafide.Admin, multipartB, body)
		if err == nil {
			if len(up.Files) != len(d.content) || d.discarded != 0 {
				t.Errorf("%d files kept, %d accepted, %d discarded", len(up.Files), len(d.content), d.discarded)
			}
			return
		}
		if len(d.content) != d.discarded {
			t.Errorf("%d files accepted, %d discarded", len(d.content), d.discarded)
		}
		if bonafide.CodeOf(err) != bonafide.CodeUnknown {
			refused(t, []byte(body), err)
		}
	})
}

// refused checks that a refusal is the client's fault and says so.
func refused(t *testing.T, raw []byte, err error) {
	t.Helper()
	if a := rest.Refusal(err); a.Status != 400 || a.Body.(wire.Error).Message == "" {
		t.Errorf("%q: %d %+v", raw, a.Status, a.Body)
	}
}
