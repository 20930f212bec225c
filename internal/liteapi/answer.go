package liteapi

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/advice"
	"github.com/bonafide-id/bonafide/internal/httpd"
)

// answer is what a call has to say.
type answer struct {
	status int
	body   any    // JSON, unless there are bytes
	bytes  []byte // a template
	base64 bool   // write the bytes so

	retryAfter time.Duration // of a refusal that ends by itself
}

func ok(body any) (*answer, error) { return &answer{status: http.StatusOK, body: body}, nil }

func (a *answer) write(w http.ResponseWriter) {
	if a.retryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(a.retryAfter.Seconds()))))
	}
	switch {
	case a.bytes == nil:
		raw, _ := json.Marshal(a.body) // of our own types, which all can be written
		httpd.Write(w, a.status, "application/json", raw)
	case a.base64:
		w.Header().Set("Content-Transfer-Encoding", "base64")
		httpd.Write(w, a.status, "application/octet-stream", []byte(base64.StdEncoding.EncodeToString(a.bytes)))
	default:
		httpd.Write(w, a.status, "application/octet-stream", a.bytes)
	}
}

// liteVersion names the server and its models.
type liteVersion struct {
	Core   string              `json:"core"`   // of the server, such as 1.2.0
	TFSS   string              `json:"tfss"`   // always n/a: there is no second service here
	Models []bonafide.ModelRef `json:"models"` // that answer
}

// liteHealth tells whether the service works: 0 that it does, 3 that it does not.
type liteHealth struct {
	Status  int    `json:"status"`  // 0 or 3
	Message string `json:"message"` // for people
}

// liteComparison is what two faces have in common.
type liteComparison struct {
	Score    number `json:"score"`    // similarity, from 0 to 1
	Decision string `json:"decision"` // approved, operator_required or declined
}

// liteLiveness is the answer of detect. Reasons say why there is no score; it is 0
// then.
type liteLiveness struct {
	Score   number       `json:"score"`             // from 0 to 1, higher is more like a living person
	Passed  bool         `json:"passed"`            // the score reaches the threshold
	Reasons []liteReason `json:"reasons,omitempty"` // why there is no score
}

// liteReason is why there is no score.
type liteReason struct {
	Code   string `json:"code"`   // from the list of reasons
	Advice string `json:"advice"` // for the capture subject
}

func viewReasons(reasons []bonafide.Reason, l advice.Language) []liteReason {
	var out []liteReason
	for _, r := range reasons {
		out = append(out, liteReason{r.Code, advice.Sentence(l, r.Code)})
	}
	return out
}

// liteError is an error, in the numbers of the service.
type liteError struct {
	Code    string `json:"code"`    // such as BPE-001001
	Message string `json:"message"` // for people, in English
}

// number is a score on the wire: a float even where it is whole, with at most eight
// decimals.
type number float64

// MarshalJSON implements json.Marshaler.
func (n number) MarshalJSON() ([]byte, error) {
	f := math.Round(float64(n)*1e8) / 1e8
	out := strconv.AppendFloat(nil, f, 'f', -1, 64)
	if f == math.Trunc(f) {
		out = append(out, ".0"...)
	}
	return out, nil
}

// family is one of the two halves of the service. Each numbers its errors in its
// own way.
type family int

const (
	pattern family = iota
	liveness
)

func familyOf(path string) family {
	if strings.Contains(path, "/liveness/") {
		return liveness
	}
	return pattern
}

// code is what went wrong.
type code int

const (
	internal code = iota
	wrongType
	wrongMethod
	badSample
	badTemplate
	badMetadata
	wrongPartType
	badRequest
	noFace
	severalFaces
	faceTooSmall
)

// number gives the name of a code in the family.
func (c code) number(f family) string {
	if f == pattern {
		return "BPE-" + map[code]string{internal: "001001", wrongType: "002001", wrongMethod: "002002", badSample: "002003",
			badTemplate: "002004", wrongPartType: "002005", badRequest: "002006", noFace: "003002", severalFaces: "003003"}[c]
	}
	return "LDE-" + map[code]string{internal: "001001", wrongType: "002001", wrongMethod: "002002", badMetadata: "002003",
		badSample: "002004", wrongPartType: "002005", badRequest: "002005", noFace: "002006", severalFaces: "002007",
		faceTooSmall: "002008"}[c]
}

// fault is an error that the caller can do something about.
type fault struct {
	status  int // 0 is 400
	code    code
	message string
}

// Error gives the message.
func (f fault) Error() string { return f.message }

// refusal renders an error. What is no fault of the caller says nothing of itself.
func refusal(f family, err error) *answer {
	var known fault
	var crowd *bonafide.Error
	if errors.As(err, &crowd) && crowd.RetryAfter > 0 {
		status := http.StatusTooManyRequests
		if crowd.Code == bonafide.CodeBusy {
			status = http.StatusServiceUnavailable
		}
		return &answer{status: status, body: liteError{internal.number(f), crowd.Message}, retryAfter: crowd.RetryAfter}
	}
	if !errors.As(err, &known) {
		return &answer{status: http.StatusInternalServerError, body: liteError{internal.number(f), "Internal error"}}
	}
	name := known.code.number(f)
	if known.status == http.StatusUnauthorized {
		name = "unauthorized"
	}
	if known.status == 0 {
		known.status = http.StatusBadRequest
	}
	return &answer{status: known.status, body: liteError{name, known.message}}
}

// unusable is the fault of a picture that shows no single face.
func unusable(reason string, l advice.Language) fault {
	c, ok := map[string]code{bonafide.ReasonNoFace: noFace, bonafide.ReasonSeveralFaces: severalFaces,
		bonafide.ReasonFaceTooSmall: faceTooSmall, bonafide.ReasonResolution: faceTooSmall}[reason]
	if !ok {
		c = badSample
	}
	return fault{code: c, message: advice.Sentence(l, reason)}
}

// readable makes a fault of what a picture or template hides.
func readable(c code, err error) error {
	var e *bonafide.Error
	if errors.As(err, &e) {
		switch e.Code {
		case bonafide.CodeValue, bonafide.CodeTooLarge:
			return fault{code: c, message: e.Message}
		}
	}
	return err
}
