package ozapi

import (
	"os"
	"slices"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/capture"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
)

// receiveParts reads a drawn capture that comes as an ordinary upload with a session token.
// It is held to the draw as one in a container is.
func (a *api) receiveParts(c *rest.Call, desk rest.Acceptor, token string, remember bool) (_ intake.Upload, session *capture.Session, _ error) {
	session, err := a.Captures.Admit(c.Context(), &c.Caller.User, token)
	if err != nil {
		return intake.Upload{}, nil, err
	}
	up, err := c.Receive(desk)
	if err != nil {
		return intake.Upload{}, nil, err
	}
	if err := a.hold(c, session, &up, remember); err != nil {
		desk.Discard(c.After(), up.Files)
		return intake.Upload{}, nil, a.failed(c, session, err)
	}
	return up, session, nil
}

// hold holds an upload to its session.
func (a *api) hold(c *rest.Call, s *capture.Session, up *intake.Upload, remember bool) error {
	var parts []capture.Part
	for i := range up.Files {
		file := &up.Files[i]
		f, err := os.Open(file.Path())
		if err != nil {
			return err
		}
		defer f.Close()
		info, err := f.Stat()
		if err != nil {
			return err
		}
		parts = append(parts, capture.Part{Tags: up.Payload.Tags[file.Key], Size: info.Size(), File: f, Lasts: file.Lasts()})
	}
	content, err := s.Parts(parts)
	if err != nil {
		return err
	}
	if up.Captured, err = a.judgeCapture(c, s, content, remember); err != nil {
		return err
	}
	if len(s.Actions) == 0 && s.Analyses == nil {
		return nil // the session demands nothing
	}
	up.Payload.Lines = orderedToo(up.Payload.Lines, s.Orders(&content.Manifest))
	if len(up.Payload.Lines) > 0 {
		_, err = c.Caller.May(auth.AnalysisOrder)
	}
	return err
}

// orderedToo adds the analyses that a session demands to those that are ordered. One that
// leaves media out, or asks for no gestures, does not stand for it.
func orderedToo(lines []intake.OrderLine, types []bonafide.AnalysisType) []intake.OrderLine {
	for _, t := range types {
		stands := func(l intake.OrderLine) bool {
			return l.Type == t && len(l.Source) == 0 && (l.Params.VerifyGestures == nil || *l.Params.VerifyGestures)
		}
		if !slices.ContainsFunc(lines, stands) {
			lines = append(lines, intake.OrderLine{Type: t})
		}
	}
	return lines
}
