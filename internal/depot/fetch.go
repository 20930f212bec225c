package depot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/convert"
	"github.com/bonafide-id/bonafide/internal/model"
)

const (
	defaultPatience = 30 * time.Second
	maxRedirects    = 5
)

// partPath is where the bytes of a source wait until they are complete. It is
// named by the digest that they must have, so that a later attempt, even of a
// newer program, goes on with the right ones.
func (o PullOptions) partPath(f model.OriginFile) string {
	return filepath.Join(o.Dest, ".part-"+f.SHA256)
}

// forget deletes the sources of a converted model.
func (o PullOptions) forget(card *model.Card) {
	for _, f := range card.Origin.Files {
		os.Remove(o.partPath(f))
	}
}

// fetch gives a source from its publisher, going on where an earlier attempt was
// cut off.
func (o PullOptions) fetch(ctx context.Context, card *model.Card, f model.OriginFile, name string) ([]byte, error) {
	address, err := url.Parse(f.URL)
	if err != nil || address.Scheme != "https" || address.Host == "" {
		return nil, bonafide.Errorf(bonafide.CodeModel, "%s has no https address", name)
	}
	limit := f.Bytes
	if limit <= 0 || limit > convert.MaxSourceBytes {
		limit = convert.MaxSourceBytes
	}
	path := o.partPath(f)
	if raw, err := readLimited(path, limit); err == nil && digestOf(raw) == f.SHA256 {
		return raw, nil
	}
	part, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	defer part.Close()
	t := &transfer{part: part, limit: limit, report: func(done int64) {
		if o.Progress != nil {
			o.Progress(Progress{Model: card.Name, File: name, Done: done, Total: f.Bytes})
		}
	}}
	if t.have, err = part.Seek(0, io.SeekEnd); err != nil {
		return nil, err
	}
	if t.have >= limit { // complete but wrong
		if err := t.restart(); err != nil {
			return nil, err
		}
	}
	if err := o.download(ctx, address.String(), t); err != nil {
		if t.have == 0 {
			os.Remove(path)
		}
		return nil, fmt.Errorf("%s from %s: %w", name, address.Host, err)
	}
	raw, err := readLimited(path, limit)
	if err != nil {
		return nil, err
	}
	if digest := digestOf(raw); digest != f.SHA256 {
		os.Remove(path)
		return nil, bonafide.Errorf(bonafide.CodeModel, "%s from %s has the digest %s, not %s", name, address.Host, digest, f.SHA256)
	}
	return raw, nil
}

// transfer is one file on its way.
type transfer struct {
	part   *os.File
	have   int64 // bytes in part
	limit  int64
	report func(done int64)
}

// download appends to the part what is missing.
func (o PullOptions) download(ctx context.Context, address string, t *transfer) error {
	patience := o.Patience
	if patience <= 0 {
		patience = defaultPatience
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	silence := time.AfterFunc(patience, func() { cancel(errUnreachable) })
	defer silence.Stop()
	heard := func() { silence.Reset(patience) }

	resp, err := o.request(ctx, address, t.have)
	if err != nil {
		return unreachable(ctx, err)
	}
	defer resp.Body.Close()
	heard()
	switch {
	case resp.StatusCode == http.StatusPartialContent && t.have > 0 &&
		rangeStart(resp.Header.Get("Content-Range")) == t.have:
	case resp.StatusCode == http.StatusOK:
		if err := t.restart(); err != nil {
			return err
		}
	case resp.StatusCode == http.StatusRequestedRangeNotSatisfiable && t.have > 0:
		return errors.Join(t.restart(), bonafide.Errorf(bonafide.CodeExternal, "an earlier attempt could not be gone on with; try again"))
	default:
		return bonafide.Errorf(bonafide.CodeExternal, "the publisher answers %s", resp.Status)
	}
	if err := t.copy(resp.Body, heard); err != nil {
		return unreachable(ctx, err)
	}
	return t.part.Sync()
}

// unreachable turns a failure of the network into an error that says so. Errors
// of our own pass as they are.
func unreachable(ctx context.Context, err error) error {
	var own *bonafide.Error
	if errors.As(err, &own) {
		return own
	}
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, errUnreachable) {
		return cause // the caller's own end
	}
	var cause *url.Error // names the address once more
	if errors.As(err, &cause) {
		err = cause.Err
	}
	return bonafide.Wrap(bonafide.CodeExternal, "the publisher cannot be reached", fmt.Errorf("%w: %w", errUnreachable, err))
}

// request asks for the bytes from offset on.
func (o PullOptions) request(ctx context.Context, address string, offset int64) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept-Encoding", "identity")
	if offset > 0 {
		req.Header.Set("Range", fmt.Sprintf("bytes=%d-", offset))
	}
	client := http.Client{}
	if o.Client != nil {
		client = *o.Client
	}
	client.CheckRedirect = func(req *http.Request, via []*http.Request) error {
		if req.URL.Scheme != "https" || len(via) > maxRedirects {
			return bonafide.Errorf(bonafide.CodeExternal, "the publisher redirects too often, or away from https")
		}
		return nil
	}
	return client.Do(req)
}

// rangeStart reads the first byte's place from "bytes 5-9/10"; -1 when it cannot.
func rangeStart(header string) int64 {
	var from int64
	if _, err := fmt.Sscanf(header, "bytes %d-", &from); err != nil {
		return -1
	}
	return from
}

func (t *transfer) restart() error {
	if err := t.part.Truncate(0); err != nil {
		return err
	}
	_, err := t.part.Seek(0, io.SeekStart)
	t.have = 0
	return err
}

// copy appends the body, no further than the limit.
func (t *transfer) copy(body io.Reader, heard func()) error {
	buf := make([]byte, 64<<10)
	for {
		n, err := body.Read(buf)
		if n > 0 {
			heard()
			if t.have+int64(n) > t.limit {
				return errors.Join(t.restart(), bonafide.Errorf(bonafide.CodeExternal, "the publisher sends more than the %d bytes expected", t.limit))
			}
			if _, err := t.part.Write(buf[:n]); err != nil {
				return bonafide.Wrap(bonafide.CodeUnknown, "the disk cannot be written", err)
			}
			t.have += int64(n)
			t.report(t.have)
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
