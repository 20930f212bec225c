package wire

import (
	"errors"
	"net/http"

	"github.com/bonafide-id/bonafide"
)

// Error is the body of every error answer. error_details is what the vendor's
// server sends, details what its manual says; both are null or a string, since
// old clients break on an object.
type Error struct {
	Code         ErrorCode `json:"error_code"`    // number of the error, see the guide
	Message      string    `json:"error_message"` // for people, in English
	ErrorDetails *string   `json:"error_details"` // what can be done, where there is something to say
	Details      *string   `json:"details"`       // the same as error_details
}

// ErrorCode is the number of an error, as the guide lists them.
type ErrorCode int

// The numbers.
const (
	ErrorUnknown     ErrorCode = 0   // unforeseen fault of the server
	ErrorMethod      ErrorCode = 1   // the path exists, the method does not
	ErrorUnsupported ErrorCode = 2   // known, but not available here
	ErrorStructure   ErrorCode = 3   // a required part is missing or has the wrong shape
	ErrorValue       ErrorCode = 4   // a value is out of range or unreadable
	ErrorType        ErrorCode = 5   // a value is of the wrong type
	ErrorNoToken     ErrorCode = 6   // no token
	ErrorBadToken    ErrorCode = 7   // token or credentials wrong
	ErrorExpired     ErrorCode = 8   // token expired
	ErrorForbidden   ErrorCode = 9   // the role does not permit it
	ErrorNotFound    ErrorCode = 10  // no such object, or not yours to see
	ErrorExternal    ErrorCode = 11  // an external system, or a model, failed
	ErrorDatabase    ErrorCode = 12  // the database failed
	ErrorExists      ErrorCode = 13  // already there; an empty data container, or a session token that is missing, expired, used or another's
	ErrorTooLarge    ErrorCode = 14  // too large, or no room for one more; a data container that cannot be opened
	ErrorThrottled   ErrorCode = 101 // too many requests, or a busy server: wait as Retry-After says
)

// containerDetails tells a client that sent a data container what it can do.
const containerDetails = "Draw a session with POST /api/authorize/session_token and seal the capture for it, or send the media as multipart/form-data"

// errorNumber gives the API's number of a code and the HTTP status that goes with it.
// A body over a limit is 14 and 400, as in the vendor's framework; a list that has no
// room for one more is 14, too, and 409.
func errorNumber(c bonafide.Code) (code ErrorCode, status int) {
	switch c {
	case bonafide.CodeMethod:
		return ErrorMethod, http.StatusMethodNotAllowed
	case bonafide.CodeUnsupported:
		return ErrorUnsupported, http.StatusNotImplemented
	case bonafide.CodeStructure:
		return ErrorStructure, http.StatusBadRequest
	case bonafide.CodeEncoding:
		return ErrorStructure, http.StatusUnsupportedMediaType
	case bonafide.CodeValue:
		return ErrorValue, http.StatusBadRequest
	case bonafide.CodeType:
		return ErrorType, http.StatusBadRequest
	case bonafide.CodeNoToken:
		return ErrorNoToken, http.StatusUnauthorized
	case bonafide.CodeBadToken:
		return ErrorBadToken, http.StatusUnauthorized
	case bonafide.CodeExpired:
		return ErrorExpired, http.StatusUnauthorized
	case bonafide.CodeForbidden:
		return ErrorForbidden, http.StatusForbidden
	case bonafide.CodeNotFound:
		return ErrorNotFound, http.StatusNotFound
	case bonafide.CodeExternal, bonafide.CodeModel:
		return ErrorExternal, http.StatusBadGateway
	case bonafide.CodeDatabase:
		return ErrorDatabase, http.StatusInternalServerError
	case bonafide.CodeExists, bonafide.CodeNoContainer, bonafide.CodeSession:
		return ErrorExists, http.StatusBadRequest
	case bonafide.CodeTooLarge, bonafide.CodeContainer:
		return ErrorTooLarge, http.StatusBadRequest
	case bonafide.CodeFull:
		return ErrorTooLarge, http.StatusConflict
	case bonafide.CodeThrottled:
		return ErrorThrottled, http.StatusTooManyRequests
	case bonafide.CodeBusy, bonafide.CodeNoRoom:
		return ErrorThrottled, http.StatusServiceUnavailable
	}
	return ErrorUnknown, http.StatusInternalServerError
}

// ViewError renders err with the HTTP status that goes with it. Only the message of
// a bonafide.Error reaches a client.
func ViewError(err error) (status int, body Error) {
	body = Error{Message: "Unknown server side error occurred"}
	var e *bonafide.Error
	if errors.As(err, &e) {
		body.Message = e.Message
	}
	code := bonafide.CodeOf(err)
	if code == bonafide.CodeContainer {
		body.ErrorDetails = nullable(containerDetails)
		body.Details = body.ErrorDetails
	}
	body.Code, status = errorNumber(code)
	return status, body
}
