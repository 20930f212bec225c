package attack

import (
	"math"
	"testing"

	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// flat is a photo of 200 pixels across with a mesh that lies on it, the face 100 wide.
func flat() (*vision.Image, *model.Mesh) {
	im, m := vision.NewImage(200, 200), &model.Mesh{}
	for i := range im.Pix {
		im.Pix[i] = uint8(i/3%200 + i/600%50)
	}
	for i := range m.Points {
		m.Points[i] = vision.Point{X: 50 + 100*float32(i%22)/21, Y: 50 + 100*float32(i/22)/21}
	}
	m.Points[4], m.Points[234], m.Points[454] = vision.Point{X: 100, Y: 100}, vision.Point{X: 50, Y: 100}, vision.Point{X: 150, Y: 100}
	return im, m
}

func TestEveryWayBeginsWithThePhotoAndMovesIt(t *testing.T) {
	im, m := flat()
	names := map[string]bool{}
	for _, k := range Kinds() {
		clip := Clip(k, im, m)
		if len(clip) != calm+moves+holds-1 || clip[0] != clip[calm-1] || clip[len(clip)-1] != clip[calm+moves-1] {
			t.Errorf("%s: %d frames", k.Name, len(clip))
		}
		if names[k.Name] {
			t.Errorf("%s is there twice", k.Name)
		}
		names[k.Name] = true
		centre := clip[0].Pix[3*(208*Side+200)]
		if k.Family != "bent" && math.Abs(float64(centre)-100) > 8 {
			t.Errorf("%s: the nose is not in its place: %d", k.Name, centre)
		}
		var change float64
		for i, a := range clip[0].Pix {
			change += math.Abs(float64(a) - float64(clip[len(clip)-1].Pix[i]))
		}
		if change == 0 {
			t.Errorf("%s: nothing moves", k.Name)
		}
	}
}

func TestATurnedPlaneIsNarrower(t *testing.T) {
	look := pose{yaw: 60}.motion(1)
	u, _, _ := look(0.25, 0)
	v, _, _ := look(-0.25, 0)
	if width := math.Abs(u - v); width < 0.9 || width > 1.3 {
		t.Errorf("half a width of the frame shows %g of the photo, turned by 60 degrees", width)
	}
	if u, v, ok := (pose{zoom: 1}).motion(1)(0.5, 0.5); !ok || math.Abs(u-0.25) > 1e-9 || math.Abs(v-0.25) > 1e-9 {
		t.Errorf("grown to twice its size: %g, %g", u, v)
	}
}

func TestWhatIsDrawnIsTheSameForASeedAndMovesThePhoto(t *testing.T) {
	im, m := flat()
	m.Points[61], m.Points[291] = vision.Point{X: 80, Y: 125}, vision.Point{X: 120, Y: 125}
	for _, family := range Families() {
		a, again, other := Clip(Drawn(family, 5), im, m), Clip(Drawn(family, 5), im, m), Clip(Drawn(family, 6), im, m)
		unlike := func(x, y *vision.Image) (sum float64) {
			for i, v := range x.Pix {
				sum += math.Abs(float64(v) - float64(y.Pix[i]))
			}
			return sum / float64(len(x.Pix))
		}
		last := len(a) - 1
		if unlike(a[last], again[last]) != 0 {
			t.Errorf("%s: a seed gives two clips", family)
		}
		if unlike(a[last], other[last]) < 0.5 || unlike(a[0], a[last]) < 0.5 {
			t.Errorf("%s: seeds, or first and last frame, are too much alike", family)
		}
	}
}
