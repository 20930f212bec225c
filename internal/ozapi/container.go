package ozapi

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"path"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/capture"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
)

// receive reads an upload in any of its forms, a data container too. session is that of a
// drawn capture, nil for none.
func (a *api) receive(c *rest.Call, desk rest.Acceptor, remember bool) (_ intake.Upload, session *capture.Session, _ error) {
	body, err := c.Container()
	if err != nil {
		return intake.Upload{}, nil, err
	}
	token := cmp.Or(c.Header.Get("X-Session-Token"), c.Values().Get("session_token"))
	if body == nil && token == "" {
		up, err := c.Receive(desk)
		return up, nil, err
	}
	if body == nil {
		return a.receiveParts(c, desk, token, remember)
	}
	if head, _ := body.Peek(len(capture.Magic)); token == "" && string(head) != capture.Magic {
		return intake.Upload{}, nil, bonafide.Errorf(bonafide.CodeContainer, "Invalid request data")
	}
	if session, err = a.Captures.Admit(c.Context(), &c.Caller.User, token); err != nil {
		return intake.Upload{}, nil, err
	}
	u := unsealing{call: c, desk: desk, session: session}
	err = u.read(body, func(content *capture.Content) error {
		u.up.Captured, err = a.judgeCapture(c, session, content, remember)
		return err
	})
	up, err := c.Examined(desk, u.up, err)
	if err != nil {
		return up, nil, a.failed(c, session, err)
	}
	return up, session, nil
}

// judgeCapture finds what speaks against a capture, for the folder that is made of it.
func (a *api) judgeCapture(c *rest.Call, s *capture.Session, content *capture.Content, remember bool) (*intake.Captured, error) {
	hints, err := a.Captures.Judge(c.Context(), s, content, remember)
	return &intake.Captured{
		Use:    s.Use(capture.OutcomeFolder),
		Folder: s.About(&content.Manifest),
		Media:  s.Kept(&content.Manifest, hints),
	}, err
}

// unsealing makes an upload of a container.
type unsealing struct {
	call    *rest.Call
	desk    rest.Acceptor
	session *capture.Session
	up      intake.Upload // also what was staged before an error
}

// read stages the content of a container, reads it whole, and stages each media of it.
// judge gets the content in between.
func (u *unsealing) read(sealed io.Reader, judge func(*capture.Content) error) error {
	staged, err := u.desk.Stage(u.call.Context(), "", "", u.session.Open(sealed))
	if err != nil {
		return err
	}
	defer u.desk.Discard(u.call.After(), []intake.File{*staged})
	f, err := os.Open(staged.Path())
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	content, err := u.session.Read(f, info.Size())
	if err != nil {
		return err
	}
	if err := judge(content); err != nil {
		return err
	}
	return u.stage(content)
}

// stage makes one media of each action and of each photo.
func (u *unsealing) stage(content *capture.Content) error {
	m := &content.Manifest
	u.up.Payload = intake.Payload{FolderMeta: m.Meta, Tags: map[string][]string{}}
	for _, t := range u.session.Orders(m) {
		u.up.Payload.Lines = append(u.up.Payload.Lines, intake.OrderLine{Type: t, Params: bonafide.Params{ExtractBestShot: m.Params.ExtractBestShot}})
	}
	for i, a := range m.Actions {
		err := u.add(fmt.Sprint("video", i), a.Action+".zip", m.Tags(i), func(w io.Writer) error { return content.WriteFrames(w, i) })
		if err != nil {
			return err
		}
	}
	for i, p := range m.Photos {
		err := u.add(fmt.Sprint("photo", i), p.Tag+path.Ext(p.Name), m.PhotoTags(i), func(w io.Writer) error { return content.WritePhoto(w, i) })
		if err != nil {
			return err
		}
	}
	return nil
}

// add stages one file while it is written.
func (u *unsealing) add(key, name string, tags []string, write func(io.Writer) error) error {
	r, w := io.Pipe()
	done := make(chan struct{})
	go func() {
		defer close(done)
		w.CloseWithError(write(w))
	}()
	file, err := u.desk.Stage(u.call.Context(), key, name, r)
	_ = r.Close() // ends a writer that nobody reads any more
	<-done
	if err != nil {
		return err
	}
	u.up.Files = append(u.up.Files, *file)
	u.up.Payload.Tags[key] = tags
	return nil
}
