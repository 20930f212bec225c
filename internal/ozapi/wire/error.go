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
	Code         int     `json:"error_code"`    // number of the error, see the guide
	Message      string  `json:"error_message"` // for people, in English
	ErrorDetails *string `json:"error_details"` // what can be done, where there is something to say
	Details      *string `json:"details"`       // the same as error_details
}

// containerDetails tells a client that sent a data container what it can do.
const containerDetails = "Data containers cannot be opened by this server, send the media as multipart/form-data"

// errorNumber gives the API's number of a code and the HTTP status that goes with it.
// A body over a limit is 14 and 400, as in the vendor's framework; a list that has no
// room for one more is 14, too, and 409.
func errorNumber(c bonafide.Code) (code, status int) {
	switch c {
	case bonafide.CodeMethod:
		return 1, http.StatusMethodNotAllowed
	case bonafide.CodeUnsupported:
		return 2, http.StatusNotImplemented
	case bonafide.CodeStructure:
		return 3, http.StatusBadRequest
	case bonafide.CodeValue:
		return 4, http.StatusBadRequest
	case bonafide.CodeType:
		return 5, http.StatusBadRequest
	case bonafide.CodeNoToken:
		return 6, http.StatusUnauthorized
	case bonafide.CodeBadToken:
		return 7, http.StatusUnauthorized
	case bonafide.CodeExpired:
		return 8, http.StatusUnauthorized
	case bonafide.CodeForbidden:
		return 9, http.StatusForbidden
	case bonafide.CodeNotFound:
		return 10, http.StatusNotFound
	case bonafide.CodeExternal, bonafide.CodeModel:
		return 11, http.StatusBadGateway
	case bonafide.CodeDatabase:
		return 12, http.StatusInternalServerError
	case bonafide.CodeExists, bonafide.CodeNoContainer:
		return 13, http.StatusBadRequest
	case bonafide.CodeTooLarge, bonafide.CodeContainer:
		return 14, http.StatusBadRequest
	case bonafide.CodeFull:
		return 14, http.StatusConflict
	case bonafide.CodeThrottled:
		return 101, http.StatusTooManyRequests
	}
	return 0, http.StatusInternalServerError
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
