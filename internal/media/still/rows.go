package still

import (
	"image"
	"image/color"
	"image/draw"
)

// rows is a decoded picture that is read row by row as RGB, so that no second
// copy of a huge picture is ever made.
type rows interface {
	size() (w, h int)
	// row fills dst, 3*w bytes, with row y. Rows are asked for in order, once each.
	row(y int, dst []byte)
}

// render gives the rows at their size, or scaled down until no side is longer
// than maxSide.
func render(src rows, maxSide int, alloc allocFunc) *Picture {
	p := new(Picture)
	p.FullWidth, p.FullHeight = src.size()
	p.Width, p.Height = Fit(p.FullWidth, p.FullHeight, maxSide)
	p.Pix = alloc(3 * p.Width * p.Height)
	if p.Width != p.FullWidth || p.Height != p.FullHeight {
		shrink(p.Pix, p.Width, p.Height, src)
		return p
	}
	for y := range p.Height {
		src.row(y, p.Pix[3*p.Width*y:3*p.Width*(y+1)])
	}
	return p
}

// drawn reads any picture of the standard library. Transparency lets white
// through, 16 bits become 8, palettes and grey become RGB.
type drawn struct {
	im   image.Image
	line *image.RGBA
	op   draw.Op
}

func newDrawn(im image.Image) *drawn {
	d := &drawn{im: im, line: image.NewRGBA(image.Rect(0, 0, im.Bounds().Dx(), 1)), op: draw.Over}
	switch im.(type) {
	case *image.YCbCr, *image.Gray, *image.Gray16, *image.CMYK:
		d.op = draw.Src // nothing shines through
	}
	return d
}

func (d *drawn) size() (w, h int) { return d.im.Bounds().Dx(), d.im.Bounds().Dy() }

func (d *drawn) row(y int, dst []byte) {
	r := d.line.Bounds()
	if d.op == draw.Over {
		draw.Draw(d.line, r, image.NewUniform(color.White), image.Point{}, draw.Src)
	}
	draw.Draw(d.line, r, d.im, d.im.Bounds().Min.Add(image.Pt(0, y)), d.op)
	for x, p := 0, d.line.Pix; x < len(dst); x, p = x+3, p[4:] {
		dst[x], dst[x+1], dst[x+2] = p[0], p[1], p[2]
	}
}

// matrix turns YCbCr into RGB, in 16.16 fixed point.
type matrix struct {
	offset              int32 // of Y
	y, crR, cbG, crG, b int32
}

// newMatrix gives the matrix of the colour primaries' weights kr and kb, with Y
// in 0..255 (full) or 16..235. Source: ITU-T H.273, 8.3.
func newMatrix(kr, kb float64, full bool) matrix {
	const one = 1 << 16
	yScale, cScale, offset := 1.0, 1.0, 0
	if !full {
		yScale, cScale, offset = 255.0/219, 255.0/224, 16
	}
	kg := 1 - kr - kb
	fix := func(v float64) int32 { return int32(v*one + 0.5) }
	return matrix{
		offset: int32(offset),
		y:      fix(yScale),
		crR:    fix(2 * (1 - kr) * cScale),
		cbG:    fix(2 * (1 - kb) * kb / kg * cScale),
		crG:    fix(2 * (1 - kr) * kr / kg * cScale),
		b:      fix(2 * (1 - kb) * cScale),
	}
}

// ycc reads YCbCr pictures that are not in JPEG's full range BT.601, for which
// the standard library takes all of them.
type ycc struct {
	im *image.YCbCr
	m  matrix
	// alpha, where there is any, has the stride alphaStride.
	alpha       []byte
	alphaStride int
}

func (c *ycc) size() (w, h int) { return c.im.Rect.Dx(), c.im.Rect.Dy() }

func (c *ycc) row(y int, dst []byte) {
	const half = 1 << 15
	r := c.im.Rect
	for x := range r.Dx() {
		ci := c.im.COffset(r.Min.X+x, r.Min.Y+y)
		yy := (int32(c.im.Y[c.im.YOffset(r.Min.X+x, r.Min.Y+y)])-c.m.offset)*c.m.y + half
		cb, cr := int32(c.im.Cb[ci])-128, int32(c.im.Cr[ci])-128
		p := dst[3*x : 3*x+3 : 3*x+3]
		p[0] = clamp((yy + c.m.crR*cr) >> 16)
		p[1] = clamp((yy - c.m.cbG*cb - c.m.crG*cr) >> 16)
		p[2] = clamp((yy + c.m.b*cb) >> 16)
		if c.alpha != nil {
			a := int32(c.alpha[y*c.alphaStride+x])
			for i, v := range p {
				p[i] = uint8((int32(v)*a + 255*(255-a) + 127) / 255)
			}
		}
	}
}

func clamp(v int32) uint8 { return uint8(max(0, min(255, v))) }
