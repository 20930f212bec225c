package liteapi

import (
	"strings"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/httpd"
)

func (s *service) version(*call) (*answer, error) {
	return ok(liteVersion{Core: s.Version, TFSS: "n/a", Models: s.faces.Models()})
}

func (s *service) patternHealth(c *call) (*answer, error) { return s.health(s.faces.Try(c.Context())) }

func (s *service) livenessHealth(c *call) (*answer, error) {
	return s.health(s.faces.TryLiveness(c.Context()))
}

// health is answered with 200 in any case.
func (s *service) health(err error) (*answer, error) {
	if err == nil {
		return ok(liteHealth{})
	}
	s.Log.Error("lite service does not work", "error", err)
	return ok(liteHealth{Status: 3, Message: "The service does not work"})
}

// extract answers the template of a picture.
func (s *service) extract(c *call) (*answer, error) {
	picture, err := c.picture()
	if err != nil {
		return nil, err
	}
	t, err := s.extracted(c, picture)
	if err != nil {
		return nil, err
	}
	raw, err := t.Encode()
	return &answer{status: 200, bytes: raw, base64: c.base64()}, err
}

// compare compares two templates.
func (s *service) compare(c *call) (*answer, error) {
	parts, err := c.parts()
	if err != nil {
		return nil, err
	}
	both, err := bind(parts, want{template, []string{"bio_feature", "template_1", "feature"}}, want{template, []string{"bio_template", "template_2", "template"}})
	if err != nil {
		return nil, err
	}
	a, err := readTemplate(both[0])
	if err != nil {
		return nil, err
	}
	b, err := readTemplate(both[1])
	if err != nil {
		return nil, err
	}
	return s.decide(a, b)
}

// verify compares a template with a picture.
func (s *service) verify(c *call) (*answer, error) {
	parts, err := c.parts()
	if err != nil {
		return nil, err
	}
	both, err := bind(parts, want{template, []string{"bio_template", "template", "bio_feature"}}, want{sample, []string{"sample", "bio_sample", "image"}})
	if err != nil {
		return nil, err
	}
	a, err := readTemplate(both[0])
	if err != nil {
		return nil, err
	}
	b, err := s.extracted(c, both[1])
	if err != nil {
		return nil, err
	}
	return s.decide(a, b)
}

// extractAndCompare compares two pictures.
func (s *service) extractAndCompare(c *call) (*answer, error) {
	parts, err := c.parts()
	if err != nil {
		return nil, err
	}
	both, err := bind(parts, want{sample, []string{"sample_1", "sample1", "sample"}}, want{sample, []string{"sample_2", "sample2"}})
	if err != nil {
		return nil, err
	}
	a, err := s.extracted(c, both[0])
	if err != nil {
		return nil, err
	}
	b, err := s.extracted(c, both[1])
	if err != nil {
		return nil, err
	}
	return s.decide(a, b)
}

// decide answers a comparison.
func (s *service) decide(a, b bonafide.Template) (*answer, error) {
	similarity, verdict, err := s.faces.Compare(a, b)
	if bonafide.CodeOf(err) == bonafide.CodeModel {
		return nil, fault{code: badTemplate, message: "The template was made by another model"}
	}
	if err != nil {
		return nil, err
	}
	words := map[bonafide.Status]string{bonafide.Success: "approved", bonafide.OperatorRequired: "operator_required"}
	word, known := words[verdict]
	if !known {
		word = "declined"
	}
	return ok(liteComparison{Score: number(similarity), Decision: word})
}

// detect tells whether a picture shows a living person. A picture that is not fit
// to be judged does not pass; the few faults that have a code are errors.
func (s *service) detect(c *call) (*answer, error) {
	picture, err := c.livePicture()
	if err != nil {
		return nil, err
	}
	score, passed, reasons, err := s.faces.Live(c.Context(), picture)
	if err != nil {
		return nil, readable(badSample, err)
	}
	for _, r := range reasons {
		if f := unusable(r.Code, c.language()); f.code != badSample {
			return nil, f
		}
	}
	if score == nil {
		return ok(liteLiveness{Reasons: viewReasons(reasons, c.language())})
	}
	return ok(liteLiveness{Score: number(*score), Passed: passed})
}

// livePicture reads a picture that comes by itself, or in a part beside metadata.
func (c *call) livePicture() ([]byte, error) {
	if t, _ := httpd.MediaType(c.Header.Get("Content-Type")); !strings.HasPrefix(t, "multipart/") {
		return c.picture()
	}
	parts, err := c.parts()
	if err != nil {
		return nil, err
	}
	if parts, err = metadata(parts); err != nil {
		return nil, err
	}
	one, err := bind(parts, want{sample, []string{"bio_sample", "sample", "image", "media"}})
	if err != nil {
		return nil, err
	}
	return one[0], nil
}
