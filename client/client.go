// Package client speaks the REST API of a Bonafide server, and so of any server
// of the Oz API.
package client

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/bonafide-id/bonafide"
)

// Client holds a base address and, after SignIn, a token. It is safe for
// concurrent use, but for the methods that change the token: SetToken, SignIn,
// Refresh and SignOut.
type Client struct {
	base   string
	http   *http.Client
	token  string
	expire string // the other half of the pair
}

// New makes a client of the server at base, such as http://127.0.0.1:8080. A nil
// transport means one with a limit of 300 s, which the API promises to stay below.
func New(base string, transport *http.Client) *Client {
	if transport == nil {
		transport = &http.Client{Timeout: 300 * time.Second}
	}
	return &Client{base: strings.TrimRight(base, "/"), http: transport}
}

// Error is an error answer of the API.
type Error struct {
	Status  int    // HTTP
	Code    int    `json:"error_code"`    // number of the error, see the guide
	Message string `json:"error_message"` // for people, in English

	RetryAfter time.Duration `json:"-"` // that the server asks to wait; 0 where it does not
}

// Error gives the message with the code and the HTTP status.
func (e *Error) Error() string {
	return fmt.Sprintf("%s (error %d, HTTP %d)", e.Message, e.Code, e.Status)
}

// File is one file of an upload. Key joins it to the payload.
type File struct {
	Key, Name string
	Content   io.Reader
}

// Payload is the JSON part of an upload. Analyses make it a single request,
// which is answered with verdicts.
type Payload struct {
	FolderMeta bonafide.Meta            `json:"folder:meta_data,omitempty"`    // of the folder
	MediaTags  map[string][]string      `json:"media:tags,omitempty"`          // by key of the file
	MediaMeta  map[string]bonafide.Meta `json:"media:meta_data,omitempty"`     // by key of the file
	PersonMeta bonafide.Meta            `json:"person:meta_data,omitempty"`    // of a person who is enrolled
	Analyses   []Order                  `json:"analyses,omitempty"`            // to be ordered
	Endpoint   string                   `json:"resolution_endpoint,omitempty"` // told of results

	MediaID    bonafide.ID `json:"media_id,omitempty"`               // of a person: stored photo in the place of files
	FolderID   bonafide.ID `json:"folder_id,omitempty"`              // of a person: folder with a best shot in the place of files
	Count      int         `json:"count,omitempty"`                  // of a search: how many persons are named; 0: 10
	RefuseNear bool        `json:"refuse_near_duplicates,omitempty"` // of a person: who is like another one is refused
}

// Order asks for one analysis. SourceMedia are media ids or, in a single
// request, keys of files; empty means all media.
type Order struct {
	Type         string         `json:"type"`                    // such as QUALITY, in any case of letters
	SourceMedia  []string       `json:"source_media,omitempty"`  // what is analysed
	CollectionID bonafide.ID    `json:"collection_id,omitempty"` // of a COLLECTION analysis; empty: the blacklist
	Params       map[string]any `json:"params,omitempty"`        // by name, see the description of the API
}

// List is one page of a list. Total is nil where the query asked not to count.
type List[T any] struct {
	Offset int  `json:"offset"`      // entries left out before these
	Limit  int  `json:"limit"`       // most entries of a page; -1: all
	Total  *int `json:"total_count"` // entries of all pages
	Items  []T  `json:"items"`       // the entries
}

// Download fetches a link out of an answer, such as original_url.
func (c *Client) Download(ctx context.Context, link string) ([]byte, error) {
	return c.content(ctx, link, "")
}

// content fetches a file, with a token where one is asked for.
func (c *Client) content(ctx context.Context, link, token string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, link, nil)
	if err != nil {
		return nil, err
	}
	if token != "" {
		req.Header.Set(tokenHeader, token)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, &Error{Status: resp.StatusCode, Message: "cannot download"}
	}
	return io.ReadAll(resp.Body)
}

// tokenHeader is where the API looks for the token.
const tokenHeader = "X-Forensic-Access-Token"

// get reads a T.
func get[T any](ctx context.Context, c *Client, path string) (T, error) {
	return call[T](ctx, c, http.MethodGet, path, nil)
}

// list reads a page by the query parameters of the API.
func list[T any](ctx context.Context, c *Client, path string, q url.Values) (*List[T], error) {
	return call[*List[T]](ctx, c, http.MethodGet, path+"?"+q.Encode(), nil)
}

// call sends a body, unless it is nil, and reads a T.
func call[T any](ctx context.Context, c *Client, method, path string, body any) (T, error) {
	var answer T
	err := c.call(ctx, method, path, body, &answer)
	return answer, err
}

// send sends files with their payload and reads a T.
func send[T any](ctx context.Context, c *Client, path string, p Payload, files []File) (T, error) {
	var answer T
	err := c.upload(ctx, path, p, files, &answer)
	return answer, err
}

// remove deletes what a path names.
func (c *Client) remove(ctx context.Context, path string) error {
	return c.call(ctx, http.MethodDelete, path, nil, new(struct{}))
}

func (c *Client) call(ctx context.Context, method, path string, body, into any) error {
	var r io.Reader
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			return err
		}
		r = bytes.NewReader(raw)
	}
	return c.do(ctx, method, path, "application/json", r, into)
}

// upload streams the files: no more than a buffer of them is held in memory.
func (c *Client) upload(ctx context.Context, path string, p any, files []File, into any) error {
	pr, pw := io.Pipe()
	w := multipart.NewWriter(pw)
	go func() { pw.CloseWithError(writeParts(w, p, files)) }()
	err := c.do(ctx, http.MethodPost, path, w.FormDataContentType(), pr, into)
	pr.CloseWithError(io.ErrClosedPipe) // ends the writer if the server answered early
	return err
}

func writeParts(w *multipart.Writer, p any, files []File) error {
	raw, err := json.Marshal(p)
	if err != nil {
		return err
	}
	if err := w.WriteField("payload", string(raw)); err != nil {
		return err
	}
	for _, f := range files {
		part, err := w.CreateFormFile(f.Key, f.Name)
		if err != nil {
			return err
		}
		if _, err := io.Copy(part, f.Content); err != nil {
			return err
		}
	}
	return w.Close()
}

func (c *Client) do(ctx context.Context, method, path, contentType string, body io.Reader, into any) error {
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, body)
	if err != nil {
		return err
	}
	if body != nil {
		req.Header.Set("Content-Type", contentType)
	}
	if c.token != "" {
		req.Header.Set(tokenHeader, c.token)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode/100 != 2 {
		e := &Error{Status: resp.StatusCode, Message: "unreadable answer"}
		_ = json.NewDecoder(resp.Body).Decode(e) // the status alone still tells
		if seconds, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil {
			e.RetryAfter = time.Duration(seconds) * time.Second
		}
		return e
	}
	return json.NewDecoder(resp.Body).Decode(into)
}
