package webadapter

import (
	"crypto/subtle"
	"io"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/webadapter/appconfig"
)

// maxPiece bounds a piece of an upload that can be taken up again, in bytes.
const maxPiece = 1 << 20

// bodyWithin is how long the bytes of a request may take to arrive.
const bodyWithin = 5 * time.Minute

// Content types of captures.
const (
	sealedType = "application/octet-stream"
	partsType  = "multipart/form-data"
)

// receive takes a capture in, at once or by pieces.
func (a *adapter) receive(c *call) error {
	if err := count(a.told, c); err != nil {
		return err
	}
	if c.settings.Architecture == appconfig.Capture {
		return refused(configError, "With this architecture captures stay with the page")
	}
	id := esidOf(c.Request)
	n, err := a.sessions.get(id)
	if err != nil {
		return err
	}
	if n.Tenant != a.tenantOf(c) {
		return errNoSession()
	}
	if subtle.ConstantTimeCompare([]byte(n.Session), []byte(c.Header.Get("X-Session-Token"))) != 1 {
		return &failure{Status: http.StatusForbidden, Code: sessionTokenError, Message: "The session token is not that of this capture"}
	}
	if n.State != stateOpen {
		return spent(n)
	}
	release, err := a.bodies.Take(c.Context(), c.network)
	if err != nil {
		return err
	}
	defer release()
	if q := c.URL.Query(); q.Has("offset") {
		return a.piece(c, n, q.Get("offset"), q.Get("total"))
	}
	return a.whole(c, n)
}

// spent refuses a second capture for one session.
func spent(n *session) error {
	return (&failure{Status: http.StatusConflict, Code: sessionTokenError, Message: "This session has its capture already"}).with("state", n.State)
}

// typeOf is the content type of a capture: as a piece names it, or as the request does.
func typeOf(c *call, piece bool) (string, error) {
	header := c.Header.Get("Content-Type")
	if piece {
		if header = c.URL.Query().Get("type"); header == "" {
			header = sealedType
		}
	}
	switch kind, _ := httpd.MediaType(header); kind {
	case sealedType, partsType:
		return header, nil
	}
	return "", &failure{Status: http.StatusUnsupportedMediaType, Code: uploadFailed, Message: "Want " + sealedType + " or " + partsType}
}

// fits refuses what is no capture for this session.
func fits(n *session, contentType string) error {
	if kind, _ := httpd.MediaType(contentType); n.Sealed && kind != sealedType {
		return refused(uploadFailed, "Captures of this installation come in a sealed container")
	}
	return nil
}

// whole takes a capture in one request.
func (a *adapter) whole(c *call, n *session) error {
	contentType, err := typeOf(c, false)
	if err == nil {
		err = fits(n, contentType)
	}
	if err == nil {
		err = a.sessions.room(max(c.ContentLength, 0))
	}
	if err != nil {
		return err
	}
	body := httpd.LimitBody(c.w, c.Request, c.settings.MaxBody, bodyWithin)
	file, size, err := a.sessions.keep(n.ID, body)
	if err != nil {
		return err
	}
	httpd.BodyRead(c.w)
	n, err = a.sessions.change(n.ID, func(n *session) error {
		if n.State != stateOpen {
			return spent(n)
		}
		if err := a.sessions.take(n.ID, file); err != nil {
			return err
		}
		return a.complete(c, n, contentType, size)
	})
	if err != nil {
		_ = os.Remove(file) // gone where it was taken
		return err
	}
	return a.sent(c, n)
}

// complete makes a session with all its bytes one that is sent on.
func (a *adapter) complete(c *call, n *session, contentType string, size int64) error {
	if size == 0 {
		return refused(uploadFailed, "The capture is empty")
	}
	if err := a.spendLink(c.Context(), n); err != nil {
		return err
	}
	n.State, n.ContentType, n.Total = stateProcessing, contentType, size
	return nil
}

// piece takes a part of a capture: the next one, or the page is told where it stands.
func (a *adapter) piece(c *call, n *session, offset, total string) error {
	at, err := strconv.ParseInt(offset, 10, 64)
	whole, err2 := strconv.ParseInt(total, 10, 64)
	if err != nil || err2 != nil || at < 0 || whole <= 0 || at > whole {
		return refused(uploadFailed, "offset and total are no numbers of bytes")
	}
	if whole > c.settings.MaxBody {
		return (&failure{Status: http.StatusRequestEntityTooLarge, Code: uploadFailed, Message: "The capture is too large"}).with("max_upload_bytes", c.settings.MaxBody)
	}
	contentType, err := typeOf(c, true)
	if err == nil {
		err = fits(n, contentType)
	}
	if err == nil {
		err = a.sessions.room(maxPiece)
	}
	if err != nil {
		return err
	}
	piece, err := io.ReadAll(httpd.LimitBody(c.w, c.Request, maxPiece, bodyWithin))
	if err != nil {
		return err
	}
	httpd.BodyRead(c.w)
	var received int64
	n, err = a.sessions.change(n.ID, func(n *session) error {
		received = a.sessions.received(n.ID)
		switch {
		case n.State != stateOpen:
			return spent(n)
		case n.Total != 0 && n.Total != whole, received != at, at+int64(len(piece)) > whole:
			return (&failure{Status: http.StatusConflict, Code: uploadFailed, Message: "This is not the next piece"}).with("received", received).with("total", n.Total)
		}
		if err := a.sessions.add(n.ID, at, piece); err != nil {
			return err
		}
		received += int64(len(piece))
		n.Total = whole
		if received < whole {
			return nil
		}
		return a.complete(c, n, contentType, whole)
	})
	if err != nil {
		return conflict(c, err, received)
	}
	if n.State == stateOpen {
		writeJSON(c.w, http.StatusOK, map[string]any{"state": "uploading", "received": received})
		return nil
	}
	return a.sent(c, n)
}

// conflict tells a page whose piece is not the next one where it stands, in the answer
// itself as well as in its context.
func conflict(c *call, err error, received int64) error {
	f := failureOf(err)
	if _, told := f.Context["received"]; !told {
		return err
	}
	writeJSON(c.w, f.Status, map[string]any{"code": f.Code, "message": f.Message, "context": f.Context, "state": "uploading",
		"received": received, "event_session_id": esidOf(c.Request)})
	return nil
}

// sent starts what happens with a capture that is here, and answers.
func (a *adapter) sent(c *call, n *session) error {
	a.start(n.ID, false)
	return a.answer(c, n)
}

// result answers how far a capture is.
func (a *adapter) result(c *call) error {
	if err := count(a.told, c); err != nil {
		return err
	}
	n, err := a.sessions.get(esidOf(c.Request))
	if err != nil {
		return err
	}
	if n.Tenant != a.tenantOf(c) {
		return errNoSession()
	}
	if n.State == stateOpen || c.URL.Query().Get("received") != "" {
		writeJSON(c.w, http.StatusOK, map[string]any{"state": "uploading", "received": a.received(n), "event_session_id": n.ID})
		return nil
	}
	if n.State == stateProcessing && !a.sessions.leased(n.ID) {
		a.start(n.ID, true)
	}
	return a.answer(c, n)
}

// received tells how many bytes of a capture came.
func (a *adapter) received(n *session) int64 {
	if n.State != stateOpen {
		return n.Total
	}
	return a.sessions.received(n.ID)
}

// answer tells a page as much of the result as its mode allows.
func (a *adapter) answer(c *call, n *session) error {
	if f := n.Failure; n.State == stateFailed && f != nil {
		return &failure{Status: f.Status, Code: f.Code, Message: f.Message, Context: f.Context}
	}
	writeJSON(c.w, http.StatusOK, view(n, ordered(a.settingsOf(n), n)))
	return nil
}
