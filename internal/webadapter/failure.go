package webadapter

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/license"
)

// Codes of errors as the callback on_error knows them. The others begin in the browser.
const (
	licenseError      = "license_error"
	licenseOrigin     = "license_origin_error"
	licenseExpired    = "license_expired"
	sessionTokenError = "session_token_error"
	uploadFailed      = "upload_failed"
	serverUnreachable = "server_unreachable"
	analysisFailed    = "analysis_failed"
	configError       = "config_error"
)

// failure is what a page is told of an error.
type failure struct {
	Status  int            `json:"-"`
	Code    string         `json:"code"`
	Message string         `json:"message"`
	Context map[string]any `json:"context"`
	wait    time.Duration  // after which it is worth another try
	err     error          // for the log
}

// Error gives the message, followed by the cause where there is one.
func (f *failure) Error() string {
	if f.err != nil {
		return f.Message + ": " + f.err.Error()
	}
	return f.Message
}

// Unwrap gives the cause.
func (f *failure) Unwrap() error { return f.err }

// with adds to the context.
func (f *failure) with(key string, value any) *failure {
	if f.Context == nil {
		f.Context = map[string]any{}
	}
	f.Context[key] = value
	return f
}

// refused is a failure that the page, or who made it, is the cause of.
func refused(code, format string, args ...any) *failure {
	return &failure{Status: http.StatusBadRequest, Code: code, Message: fmt.Sprintf(format, args...)}
}

// failureOf words any error for a page. What an API said goes to the log: it may name
// what the page must not know.
func failureOf(err error) *failure {
	var f *failure
	var api *apiError
	var limited *http.MaxBytesError
	var known *bonafide.Error
	switch {
	case errors.As(err, &f):
		return f
	case errors.As(err, &api):
		return failureOfAPI(api)
	case errors.As(err, &limited):
		return &failure{Status: http.StatusRequestEntityTooLarge, Code: uploadFailed, Message: "The capture is too large", err: err}
	case httpd.TooSlow(err):
		return &failure{Status: http.StatusRequestTimeout, Code: uploadFailed, Message: "The upload was too slow", err: err}
	case errors.Is(err, license.ErrOrigin):
		return &failure{Status: http.StatusForbidden, Code: licenseOrigin, Message: "This page's origin is not licensed", err: err}
	case errors.Is(err, license.ErrExpired):
		return &failure{Status: http.StatusForbidden, Code: licenseExpired, Message: "The licence is not valid at this time", err: err}
	case errors.As(err, &known) && known.Code == bonafide.CodeThrottled:
		return &failure{Status: http.StatusTooManyRequests, Code: serverUnreachable, Message: known.Message, wait: known.RetryAfter, err: err}
	case errors.As(err, &known) && known.Code == bonafide.CodeBusy:
		return &failure{Status: http.StatusServiceUnavailable, Code: serverUnreachable, Message: known.Message, wait: known.RetryAfter, err: err}
	}
	return &failure{Status: http.StatusInternalServerError, Code: serverUnreachable, Message: "The server has a fault", err: err}
}

// apiTokenRefused is the API's number for a session token that is unknown, used or old.
const apiTokenRefused = 13

func failureOfAPI(e *apiError) *failure {
	switch {
	case e.status == http.StatusBadRequest && e.code == apiTokenRefused:
		return &failure{Status: http.StatusBadRequest, Code: sessionTokenError, Message: "The session token is unknown, used or too old", err: e}
	case e.status == http.StatusTooManyRequests:
		return &failure{Status: http.StatusTooManyRequests, Code: serverUnreachable, Message: "Too many captures, try again later", wait: e.wait, err: e}
	case e.status == http.StatusUnauthorized, e.status == http.StatusForbidden:
		return &failure{Status: http.StatusBadGateway, Code: configError, Message: "The adapter may not use the API", err: e}
	case e.status >= 400 && e.status < 500:
		return &failure{Status: http.StatusBadRequest, Code: uploadFailed, Message: "The capture was refused", err: e}
	}
	return &failure{Status: http.StatusBadGateway, Code: serverUnreachable, Message: "The API cannot be reached", wait: e.wait, err: e}
}

// write answers the failure.
func (f *failure) write(w http.ResponseWriter, session string) {
	if f.wait > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(f.wait.Seconds()))))
	}
	context := f.Context
	if context == nil {
		context = map[string]any{}
	}
	writeJSON(w, f.Status, map[string]any{"code": f.Code, "message": f.Message, "context": context, "event_session_id": session})
}

// writeJSON answers with JSON.
func writeJSON(w http.ResponseWriter, status int, body any) {
	raw, err := json.Marshal(body)
	if err != nil {
		status, raw = http.StatusInternalServerError, []byte(`{"code":"`+serverUnreachable+`","message":"The server has a fault","context":{}}`)
	}
	httpd.Write(w, status, "application/json", raw)
}
