package model

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/infer"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// loader loads the models of one set, each once.
type loader struct {
	cards    []*Card
	graph    func(name string) ([]byte, error)
	runtime  infer.Runtime
	sessions []infer.Session
}

func (l *loader) set(name string) (_ *Set, err error) {
	defer func() {
		if err != nil {
			err = errors.Join(err, closeAll(l.sessions))
		}
	}()
	c, err := l.card(name, RoleSet)
	if err != nil {
		return nil, err
	}
	m := c.Members
	s := &Set{Name: strings.TrimPrefix(c.Name, setPrefix), Gate: m.Gate, Stream: m.Stream}
	if s.Landmarker, err = l.landmarker(m.Landmarker); err != nil {
		return nil, err
	}
	if s.Detector, err = l.detector(m.Detector, s.Landmarker); err != nil {
		return nil, err
	}
	if s.Embedder, err = l.embedder(m.Embedder); err != nil {
		return nil, err
	}
	s.Continuity = s.Embedder
	if m.Stream != nil {
		if s.Continuity = part(s.Embedder, m.Stream.Embedder); s.Continuity == nil {
			return nil, bonafide.Errorf(bonafide.CodeModel, "the embedder %q has no part %q", m.Embedder, m.Stream.Embedder)
		}
	}
	if m.PAD != "" {
		if s.PAD, err = l.pad(m.PAD); err != nil {
			return nil, err
		}
		c, _ := l.card(m.PAD, RolePAD)
		s.Points = c.Operating
	}
	s.Point, _ = s.PointNamed(ProfileDefault)
	for _, name := range []string{m.Embedder, m.PAD} {
		if err := l.calibrated(name); err != nil {
			return nil, err
		}
	}
	if err := s.try(); err != nil {
		return nil, err
	}
	s.sessions = l.sessions
	return s, nil
}

// try runs every network once on a made-up pattern, so that a graph that does not
// fit its card is found out now.
func (s *Set) try() error {
	ctx, pattern := context.Background(), vision.NewImage(64, 64)
	for i := range pattern.Pix {
		pattern.Pix[i] = uint8(i)
	}
	face := Face{
		Box:    vision.Box{X: 16, Y: 16, W: 32, H: 32},
		Points: [5]vision.Point{{X: 24, Y: 24}, {X: 40, Y: 24}, {X: 32, Y: 32}, {X: 26, Y: 40}, {X: 38, Y: 40}},
	}
	_, detect := s.Detector.Detect(ctx, pattern)
	_, landmarks := s.Landmarker.Landmarks(ctx, pattern, face)
	_, embed := s.Embedder.Embed(ctx, pattern, &Mesh{Align: face.Points})
	var live error
	if s.PAD != nil {
		_, live = s.PAD.Logit(ctx, pattern, face)
	}
	if err := errors.Join(detect, landmarks, embed, live); err != nil {
		return bonafide.Wrap(bonafide.CodeModel, "a model does not work", err)
	}
	return nil
}

func (l *loader) card(name string, role Role) (*Card, error) {
	for _, c := range l.cards {
		if c.Name != name {
			continue
		}
		if c.Role != role {
			return nil, bonafide.Errorf(bonafide.CodeModel, "model %q is a %s, not a %s", name, c.Role, role)
		}
		return c, nil
	}
	return nil, bonafide.Errorf(bonafide.CodeModel, "there is no model %q", name)
}

// calibrated sees that the scores of a member mean something; parts of a fusion
// need not be calibrated by themselves.
func (l *loader) calibrated(name string) error {
	for _, c := range l.cards {
		if c.Name == name && c.Calibration == nil {
			return bonafide.Errorf(bonafide.CodeModel, "model %q is not calibrated", name)
		}
	}
	return nil
}

// network loads the graph of a card.
func (l *loader) network(c *Card) (*network, error) {
	raw, err := l.graph(c.Name)
	if err != nil {
		return nil, fmt.Errorf("model %s: %w", c.Name, err)
	}
	s, err := l.runtime.Load(raw)
	if err != nil {
		return nil, fmt.Errorf("model %s: %w", c.Name, err)
	}
	l.sessions = append(l.sessions, s)
	return &network{card: c, session: s}, nil
}

// detector loads a detector; some want a landmarker to confirm what they find.
func (l *loader) detector(name string, confirm Landmarker) (Detector, error) {
	c, err := l.card(name, RoleDetector)
	if err != nil {
		return nil, err
	}
	n, err := l.network(c)
	if err != nil {
		return nil, err
	}
	switch c.Decoder {
	case "yunet":
		p, err := paramsOf[yunetParams](c)
		return &yunet{network: n, params: p}, err
	case "blazeface":
		p, err := paramsOf[blazefaceParams](c)
		return newBlazeface(n, p, confirm), err
	}
	return nil, noDecoder(c)
}

func (l *loader) landmarker(name string) (Landmarker, error) {
	c, err := l.card(name, RoleLandmarker)
	if err != nil {
		return nil, err
	}
	if c.Decoder != "facemesh" {
		return nil, noDecoder(c)
	}
	n, err := l.network(c)
	if err != nil {
		return nil, err
	}
	p, err := paramsOf[facemeshParams](c)
	return &facemesh{network: n, params: p}, err
}

func (l *loader) embedder(name string) (Embedder, error) {
	c, err := l.card(name, RoleEmbedder)
	if err != nil {
		return nil, err
	}
	if len(c.Parts) > 0 {
		e := &embedders{comparison: comparisonOf(c)}
		for _, p := range c.Parts {
			if err := l.fits(p, RoleEmbedder); err != nil {
				return nil, err
			}
			part, err := l.embedding(p.Model)
			if err != nil {
				return nil, err
			}
			part.mirror = p.Mirror
			e.parts, e.weights = append(e.parts, part), append(e.weights, p.Weight)
		}
		return e, nil
	}
	return l.embedding(name)
}

// embedding loads an embedder that is no fusion.
func (l *loader) embedding(name string) (*embedding, error) {
	c, err := l.card(name, RoleEmbedder)
	if err != nil {
		return nil, err
	}
	if c.Decoder != "embedding" {
		return nil, noDecoder(c)
	}
	n, err := l.network(c)
	if err != nil {
		return nil, err
	}
	template, _ := c.Input.template()
	return &embedding{network: n, comparison: comparisonOf(c), template: template}, nil
}

func (l *loader) pad(name string) (PAD, error) {
	c, err := l.card(name, RolePAD)
	if err != nil {
		return nil, err
	}
	if len(c.Parts) > 0 {
		p := &pads{ref: c.Ref(), liveScore: liveScore{c.Calibration}}
		for _, part := range c.Parts {
			if err := l.fits(part, RolePAD); err != nil {
				return nil, err
			}
			m, err := l.softmax(part.Model)
			if err != nil {
				return nil, err
			}
			p.parts, p.weights = append(p.parts, m), append(p.weights, part.Weight)
		}
		return p, nil
	}
	return l.softmax(name)
}

// softmax loads a PAD model that is no fusion.
func (l *loader) softmax(name string) (*softmax, error) {
	c, err := l.card(name, RolePAD)
	if err != nil {
		return nil, err
	}
	if c.Decoder != "softmax" {
		return nil, noDecoder(c)
	}
	n, err := l.network(c)
	if err != nil {
		return nil, err
	}
	params, err := paramsOf[softmaxParams](c)
	return &softmax{network: n, liveScore: liveScore{c.Calibration}, params: params}, err
}

// fits sees that a part of a fusion is of the version that the fusion was measured
// with, and no fusion itself.
func (l *loader) fits(p Part, role Role) error {
	c, err := l.card(p.Model, role)
	if err != nil {
		return err
	}
	if c.Version != p.Version {
		return bonafide.Errorf(bonafide.CodeModel, "model %q is of version %s, %s is needed", p.Model, c.Version, p.Version)
	}
	if len(c.Parts) > 0 {
		return bonafide.Errorf(bonafide.CodeModel, "model %q joins others and cannot be joined itself", p.Model)
	}
	return nil
}

func noDecoder(c *Card) error {
	return bonafide.Errorf(bonafide.CodeModel, "model %q has no decoder", c.Name)
}

func closeAll(sessions []infer.Session) error {
	var errs []error
	for _, s := range sessions {
		errs = append(errs, s.Close())
	}
	return errors.Join(errs...)
}

// Close frees the networks; none may be running.
func (s *Set) Close() error { return closeAll(s.sessions) }
