package bonafide_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
)

func template() bonafide.Template {
	return bonafide.NewTemplate(bonafide.ModelRef{Name: "reid-dlib", Version: "1"}, []float32{0.6, 0, -0.8})
}

func encoded(t testing.TB, tmpl bonafide.Template) []byte {
	t.Helper()
	raw, err := tmpl.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestATemplateComesBack(t *testing.T) {
	for _, want := range []bonafide.Template{
		template(),
		bonafide.NewTemplate(bonafide.ModelRef{Name: strings.Repeat("n", 255), Version: strings.Repeat("v", 255)}, []float32{1}),
	} {
		got, err := bonafide.DecodeTemplate(encoded(t, want))
		if err != nil || got.Model != want.Model || !reflect.DeepEqual(got.Vector(), want.Vector()) {
			t.Errorf("%v, %v", got, err)
		}
	}
}

func TestADamagedTemplateIsRefused(t *testing.T) {
	good := encoded(t, template())
	for i := range good {
		bad := bytes.Clone(good)
		bad[i] ^= 0x10
		if _, err := bonafide.DecodeTemplate(bad); bonafide.CodeOf(err) != bonafide.CodeValue {
			t.Errorf("byte %d changed: %v", i, err)
		}
		if _, err := bonafide.DecodeTemplate(good[:i]); bonafide.CodeOf(err) != bonafide.CodeValue {
			t.Errorf("cut to %d bytes: %v", i, err)
		}
	}
	if _, err := bonafide.DecodeTemplate(append(good, 0)); err == nil {
		t.Error("a byte too many is not noticed")
	}
}

func TestAVectorThatIsLikeEverybodyIsRefused(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	for _, v := range [][]float32{{0, 0}, {2, 0}, {0.6, 0.6}, {nan, 1}, {inf, 0}} {
		if _, err := bonafide.DecodeTemplate(encoded(t, bonafide.NewTemplate(bonafide.ModelRef{}, v))); bonafide.CodeOf(err) != bonafide.CodeValue {
			t.Errorf("%v: %v", v, err)
		}
	}
	for _, v := range [][]float32{nil, make([]float32, 8193)} {
		if _, err := bonafide.NewTemplate(bonafide.ModelRef{}, v).Encode(); err == nil {
			t.Errorf("%d elements are written down", len(v))
		}
	}
}

func TestATemplateIsNeverPrinted(t *testing.T) {
	im := bonafide.PersonImage{Template: template()}
	asJSON, err := json.Marshal(im)
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("image", "template", im.Template, "image", im)
	for _, text := range []string{string(asJSON), log.String(), fmt.Sprintf("%v %+v %#v %s", im.Template, im, im.Template, im.Template)} {
		if strings.Contains(text, "0.6") || strings.Contains(text, "0.8") {
			t.Error(text)
		}
	}
}

// FuzzDecodeTemplate proves that only what Encode writes is read.
func FuzzDecodeTemplate(f *testing.F) {
	f.Add(encoded(f, template()))
	f.Add([]byte("BFT1\x00\x00\x01\x00\x00\x00\x80\x3f"))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, raw []byte) {
		tmpl, err := bonafide.DecodeTemplate(raw)
		if err != nil {
			if bonafide.CodeOf(err) != bonafide.CodeValue {
				t.Error(err)
			}
			return
		}
		if !bytes.Equal(encoded(t, tmpl), raw) {
			t.Errorf("%q is read and written otherwise", raw)
		}
	})
}
