package eval

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"strings"
)

// DET is a detection error trade-off plot: both error rates on axes of the
// normal deviate, on which two normal distributions give a straight line.
type DET struct {
	Title  string
	X, Y   string // names of the axes: FMR and FNMR, or APCER and BPCER
	Curves []Named
}

// Named is a curve with its name in the legend.
type Named struct {
	Name  string
	Curve *Curve
}

// Geometry of the plot, in pixels of the picture.
const (
	detWidth, detHeight      = 760, 620
	detLeft, detTop          = 84, 56
	detRight, detBottom      = 736, 548
	detMost                  = 0.6  // upper end of both axes
	detLeast                 = 1e-6 // no axis begins lower
	detLegendX, detLegendTop = detRight - 280, detTop + 22
)

// strokes tell the curves apart, in print too: colours of Okabe and Ito, which
// colour-blind readers can tell apart, and dashes.
func stroke(i int) (colour, dashes string) {
	colours := [...]string{"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"}
	patterns := [...]string{"", "8 4", "2 3", "10 3 2 3"}
	return colours[i%len(colours)], patterns[i%len(patterns)]
}

// WriteSVG draws the plot. A curve with an empty side is named in the legend as
// without data.
func (d DET) WriteSVG(w io.Writer) error {
	out := bufio.NewWriter(w)
	x := detAxis{low: d.least(func(c *Curve) int { return len(c.impostor) }), from: detLeft, to: detRight}
	y := detAxis{low: d.least(func(c *Curve) int { return len(c.genuine) }), from: detBottom, to: detTop}
	fmt.Fprintf(out, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" font-family="sans-serif" font-size="12">`+"\n", detWidth, detHeight)
	fmt.Fprintf(out, `<rect width="%d" height="%d" fill="white"/>`+"\n", detWidth, detHeight)
	fmt.Fprintf(out, `<text x="%d" y="30" font-size="16" text-anchor="middle">%s</text>`+"\n", (detLeft+detRight)/2, escape(d.Title))
	d.grid(out, x, y)
	for i, c := range d.Curves {
		colour, dashes := stroke(i)
		style := fmt.Sprintf(`fill="none" stroke="%s" stroke-width="2" stroke-dasharray="%s"`, colour, dashes)
		legend := detLegendTop + 20*i
		fmt.Fprintf(out, `<line x1="%d" y1="%d" x2="%d" y2="%[2]d" %[4]s/>`+"\n", detLegendX, legend, detLegendX+34, style)
		name := c.Name + ", no data"
		if len(c.Curve.genuine) > 0 && len(c.Curve.impostor) > 0 {
			name = fmt.Sprintf("%s, EER %s", c.Name, percent(c.Curve.EER()))
			fmt.Fprintf(out, `<polyline %s clip-path="url(#frame)" points="%s"/>`+"\n", style, detPoints(c.Curve, x, y))
		}
		fmt.Fprintf(out, `<text x="%d" y="%d">%s</text>`+"\n", detLegendX+42, legend+4, escape(name))
	}
	fmt.Fprintln(out, "</svg>")
	return out.Flush()
}

// least is the lower end of an axis: below it no curve can come but for zero.
func (d DET) least(trials func(*Curve) int) float64 {
	low := 0.01
	for _, c := range d.Curves {
		if n := trials(c.Curve); n > 0 {
			low = min(low, 0.5/float64(n))
		}
	}
	return max(low, detLeast)
}

// grid draws frame, ticks and names of the axes, and the line of equal errors.
func (d DET) grid(out io.Writer, x, y detAxis) {
	fmt.Fprintf(out, `<clipPath id="frame"><rect x="%d" y="%d" width="%d" height="%d"/></clipPath>`+"\n",
		detLeft, detTop, detRight-detLeft, detBottom-detTop)
	fmt.Fprintln(out, `<g stroke="#dddddd">`)
	for _, p := range x.ticks() {
		fmt.Fprintf(out, `<line x1="%.1f" y1="%d" x2="%.1[1]f" y2="%[3]d"/>`+"\n", x.at(p), detTop, detBottom)
	}
	for _, p := range y.ticks() {
		fmt.Fprintf(out, `<line x1="%d" y1="%.1f" x2="%d" y2="%.1[2]f"/>`+"\n", detLeft, y.at(p), detRight)
	}
	fmt.Fprintln(out, "</g>")
	low := max(x.low, y.low)
	fmt.Fprintf(out, `<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="#999999" stroke-dasharray="1 4"/>`+"\n",
		x.at(low), y.at(low), x.at(detMost), y.at(detMost))
	fmt.Fprintf(out, `<rect x="%d" y="%d" width="%d" height="%d" fill="none" stroke="black"/>`+"\n",
		detLeft, detTop, detRight-detLeft, detBottom-detTop)
	for _, p := range x.ticks() {
		fmt.Fprintf(out, `<text x="%.1f" y="%d" text-anchor="middle">%s</text>`+"\n", x.at(p), detBottom+18, tick(p))
	}
	for _, p := range y.ticks() {
		fmt.Fprintf(out, `<text x="%d" y="%.1f" text-anchor="end">%s</text>`+"\n", detLeft-8, y.at(p)+4, tick(p))
	}
	fmt.Fprintf(out, `<text x="%d" y="%d" font-size="14" text-anchor="middle">%s (%%)</text>`+"\n",
		(detLeft+detRight)/2, detBottom+46, escape(d.X))
	fmt.Fprintf(out, `<text transform="translate(24 %d) rotate(-90)" font-size="14" text-anchor="middle">%s (%%)</text>`+"\n",
		(detTop+detBottom)/2, escape(d.Y))
}

// detAxis maps rates to pixels by their normal deviate.
type detAxis struct {
	low      float64 // rate at the beginning
	from, to float64
}

// at gives the place of a rate above 0. One beyond the ends falls outside the
// frame.
func (a detAxis) at(rate float64) float64 {
	rate = min(rate, 0.9999) // the deviate of 1 is infinite
	first, last := deviate(a.low), deviate(detMost)
	return a.from + (a.to-a.from)*(deviate(rate)-first)/(last-first)
}

func (a detAxis) ticks() []float64 {
	var shown []float64
	for _, p := range []float64{1e-6, 1e-5, 1e-4, 0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6} {
		if p >= a.low {
			shown = append(shown, p)
		}
	}
	return shown
}

// deviate is the quantile function of the normal distribution.
func deviate(p float64) float64 { return math.Sqrt2 * math.Erfinv(2*p-1) }

// tick writes a rate in per cent, as short as it goes.
func tick(p float64) string {
	return strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.4f", 100*p), "0"), ".")
}

// detPoints lists the corners of the staircase, without those that would move
// the pen by less than half a pixel. It ends where either error was no longer
// seen: a line beyond would claim what the trials do not show.
func detPoints(c *Curve, x, y detAxis) string {
	var points strings.Builder
	lastX, lastY := math.Inf(-1), math.Inf(-1)
	put := func(px, py float64) {
		if math.Abs(px-lastX)+math.Abs(py-lastY) >= 0.5 {
			fmt.Fprintf(&points, "%.1f,%.1f ", px, py)
			lastX, lastY = px, py
		}
	}
	c.walk(func(_ float64, accepted, rejected int) bool {
		if accepted == 0 || rejected == 0 {
			return true
		}
		px := x.at(float64(accepted) / float64(len(c.impostor)))
		py := y.at(float64(rejected) / float64(len(c.genuine)))
		if !math.IsInf(lastX, 0) {
			put(px, lastY)
		}
		put(px, py)
		return true
	})
	return strings.TrimSpace(points.String())
}

func escape(s string) string {
	var b strings.Builder
	// Only a failing writer makes EscapeText fail.
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}
