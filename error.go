package bonafide

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Code classifies an error for machines. internal/ozapi maps it to the numeric
// codes and HTTP statuses of the Oz API.
type Code string

// The codes. Everything that is not an *Error counts as CodeUnknown.
const (
	CodeUnknown     Code = "unknown"      // unforeseen server fault
	CodeMethod      Code = "method"       // the path exists, the method does not
	CodeUnsupported Code = "unsupported"  // understood, not available here
	CodeStructure   Code = "structure"    // a required part is missing or of the wrong shape
	CodeValue       Code = "value"        // a value is out of range or unreadable
	CodeType        Code = "type"         // a value is of the wrong type
	CodeNoToken     Code = "no_token"     // no access token was sent
	CodeBadToken    Code = "bad_token"    // token or credentials are wrong
	CodeExpired     Code = "expired"      // the token has expired
	CodeForbidden   Code = "forbidden"    // the role does not permit it
	CodeNotFound    Code = "not_found"    // no such object, or not yours to see
	CodeExternal    Code = "external"     // an external system failed
	CodeDatabase    Code = "database"     // the database failed
	CodeNoRoom      Code = "no_room"      // the disk is full
	CodeExists      Code = "exists"       // already there
	CodeEncoding    Code = "encoding"     // body in a coding that is not understood
	CodeTooLarge    Code = "too_large"    // body or file over a limit
	CodeFull        Code = "full"         // no room for one more: another must go first
	CodeThrottled   Code = "throttled"    // too many requests of this caller
	CodeBusy        Code = "busy"         // no room at the moment, whoever asks
	CodeNoContainer Code = "no_container" // data container missing
	CodeContainer   Code = "container"    // data container cannot be opened
	CodeSession     Code = "session"      // the session token of a capture is missing, not ours, expired or used
	CodeModel       Code = "model"        // a model is missing or damaged
)

// Error is the one error type that crosses rooms. Message is safe to show to a
// client; Err is for the log only.
type Error struct {
	Code       Code
	Message    string
	Err        error
	RetryAfter time.Duration // of CodeThrottled and CodeBusy: how long to wait
}

// Error gives the message, followed by the cause when there is one.
func (e *Error) Error() string {
	if e.Err != nil {
		return e.Message + ": " + e.Err.Error()
	}
	return e.Message
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an Error whose message is safe to show to a client.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// Wrap makes an Error with a client-safe message and a cause for the log.
func Wrap(code Code, message string, err error) *Error {
	return &Error{Code: code, Message: message, Err: err}
}

// CodeOf returns the code of the first *Error in err's chain, CodeUnknown
// otherwise.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return CodeUnknown
}

// Quote repeats a client's word in a message, short and without control characters. What
// may be an address of a person is never repeated.
func Quote[S ~string](word S) string {
	const most = 60 // characters
	if strings.Contains(string(word), "@") {
		return `"…"`
	}
	if r := []rune(string(word)); len(r) > most {
		word = S(r[:most]) + "…"
	}
	return strconv.Quote(strings.ToValidUTF8(string(word), ""))
}
