package drill

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/client"
)

// flood is one kind of requests by which A asks for more than its share.
type flood struct {
	name        string
	connections int // each sends one request after the other
	// prepare stores what the requests need. clean takes it away when the flood is over.
	prepare func(ctx context.Context, s *siege) (send sender, clean func(), err error)
}

// begin prepares the flood; none sends nothing.
func (f flood) begin(ctx context.Context, s *siege) (sender, func(), error) {
	if f.prepare == nil {
		return nil, func() {}, nil
	}
	return f.prepare(ctx, s)
}

// floods are all that are known.
func floods() []flood {
	return []flood{
		{"lists", 32, asking(lists)},
		{"filters", 32, asking(filters)},
		{"bombs", 16, bombs},
		{"videos", 16, videos},
		{"photos", 64, asking(photos)},
		{"orders", 32, orders},
		{"slow uploads", 1200, slowUploads},
		{"idle connections", 2000, idleConnections},
		{"webhooks", 64, hangingReceivers},
		{"sign-ins", 64, asking(signIns)},
		{"instant calls", 64, asking(instantCalls)},
		{"Lite", 64, asking(lite)},
		{"persons", 64, persons},
		{"reports", 64, reports},
		{"events", 64, asking(events)},
		{"metadata", 64, metadata},
		{"downloads", 64, downloads},
		{"reads", 128, reads},
		{"bad tokens", 128, asking(badTokens)},
	}
}

// asking is a flood of requests that need nothing.
func asking(make func(s *siege, n int) ask) func(context.Context, *siege) (sender, func(), error) {
	return func(_ context.Context, s *siege) (sender, func(), error) {
		return func(ctx context.Context, n int) (answer, error) { return s.send(ctx, make(s, n)) }, func() {}, nil
	}
}

const folders = "/api/folders/"

// lists asks for everything at once.
func lists(s *siege, n int) ask {
	path := folders + "?limit=-1"
	if n%2 == 1 {
		path += "&with_analyses=true&total_omit=true"
	}
	return ask{method: http.MethodGet, path: path, token: s.a.token}
}

// filters asks for what only looking into all metadata can find, with as many conditions
// as are allowed and with more, and for statistics.
func filters(s *siege, n int) ask {
	var conditions []string
	for i := range []int{8, 8, 31}[n%3] {
		conditions = append(conditions, fmt.Sprintf([]string{"a.b.c!=zz%d", "n>=%d"}[n%2], i))
	}
	path := folders + "?limit=1&meta_data=" + url.QueryEscape(strings.Join(conditions, ","))
	if n%5 == 4 {
		path = "/api/statistic/folders"
	}
	return ask{method: http.MethodGet, path: path, token: s.a.token}
}

const quality = `{"analyses":[{"type":"quality"}]}`

// upload asks for a folder of files, each with the payload's orders.
func (s *siege) upload(path, payload string, files ...[]byte) ask {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i, f := range files {
		part, _ := w.CreateFormFile(fmt.Sprintf("f%d", i), fmt.Sprintf("f%d", i)) // memory does not fail
		_, _ = part.Write(f)
	}
	_ = w.WriteField("payload", payload)
	_ = w.Close()
	return ask{method: http.MethodPost, path: path, token: s.a.token, kind: w.FormDataContentType(), body: b.Bytes()}
}

// photos does what B does.
func photos(s *siege, _ int) ask { return s.upload(folders, quality, s.unique(s.photo)) }

func instantCalls(s *siege, _ int) ask {
	return s.upload("/api/instant/folders/", quality, s.unique(s.photo))
}

// lite asks the service that asks nobody who they are.
func lite(s *siege, n int) ask {
	path := []string{"/v1/face/liveness/detect", "/v1/face/pattern/extract"}[n%2]
	return ask{method: http.MethodPost, path: path, kind: "image/jpeg", body: s.unique(s.photo)}
}

// signIns guesses passwords of A, of B and of nobody, from everywhere.
func signIns(s *siege, n int) ask {
	email := []string{s.a.email, s.b.email, rand.Text() + "@drill.invalid"}[n%3]
	raw, _ := json.Marshal(map[string]any{"credentials": map[string]string{"email": email, "password": rand.Text()}})
	var from [3]byte
	_, _ = rand.Read(from[:]) // it does not fail
	return ask{method: http.MethodPost, path: "/api/authorize/auth", kind: "application/json", body: raw,
		from: fmt.Sprintf("198.%d.%d.%d", from[0], from[1], from[2])}
}

// events sends as much telemetry as one request may hold, and more.
func events(s *siege, n int) ask {
	entries := []int{24_000, 80_000}[n%2]
	return ask{method: http.MethodPost, path: "/api/event_sessions/", token: s.a.token, kind: "application/json",
		body: fmt.Appendf(nil, `{"session_id":%q,"log":[%s1]}`, bonafide.NewID(), strings.Repeat(`{"a":"bcd"},`, entries))}
}

func badTokens(*siege, int) ask {
	return ask{method: http.MethodGet, path: folders, token: bonafide.NewSecret(64)}
}

// filled makes a folder of A, with files, that is deleted with everything that is ordered
// on it when the flood is over.
func (s *siege) filled(ctx context.Context, files ...[]byte) (f *client.Folder, clean func(), err error) {
	var sent []client.File
	for i, raw := range files {
		sent = append(sent, client.File{Key: fmt.Sprintf("f%d", i), Name: fmt.Sprintf("f%d", i), Content: bytes.NewReader(raw)})
	}
	if f, err = s.a.api.CreateFolder(ctx, client.Payload{}, sent...); err != nil {
		return nil, nil, err
	}
	return f, func() { _ = s.a.api.DeleteFolder(context.WithoutCancel(ctx), f.ID) }, nil
}

// orders has the same media analysed again and again: photos, and long videos where
// there is ffmpeg to make them.
func orders(ctx context.Context, s *siege) (sender, func(), error) {
	var photos [][]byte
	for range 10 {
		photos = append(photos, s.unique(s.photo))
	}
	ofPhotos, clean, err := s.filled(ctx, photos...)
	if err != nil {
		return nil, nil, err
	}
	video, err := longVideo(ctx, "1920x1080", 5) // it must be decoded in time to be stored, on a slow machine too
	if err != nil {
		return nil, nil, err
	}
	ofVideos, cleanVideos, err := s.filled(ctx, variant(video), variant(video), variant(video))
	if err != nil {
		return nil, nil, err
	}
	targets := []*client.Folder{ofPhotos, ofVideos}
	lines := `{"analyses":[` + strings.Repeat(`{"type":"quality"},`, 31) + `{"type":"quality"}]}` // as many as one request may hold
	return func(ctx context.Context, n int) (answer, error) {
		return s.send(ctx, ask{method: http.MethodPost, path: folders + string(targets[n%2].ID) + "/analyses/",
			token: s.a.token, kind: "application/json", body: []byte(lines)})
	}, func() { clean(); cleanVideos() }, nil
}

// persons enrols the same person again and again.
func persons(ctx context.Context, s *siege) (sender, func(), error) {
	list, err := s.a.api.CreateCollection(ctx, "", "flood")
	if err != nil {
		return nil, nil, err
	}
	clean := func() { _ = s.a.api.DeleteCollection(context.WithoutCancel(ctx), list.ID) }
	return func(ctx context.Context, _ int) (answer, error) {
		return s.send(ctx, s.upload("/api/collections/"+string(list.ID)+"/persons/", `{"media:tags":{"f0":["photo_selfie"]}}`, s.unique(s.photo)))
	}, clean, nil
}

// inFolder is a flood of requests about one folder with ten photos.
func inFolder(ctx context.Context, s *siege, make func(f *client.Folder, n int) ask) (sender, func(), error) {
	var photos [][]byte
	for range 10 {
		photos = append(photos, s.unique(s.photo))
	}
	f, clean, err := s.filled(ctx, photos...)
	if err != nil {
		return nil, nil, err
	}
	return func(ctx context.Context, n int) (answer, error) {
		q := make(f, n)
		q.token = s.a.token
		return s.send(ctx, q)
	}, clean, nil
}

// reports makes reports of a folder with ten photos.
func reports(ctx context.Context, s *siege) (sender, func(), error) {
	return inFolder(ctx, s, func(f *client.Folder, _ int) ask {
		return ask{method: http.MethodPost, path: folders + string(f.ID) + "/reports/", kind: "application/json", body: []byte("{}")}
	})
}

// metadata changes the metadata of one folder, each time all that is allowed.
func metadata(ctx context.Context, s *siege) (sender, func(), error) {
	return inFolder(ctx, s, func(f *client.Folder, n int) ask {
		return ask{method: http.MethodPatch, path: folders + string(f.ID) + "/meta_data/", kind: "application/json",
			body: fmt.Appendf(nil, `{"n":%d,"x":%q}`, n, strings.Repeat("x", largeMeta))}
	})
}

// reads reads one folder, as fast as it can.
func reads(ctx context.Context, s *siege) (sender, func(), error) {
	return inFolder(ctx, s, func(f *client.Folder, _ int) ask {
		return ask{method: http.MethodGet, path: folders + string(f.ID) + "/"}
	})
}

// downloads downloads a large photo as a whole and byte by byte.
func downloads(ctx context.Context, s *siege) (sender, func(), error) {
	f, clean, err := s.filled(ctx, append(s.unique(s.photo), make([]byte, 30<<20)...))
	if err != nil {
		return nil, nil, err
	}
	link, err := url.Parse(f.Media[0].OriginalURL)
	if err != nil {
		return nil, nil, err
	}
	return func(ctx context.Context, n int) (answer, error) {
		q := ask{method: http.MethodGet, path: link.Path}
		if n%2 == 0 {
			q.part = "bytes=0-0"
		}
		return s.send(ctx, q)
	}, clean, nil
}
