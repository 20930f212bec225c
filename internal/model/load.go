package model

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/infer"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// loader loads the models of one set, each once.
type loader struct {
	cards   []*Card
	graph   func(name string) ([]byte, error)
	runtime infer.Runtime
	ran     func(role Role, took time.Duration) // may be nil

	landmarker Landmarker // of the set; some detectors have it confirm what they find

	mu       sync.Mutex
	models   map[string]any // loaded, by name
	sessions []infer.Session
}

func (l *loader) set(name string) (_ *Set, err error) {
	defer func() {
		if err != nil {
			err = errors.Join(err, closeAll(l.sessions))
		}
	}()
	c, err := l.card(name)
	if err != nil {
		return nil, err
	}
	if c.Role != RoleSet {
		return nil, bonafide.Errorf(bonafide.CodeModel, "model %q is a %s, not a set", name, c.Role)
	}
	roles := c.Members.Roles
	s := &Set{Name: strings.TrimPrefix(c.Name, setPrefix), Gate: c.Members.Gate, GateRates: c.Members.GateRates, Stream: c.Members.Stream, Points: c.Members.Operating, loader: l, roles: roles}
	if s.Landmarker, err = Member[Landmarker](s, RoleLandmarker); err != nil {
		return nil, err
	}
	l.landmarker = s.Landmarker
	if s.Detector, err = Member[Detector](s, RoleDetector); err != nil {
		return nil, err
	}
	if s.Embedder, err = Member[Embedder](s, RoleEmbedder); err != nil {
		return nil, err
	}
	if s.Continuity = part(s.Embedder, roles[RoleContinuity]); s.Continuity == nil {
		return nil, bonafide.Errorf(bonafide.CodeModel, "the embedder %q has no part %q", roles[RoleEmbedder], roles[RoleContinuity])
	}
	if pad := roles[RolePAD]; pad != "" {
		if s.PAD, err = Member[PAD](s, RolePAD); err != nil {
			return nil, err
		}
		c, _ := l.card(pad)
		if len(s.Points) == 0 {
			s.Points = c.Operating
		}
	}
	if roles[RoleCover] != "" {
		if s.Cover, err = Member[Cover](s, RoleCover); err != nil {
			return nil, err
		}
	}
	s.Point, _ = s.PointNamed(ProfileDefault)
	for _, role := range []Role{RoleEmbedder, RolePAD} {
		if err := l.calibrated(roles[role]); err != nil {
			return nil, err
		}
	}
	if err := s.try(); err != nil {
		return nil, err
	}
	return s, nil
}

// Member gives the model that the set has for a role, as what the code needs: a PAD, an
// Embedder. It is loaded when it is first asked for; those in the fields of Set already
// are. A set without the role and a model that is no M are a CodeModel error. It is safe
// for concurrent use.
func Member[M any](s *Set, role Role) (M, error) {
	var none M
	name := s.roles[role]
	if name == "" {
		return none, bonafide.Errorf(bonafide.CodeModel, "the set %s has no %s", s.Name, role)
	}
	s.loader.mu.Lock()
	defer s.loader.mu.Unlock()
	loaded, err := s.loader.model(name)
	if err != nil {
		return none, err
	}
	m, ok := loaded.(M)
	if !ok {
		return none, bonafide.Errorf(bonafide.CodeModel, "model %q cannot be the %s of a set", name, role)
	}
	return m, nil
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
	_, detect := s.Detector.Detect(ctx, pattern, Look{})
	_, landmarks := s.Landmarker.Landmarks(ctx, pattern, face)
	_, embed := s.Embedder.Embed(ctx, pattern, &Mesh{Align: face.Points})
	var live error
	if s.PAD != nil {
		_, live = s.PAD.Logit(ctx, pattern, face)
	}
	var covered error
	if s.Cover != nil {
		_, covered = s.Cover.Hidden(ctx, pattern, &Mesh{Align: face.Points})
	}
	if err := errors.Join(detect, landmarks, embed, live, covered); err != nil {
		return bonafide.Wrap(bonafide.CodeModel, "a model does not work", err)
	}
	return nil
}

func (l *loader) card(name string) (*Card, error) {
	for _, c := range l.cards {
		if c.Name == name {
			return c, nil
		}
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
	return &network{card: c, session: s, ran: l.ran}, nil
}

// model loads a model, or gives it where it is loaded already.
func (l *loader) model(name string) (any, error) {
	if m, ok := l.models[name]; ok {
		return m, nil
	}
	c, err := l.card(name)
	if err != nil {
		return nil, err
	}
	var m any
	if len(c.Parts) > 0 {
		m, err = l.fusion(c)
	} else {
		m, err = l.decoded(c)
	}
	if err != nil {
		return nil, err
	}
	if l.models == nil {
		l.models = map[string]any{}
	}
	l.models[name] = m
	return m, nil
}

// decoded loads a model that is no fusion.
func (l *loader) decoded(c *Card) (any, error) {
	d, ok := decoders()[c.Decoder]
	if !ok {
		return nil, bonafide.Errorf(bonafide.CodeModel, "model %q has no decoder", c.Name)
	}
	n, err := l.network(c)
	if err != nil {
		return nil, err
	}
	return d.load(l, n)
}

// fusion loads the parts of a model that joins others.
func (l *loader) fusion(c *Card) (any, error) {
	e := &embedders{comparison: comparisonOf(c)}
	p := &pads{ref: c.Ref(), liveScore: liveScore{c.Calibration}}
	for _, one := range c.Parts {
		if err := l.fits(one, c.Role); err != nil {
			return nil, err
		}
		m, err := l.model(one.Model)
		if err != nil {
			return nil, err
		}
		switch m := m.(type) {
		case *embedding:
			mirrored := *m
			mirrored.mirror = one.Mirror
			e.parts, e.weights = append(e.parts, &mirrored), append(e.weights, one.Weight)
		case *softmax:
			p.parts, p.weights = append(p.parts, m), append(p.weights, one.Weight)
		default:
			return nil, bonafide.Errorf(bonafide.CodeModel, "model %q cannot be joined with others", one.Model)
		}
	}
	if c.Role == RolePAD {
		return p, nil
	}
	return e, nil
}

// fits sees that a part of a fusion is of its role and of the version that the fusion
// was measured with, and no fusion itself.
func (l *loader) fits(p Part, role Role) error {
	c, err := l.card(p.Model)
	if err != nil {
		return err
	}
	if c.Role != role {
		return bonafide.Errorf(bonafide.CodeModel, "model %q is a %s, not a %s", p.Model, c.Role, role)
	}
	if c.Version != p.Version {
		return bonafide.Errorf(bonafide.CodeModel, "model %q is of version %s, %s is needed", p.Model, c.Version, p.Version)
	}
	if len(c.Parts) > 0 {
		return bonafide.Errorf(bonafide.CodeModel, "model %q joins others and cannot be joined itself", p.Model)
	}
	return nil
}

func closeAll(sessions []infer.Session) error {
	var errs []error
	for _, s := range sessions {
		errs = append(errs, s.Close())
	}
	return errors.Join(errs...)
}

// Close frees the networks; none may be running or asked for.
func (s *Set) Close() error {
	if s.loader == nil { // put together by hand
		return nil
	}
	return closeAll(s.loader.sessions)
}
