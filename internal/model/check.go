package model

import (
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"slices"
)

// maxSide limits the input of a graph, in pixels.
const maxSide = 4096

func (c *Card) check() error {
	if !cardName.MatchString(c.Name) {
		return fmt.Errorf("name must match %s", cardName)
	}
	if c.Version == "" || c.License == "" {
		return errors.New("version and license are required")
	}
	for _, g := range c.Graphs {
		if err := checkDigest(g.SHA256); err != nil {
			return fmt.Errorf("graphs: %w", err)
		}
	}
	if err := c.checkOrigin(); err != nil {
		return fmt.Errorf("origin: %w", err)
	}
	if err := c.checkKind(); err != nil {
		return err
	}
	if err := c.Calibration.check(); err != nil {
		return fmt.Errorf("calibration: %w", err)
	}
	if err := c.Search.check(c.Role); err != nil {
		return fmt.Errorf("search: %w", err)
	}
	if c.Members != nil && len(c.Operating) > 0 {
		return errors.New("operating_points of a set stand among its members")
	}
	for _, p := range c.Operating {
		if err := p.check(); err != nil {
			return fmt.Errorf("operating point %q: %w", p.Name, err)
		}
	}
	return nil
}

// checkKind sees that a card is one of three: a graph, a fusion or a set.
func (c *Card) checkKind() error {
	graph := len(c.Graphs) > 0 || c.Origin != nil
	fusion, set := len(c.Parts) > 0, c.Members != nil
	switch {
	case graph && !fusion && !set:
		return c.checkGraph()
	case fusion && !graph && !set:
		return c.checkFusion()
	case set && !graph && !fusion:
		return c.checkSet()
	}
	return errors.New("exactly one of graphs with their origin, parts or members is required")
}

func (c *Card) checkGraph() error {
	if !decodable(c.Role) {
		return fmt.Errorf("a graph has no role %q", c.Role)
	}
	if c.Input == nil {
		return errors.New("input is required")
	}
	if err := c.Input.check(); err != nil {
		return fmt.Errorf("input: %w", err)
	}
	if c.Decoder == "" {
		return nil
	}
	d, ok := decoders()[c.Decoder]
	if !ok || d.role != c.Role {
		return fmt.Errorf("no decoder %q for role %q", c.Decoder, c.Role)
	}
	if c.Input.Crop != d.crop {
		return fmt.Errorf("decoder %s needs the crop %s", c.Decoder, d.crop)
	}
	if err := d.check(c); err != nil {
		return fmt.Errorf("params: %w", err)
	}
	return nil
}

func (c *Card) checkFusion() error {
	if c.Role != RoleEmbedder && c.Role != RolePAD {
		return fmt.Errorf("models of role %q cannot be joined", c.Role)
	}
	sum, seen := 0.0, map[string]bool{}
	for _, p := range c.Parts {
		if !cardName.MatchString(p.Model) || seen[p.Model] || p.Version == "" || !(p.Weight > 0) {
			return fmt.Errorf("part %q: a model, its version and a positive weight are required, each model once", p.Model)
		}
		if p.Mirror && c.Role != RoleEmbedder {
			return fmt.Errorf("part %q: only embedders look at mirror images", p.Model)
		}
		seen[p.Model] = true
		sum += p.Weight
	}
	if !(math.Abs(sum-1) < 1e-6) {
		return errors.New("the weights of the parts must sum up to 1")
	}
	if c.Calibration == nil {
		return errors.New("a fusion needs a calibration")
	}
	return nil
}

func (c *Card) checkSet() error {
	m := c.Members
	if c.Role != RoleSet {
		return fmt.Errorf("members make a set, not a %q", c.Role)
	}
	for role, name := range m.Roles {
		if !roleName.MatchString(string(role)) || !cardName.MatchString(name) {
			return fmt.Errorf("roles: %q of the role %q is no model", name, role)
		}
	}
	for _, role := range []Role{RoleDetector, RoleLandmarker, RoleEmbedder} {
		if m.Roles[role] == "" {
			return fmt.Errorf("roles: a %s is required", role)
		}
	}
	if err := m.Gate.check(); err != nil {
		return fmt.Errorf("gate: %w", err)
	}
	if err := m.Stream.check(); err != nil {
		return fmt.Errorf("stream: %w", err)
	}
	for _, r := range m.GateRates {
		if !(r.MaxFaceShare > 0 && r.MaxFaceShare <= m.Gate.MaxFaceShare) {
			return errors.New("gate_rates: max_face_share must lie between 0 and that of the gate")
		}
		if err := checkPoint(0.5, r.Rates, r.Data); err != nil {
			return fmt.Errorf("gate_rates: %w", err)
		}
	}
	return checkPoints(m.Operating)
}

// checkPoints sees that a set can work at its points.
func checkPoints(points []OperatingPoint) error {
	names := map[string]bool{}
	for _, p := range points {
		if err := p.check(); err != nil {
			return fmt.Errorf("operating point %q: %w", p.Name, err)
		}
		if names[p.Name] {
			return fmt.Errorf("operating point %q: named twice", p.Name)
		}
		names[p.Name] = true
	}
	if len(points) > 0 && !names[ProfileDefault] {
		return fmt.Errorf("operating_points: there is no %s", ProfileDefault)
	}
	return nil
}

func (g Gate) check() error {
	for _, limit := range []struct {
		name string
		ok   bool
	}{
		{"min_eye_distance_px", g.MinEyeDistancePx >= 0},
		{"min_face_width_px", g.MinFaceWidthPx >= 0},
		{"min_frame_side_px", g.MinFrameSidePx >= 0},
		{"max_face_share", g.MaxFaceShare > 0 && g.MaxFaceShare <= 1},
		{"max_clip_face_share", g.MaxClipFaceShare >= g.MaxFaceShare && g.MaxClipFaceShare <= 1},
		{"second_face_share", g.SecondFaceShare > 0 && g.SecondFaceShare <= 1},
		{"max_yaw_deg", g.MaxYawDeg > 0 && g.MaxYawDeg <= 90},
		{"max_pitch_deg", g.MaxPitchDeg > 0 && g.MaxPitchDeg <= 90},
		{"max_roll_deg", g.MaxRollDeg > 0 && g.MaxRollDeg <= 90},
		{"min_sharpness", g.MinSharpness >= 0},
		{"min_brightness", g.MinBrightness >= 0},
		{"max_brightness", g.MaxBrightness > g.MinBrightness && g.MaxBrightness <= 1},
		{"min_colourfulness", g.MinColourfulness >= 0},
		{"max_burnt_share", g.MaxBurntShare >= 0 && g.MaxBurntShare <= 1},
		{"max_crushed_share", g.MaxCrushedShare >= 0 && g.MaxCrushedShare <= 1},
		{"max_back_light", g.MaxBackLight >= 0 && g.MaxBackLight <= 1},
		{"max_mouth_hidden", g.MaxMouthHidden >= 0 && g.MaxMouthHidden <= 1},
		{"max_eyes_hidden", g.MaxEyesHidden >= 0 && g.MaxEyesHidden <= 1},
		{"max_bordered_share", g.MaxBorderedShare >= 0 && g.MaxBorderedShare <= 1},
		{"min_frames", g.MinFrames >= 1},
		{"max_frames", g.MaxFrames >= g.MinFrames},
	} {
		if !limit.ok {
			return fmt.Errorf("%s is missing or out of range", limit.name)
		}
	}
	return nil
}

func (c *Card) checkOrigin() error {
	o := c.Origin
	if o == nil {
		return nil
	}
	if !slices.Contains([]string{"npm", "url", "own"}, o.Route) {
		return fmt.Errorf("no route %q", o.Route)
	}
	for _, f := range o.Files {
		if f.Path == "" {
			return errors.New("a file without a path")
		}
		if err := checkDigest(f.SHA256); err != nil {
			return fmt.Errorf("%s: %w", f.Path, err)
		}
	}
	return nil
}

func checkDigest(s string) error {
	raw, err := hex.DecodeString(s)
	if err != nil || len(raw) != 32 || hex.EncodeToString(raw) != s {
		return errors.New("sha256 must be 64 small hexadecimal digits")
	}
	return nil
}

func (in *Input) check() error {
	if in.Width < 1 || in.Height < 1 || in.Width > maxSide || in.Height > maxSide {
		return fmt.Errorf("width and height must lie between 1 and %d", maxSide)
	}
	if in.Layout != "NCHW" && in.Layout != "NHWC" {
		return fmt.Errorf("no layout %q", in.Layout)
	}
	if in.Order != "RGB" && in.Order != "BGR" {
		return fmt.Errorf("no order %q", in.Order)
	}
	if slices.Contains(in.Scale[:], 0) {
		return errors.New("a scale of 0 leaves nothing of the picture")
	}
	switch in.Crop {
	case "letterbox":
	case "mesh", "shift":
		if !(in.BoxScale > 0 && in.BoxScale <= 10) {
			return errors.New("box_scale must lie between 0 and 10")
		}
	case "align":
		if _, ok := in.template(); !ok {
			return errors.New("template must be five points in different places")
		}
	default:
		return fmt.Errorf("no crop %q", in.Crop)
	}
	return nil
}

func (cal *Calibration) check() error {
	if cal == nil {
		return nil
	}
	if (cal.Points == nil) == (cal.Logistic == nil) {
		return errors.New("either points or logistic is required")
	}
	if l := cal.Logistic; l != nil {
		if !(l.Slope > 0) {
			return errors.New("slope must be positive")
		}
		return nil
	}
	if len(cal.Points) < 2 {
		return errors.New("at least two points are required")
	}
	for i, p := range cal.Points {
		if !(p[1] >= 0 && p[1] <= 1) {
			return errors.New("calibrated values must lie between 0 and 1")
		}
		if i > 0 && !(p[0] > cal.Points[i-1][0] && p[1] >= cal.Points[i-1][1]) {
			return errors.New("points must rise")
		}
	}
	return nil
}

func (p OperatingPoint) check() error {
	if p.Name == "" {
		return errors.New("name is required")
	}
	if err := checkPoint(p.Threshold, p.Rates, p.Data); err != nil || p.Clip == nil {
		return err
	}
	if p.Clip.Frames < 2 {
		return errors.New("clip: frames must be 2 or more")
	}
	if err := checkPoint(p.Clip.Threshold, p.Clip.Rates, p.Clip.Data); err != nil {
		return fmt.Errorf("clip: %w", err)
	}
	return nil
}

func checkPoint(threshold float64, rates map[string]float64, data string) error {
	if data == "" || len(rates) == 0 {
		return errors.New("data and rates are required")
	}
	if !(threshold > 0 && threshold < 1) {
		return errors.New("threshold must lie between 0 and 1")
	}
	for name, rate := range rates {
		if !(rate >= 0 && rate <= 1) {
			return fmt.Errorf("rate %s must lie between 0 and 1", name)
		}
	}
	return nil
}

func (s *Search) check(role Role) error {
	if s == nil {
		return nil
	}
	if role != RoleEmbedder {
		return fmt.Errorf("nothing is searched by a %s", role)
	}
	if s.Size < 1 || len(s.LogFMR) < 2 {
		return errors.New("a size and at least two points are required")
	}
	for i, p := range s.LogFMR {
		if !(p[0] >= -1 && p[0] <= 1 && p[1] <= 0 && p[1] >= -12) || i > 0 && !(p[0] > s.LogFMR[i-1][0] && p[1] < s.LogFMR[i-1][1]) {
			return errors.New("cosines must rise and the logarithms of their FMR fall")
		}
	}
	return nil
}
