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
	"strings"
	"time"

	"github.com/bonafide-id/bonafide"
)

// Client holds a base address and, after SignIn, a token. It is safe for
// concurrent use once signed in.
type Client struct {
	base  string
	http  *http.Client
	token string
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
	Code    int    `json:"error_code"`
	Message string `json:"error_message"`
}

// Error gives the message with the code and the HTTP status.
func (e *Error) Error() string {
	return fmt.Sprintf("%s (error %d, HTTP %d)", e.Message, e.Code, e.Status)
}

// SetToken uses a token that was issued earlier.
func (c *Client) SetToken(token string) { c.token = token }

// SignIn gets a token and uses it from then on.
func (c *Client) SignIn(ctx context.Context, email, password string) error {
	body := map[string]any{"credentials": map[string]string{"email": email, "password": password}}
	var session struct {
		AccessToken string `json:"access_token"`
	}
	if err := c.call(ctx, http.MethodPost, "/api/authorize/auth/", body, &session); err != nil {
		return err
	}
	c.token = session.AccessToken
	return nil
}

// File is one file of an upload. Key joins it to the payload.
type File struct {
	Key, Name string
	Content   io.Reader
}

// Payload is the JSON part of an upload. Analyses make it a single request,
// which is answered with verdicts.
type Payload struct {
	FolderMeta bonafide.Meta            `json:"folder:meta_data,omitempty"`
	MediaTags  map[string][]string      `json:"media:tags,omitempty"`
	MediaMeta  map[string]bonafide.Meta `json:"media:meta_data,omitempty"`
	PersonMeta bonafide.Meta            `json:"person:meta_data,omitempty"` // of a person who is enrolled
	Analyses   []Order                  `json:"analyses,omitempty"`
	Endpoint   string                   `json:"resolution_endpoint,omitempty"` // told of results
}

// Order asks for one analysis. SourceMedia are media ids or, in a single
// request, keys of files; empty means all media.
type Order struct {
	Type         string         `json:"type"`
	SourceMedia  []string       `json:"source_media,omitempty"`
	CollectionID bonafide.ID    `json:"collection_id,omitempty"`
	Params       map[string]any `json:"params,omitempty"`
}

// CreateFolder makes a folder out of files.
func (c *Client) CreateFolder(ctx context.Context, p Payload, files ...File) (*Folder, error) {
	var f Folder
	return &f, c.upload(ctx, "/api/folders/", p, files, &f)
}

// Judge has files judged like those of a single request. The server keeps nothing of
// them: the ids in the answer lead nowhere.
func (c *Client) Judge(ctx context.Context, p Payload, files ...File) (*Folder, error) {
	var f Folder
	return &f, c.upload(ctx, "/api/instant/folders/", p, files, &f)
}

// AddMedia adds files to a folder.
func (c *Client) AddMedia(ctx context.Context, folder bonafide.ID, p Payload, files ...File) ([]Media, error) {
	var m []Media
	return m, c.upload(ctx, "/api/folders/"+string(folder)+"/media/", p, files, &m)
}

// OrderAnalyses orders a group of analyses.
func (c *Client) OrderAnalyses(ctx context.Context, folder bonafide.ID, orders ...Order) ([]Analysis, error) {
	var a []Analysis
	err := c.call(ctx, http.MethodPost, "/api/folders/"+string(folder)+"/analyses/", map[string]any{"analyses": orders}, &a)
	return a, err
}

// Folder reads one folder with its analyses.
func (c *Client) Folder(ctx context.Context, id bonafide.ID) (*Folder, error) {
	var f Folder
	return &f, c.call(ctx, http.MethodGet, "/api/folders/"+string(id)+"/?with_analyses=true", nil, &f)
}

// Folders lists folders by the query parameters of the API.
func (c *Client) Folders(ctx context.Context, q url.Values) (*FolderList, error) {
	var l FolderList
	return &l, c.call(ctx, http.MethodGet, "/api/folders/?"+q.Encode(), nil, &l)
}

// Analysis reads one analysis.
func (c *Client) Analysis(ctx context.Context, id bonafide.ID) (*Analysis, error) {
	var a Analysis
	return &a, c.call(ctx, http.MethodGet, "/api/analyses/"+string(id)+"/", nil, &a)
}

// Download fetches a link out of an answer, such as original_url.
func (c *Client) Download(ctx context.Context, link string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, link, nil)
	if err != nil {
		return nil, err
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
func (c *Client) upload(ctx context.Context, path string, p Payload, files []File, into any) error {
	pr, pw := io.Pipe()
	w := multipart.NewWriter(pw)
	go func() { pw.CloseWithError(writeParts(w, p, files)) }()
	err := c.do(ctx, http.MethodPost, path, w.FormDataContentType(), pr, into)
	pr.CloseWithError(io.ErrClosedPipe) // ends the writer if the server answered early
	return err
}

func writeParts(w *multipart.Writer, p Payload, files []File) error {
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
		req.Header.Set("X-Forensic-Access-Token", c.token)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode/100 != 2 {
		e := &Error{Status: resp.StatusCode, Message: "unreadable answer"}
		_ = json.NewDecoder(resp.Body).Decode(e) // the status alone still tells
		return e
	}
	return json.NewDecoder(resp.Body).Decode(into)
}
