package webadapter

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/textproto"
	"slices"
	"strconv"
	"strings"

	"github.com/bonafide-id/bonafide/internal/webadapter/appconfig"
)

// Bounds of a capture in parts.
const (
	maxManifest = 1 << 20  // bytes of the manifest
	maxParts    = 64       // parts
	maxPicture  = 16 << 20 // bytes of one picture that is read into memory
)

// manifest is what of a capture's description is needed here; the API reads all of it
// where it comes in a container.
type manifest struct {
	PluginVersion string `json:"plugin_version"`
	Actions       []struct {
		Action string `json:"action"`
	} `json:"actions"`
	Photos []struct {
		Tag string `json:"tag"`
	} `json:"photos"`
	Device struct {
		UserAgent string `json:"user_agent"`
		Engine    string `json:"engine"`
		Camera    struct {
			Width  int `json:"width"`
			Height int `json:"height"`
		} `json:"camera"`
	} `json:"device"`
	Signals map[string]any `json:"signals"`

	names []string // of the parts that came
}

// readManifest reads the part payload and the names of all parts.
func readManifest(body io.Reader, boundary string) (*manifest, error) {
	var m *manifest
	var names []string
	err := eachPart(body, boundary, func(p *multipart.Part) error {
		if p.FormName() != "payload" {
			if slices.Contains(names, p.FormName()) {
				return refused(uploadFailed, "A part came twice")
			}
			names = append(names, p.FormName())
			return nil
		}
		raw, err := io.ReadAll(io.LimitReader(p, maxManifest+1))
		if err != nil {
			return err
		}
		if m != nil || len(raw) > maxManifest || json.Unmarshal(raw, &m) != nil || m == nil {
			return refused(uploadFailed, "The part payload is no manifest")
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if m == nil {
		return nil, refused(uploadFailed, "The part payload is missing")
	}
	m.names = names
	return m, nil
}

// eachPart calls do with each part of a multipart body.
func eachPart(body io.Reader, boundary string, do func(*multipart.Part) error) error {
	if boundary == "" {
		return refused(uploadFailed, "The content type names no boundary")
	}
	reader := multipart.NewReader(body, boundary)
	for range maxParts {
		p, err := reader.NextRawPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return refused(uploadFailed, "The parts cannot be read")
		}
		if err := do(p); err != nil {
			return err
		}
	}
	return refused(uploadFailed, "More than %d parts", maxParts)
}

// matches refuses a capture that is not what was asked for: each gesture in its order and
// each photo, and the file of each.
func (m *manifest) matches(asked []string) error {
	var videos, photos []string
	for i, x := range m.Actions {
		videos = append(videos, x.Action)
		if !slices.Contains(m.names, "video"+strconv.Itoa(i)) {
			return refused(uploadFailed, "The part video%d is missing", i)
		}
	}
	for i, x := range m.Photos {
		photos = append(photos, x.Tag)
		if !slices.Contains(m.names, "photo"+strconv.Itoa(i)) {
			return refused(uploadFailed, "The part photo%d is missing", i)
		}
	}
	want := videosOf(asked)
	if slices.Equal(videos, want) && slices.Equal(photos, photosOf(asked)) {
		return nil
	}
	reason := "action_missing"
	slices.Sort(videos)
	if slices.Sort(want); slices.Equal(videos, want) && len(photos) == len(photosOf(asked)) {
		reason = "action_out_of_order"
	}
	return refused(uploadFailed, "This is not what was asked for").with("reason", reason)
}

// single is the API's single request, made of a capture in parts.
type single struct {
	payload []byte
	files   map[string]string // name of the file by part
}

// newSingle describes media, metadata and orders as the API wants them.
func newSingle(s *appconfig.Settings, n *session, m *manifest) (*single, error) {
	if err := m.matches(n.Actions); err != nil {
		return nil, err
	}
	tags, media, files := map[string][]string{}, map[string]any{}, map[string]string{}
	orientation := "orientation_portrait"
	if c := m.Device.Camera; c.Width > c.Height {
		orientation = "orientation_landscape"
	}
	for i, x := range m.Actions {
		part, tag := "video"+strconv.Itoa(i), x.Action
		if tag == actionBest {
			tag = tagOneShot
		}
		tags[part], files[part] = []string{"video_selfie", tag, orientation}, part+".zip"
		media[part] = map[string]any{"additional_info": map[string]any{"plugin_version": m.PluginVersion, "engine": m.Device.Engine, "user_agent": m.Device.UserAgent, "signals": m.Signals}}
	}
	faces := len(m.Actions)
	for i, x := range m.Photos {
		part := "photo" + strconv.Itoa(i)
		tags[part], files[part] = []string{"photo_id", x.Tag}, part+".jpg"
		if x.Tag != actionBack {
			faces++
		}
	}
	meta := map[string]any{}
	for key, value := range n.Meta {
		meta[key] = value
	}
	meta[metaSession] = n.ID
	request := map[string]any{"folder:meta_data": meta, "media:tags": tags, "media:meta_data": media,
		"analyses": orders(s, n, len(m.Actions), faces, len(m.Photos))}
	if n.Endpoint != "" {
		request["resolution_endpoint"] = n.Endpoint
	}
	payload, err := json.Marshal(request)
	return &single{payload, files}, err
}

// orders are the analyses that the settings ask for and the media suit.
func orders(s *appconfig.Settings, n *session, videos, faces, photos int) []map[string]any {
	out := []map[string]any{}
	if s.Analyses["quality"] && videos > 0 {
		out = append(out, map[string]any{"type": "quality", "params": map[string]any{"extract_best_shot": n.Best}})
	}
	if s.Analyses["biometry"] && faces > 1 {
		out = append(out, map[string]any{"type": "biometry"})
	}
	if s.Analyses["documents"] && photos > 0 {
		out = append(out, map[string]any{"type": "documents"})
	}
	return out
}

// stream writes the request while it is read.
func (r *single) stream(body io.Reader, boundary string) (io.ReadCloser, string) {
	reader, writer := io.Pipe()
	out := multipart.NewWriter(writer)
	go func() {
		err := out.WriteField("payload", string(r.payload))
		if err == nil {
			err = eachPart(body, boundary, func(p *multipart.Part) error {
				file, wanted := r.files[p.FormName()]
				if !wanted {
					return nil
				}
				w, err := out.CreatePart(textproto.MIMEHeader{
					"Content-Disposition": {fmt.Sprintf(`form-data; name="%s"; filename="%s"`, p.FormName(), file)},
					"Content-Type":        {"application/octet-stream"},
				})
				if err == nil {
					_, err = io.Copy(w, p)
				}
				return err
			})
		}
		if err == nil {
			err = out.Close()
		}
		writer.CloseWithError(err)
	}()
	return reader, out.FormDataContentType()
}

// bestFrames gives a picture of each gesture: the one that the page chose, else the
// middle of its frames.
func bestFrames(body io.ReadSeeker, boundary string, m *manifest) ([][]byte, error) {
	if _, err := body.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	pictures := make([][]byte, len(m.Actions))
	err := eachPart(body, boundary, func(p *multipart.Part) error {
		kind := strings.TrimRight(p.FormName(), "0123456789")
		i, err := strconv.Atoi(strings.TrimPrefix(p.FormName(), kind))
		if err != nil || i >= len(pictures) || kind != "best" && (kind != "video" || pictures[i] != nil) {
			return nil
		}
		raw, err := io.ReadAll(io.LimitReader(p, maxPicture+1))
		if err != nil || len(raw) > maxPicture {
			return refused(uploadFailed, "A part is too large")
		}
		if kind == "video" {
			if raw, err = middle(raw); err != nil {
				return err
			}
		}
		pictures[i] = raw
		return nil
	})
	if err == nil && slices.ContainsFunc(pictures, func(p []byte) bool { return len(p) == 0 }) {
		err = refused(uploadFailed, "A gesture has no picture")
	}
	return pictures, err
}

// middle gives the frame in the middle of a zip of frames.
func middle(archive []byte) ([]byte, error) {
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil || len(z.File) == 0 {
		return nil, refused(uploadFailed, "The frames are no zip")
	}
	f, err := z.File[len(z.File)/2].Open()
	if err != nil {
		return nil, refused(uploadFailed, "A frame cannot be read")
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, maxPicture))
	if err != nil {
		return nil, refused(uploadFailed, "A frame cannot be read")
	}
	return raw, nil
}
