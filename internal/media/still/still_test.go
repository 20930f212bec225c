package still

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"os"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/media/mediatest"
	"github.com/bonafide-id/bonafide/internal/media/sniff"
	"github.com/bonafide-id/bonafide/internal/vision"
)

var limits = Limits{MaxPixels: 50_000_000, MaxSide: 2560}

func decode(t *testing.T, f sniff.Format, data []byte) *vision.Image {
	t.Helper()
	p, err := Decode(f, data, limits, nil)
	if err != nil {
		t.Fatal(err)
	}
	return &vision.Image{Width: p.Width, Height: p.Height, Pix: p.Pix}
}

func near(t *testing.T, got, want *vision.Image, tolerance float64) {
	t.Helper()
	if d := mediatest.Distance(got, want); d > tolerance {
		t.Errorf("%dx%d against %dx%d: mean difference %.2f, at most %v", got.Width, got.Height, want.Width, want.Height, d, tolerance)
	}
}

func TestEveryOrientationComesOutUpright(t *testing.T) {
	scene := mediatest.Scene(96, 70)
	for o := 1; o <= 8; o++ {
		lying := mediatest.RGBA(mediatest.Lay(scene, o))
		t.Run(fmt.Sprintf("jpeg %d", o), func(t *testing.T) {
			near(t, decode(t, sniff.JPEG, mediatest.JPEGWithEXIF(mediatest.JPEG(lying), o)), scene, 2.5)
		})
		t.Run(fmt.Sprintf("png %d", o), func(t *testing.T) {
			near(t, decode(t, sniff.PNG, mediatest.PNGWithEXIF(mediatest.PNG(lying), o)), scene, 0)
		})
	}
}

func TestWebPOrientationComesOutUpright(t *testing.T) {
	mediatest.NeedFFmpeg(t, "libwebp")
	scene := mediatest.Scene(96, 70)
	for o := 1; o <= 8; o++ {
		lying := mediatest.Lay(scene, o)
		in := mediatest.File(t, mediatest.PNG(mediatest.RGBA(lying)))
		for kind, flags := range map[string][]string{"lossy": {"-lossless", "0", "-quality", "90"}, "lossless": {"-lossless", "1"}} {
			t.Run(fmt.Sprintf("%s %d", kind, o), func(t *testing.T) {
				path := mediatest.FFmpeg(t, "webp", append([]string{"-f", "png_pipe", "-i", in, "-c:v", "libwebp"}, flags...)...)
				file, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				near(t, decode(t, sniff.WebP, mediatest.WebPWithEXIF(file, lying.Width, lying.Height, o)), scene, 4)
			})
		}
	}
}

// heicScene encodes the scene as one HEVC picture.
func heicScene(t *testing.T, im *vision.Image) []byte {
	t.Helper()
	in := mediatest.File(t, mediatest.PNG(mediatest.RGBA(im)))
	path := mediatest.FFmpeg(t, "hevc", "-f", "png_pipe", "-i", in, "-frames:v", "1",
		"-vf", "scale=out_range=full:out_color_matrix=bt601", "-pix_fmt", "yuvj420p", "-c:v", "libx265", "-x265-params", "log-level=none:crf=12")
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestHEICTurnsAndMirrorsComeOutUpright(t *testing.T) {
	mediatest.NeedFFmpeg(t, "libx265")
	scene := mediatest.Scene(192, 144)
	// Mirroring and turning that undo an EXIF orientation of the same number.
	for o, c := range map[int]struct{ turns, mirror int }{
		1: {0, -1}, 2: {0, 1}, 3: {2, -1}, 4: {0, 0}, 6: {3, -1}, 8: {1, -1},
	} {
		t.Run(fmt.Sprint(o), func(t *testing.T) {
			lying := mediatest.Lay(scene, o)
			file := mediatest.HEIC(heicScene(t, lying), lying.Width, lying.Height, c.turns, c.mirror)
			near(t, decode(t, sniff.HEIC, file), scene, 4)
		})
	}
}

func TestNarrowHEICIsRefused(t *testing.T) {
	_, err := Decode(sniff.HEIC, mediatest.HEIC(mediatest.Sample("still.hevc"), 96, 192, 0, -1), limits, nil)
	if bonafide.CodeOf(err) != bonafide.CodeValue || !strings.Contains(err.Error(), "96 x 192 pixels") {
		t.Fatalf("got %v", err)
	}
}

func TestBurstsCollectionsAndOldHEICGiveTheirPrimaryPicture(t *testing.T) {
	file := mediatest.HEIC(mediatest.Sample("still.hevc"), 144, 192, 0, -1)
	want := decode(t, sniff.HEIC, file)
	for _, brand := range []string{"mif1", "msf1", "hevc", "hevx", "heim", "heis", "heix"} {
		near(t, decode(t, sniff.HEIC, append([]byte("\x00\x00\x00\x18ftyp"+brand), file[12:]...)), want, 0)
	}
}

func TestHEICThatIsNotReadIsNotCalledDamaged(t *testing.T) {
	mediatest.NeedFFmpeg(t, "libx265")
	in := mediatest.File(t, mediatest.PNG(mediatest.RGBA(mediatest.Scene(192, 144))))
	for bits, form := range map[byte]string{10: "gray10le", 12: "gray12le"} {
		path := mediatest.FFmpeg(t, "hevc", "-f", "png_pipe", "-i", in, "-frames:v", "1", "-pix_fmt", form, "-c:v", "libx265", "-x265-params", "log-level=none")
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		file := mediatest.HEIC(raw, 192, 144, 0, -1)
		at := bytes.Index(file, []byte("hvcC")) + 4
		file[at+16], file[at+17], file[at+18] = 0xfc, 0xf8|bits-8, 0xf8|bits-8
		_, err = Decode(sniff.HEIC, file, limits, nil)
		want := fmt.Sprintf("HEIC in grey of %d bits is not supported", bits)
		if bonafide.CodeOf(err) != bonafide.CodeValue || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%d bits: %v", bits, err)
		}
	}
	_, err := Decode(sniff.HEIC, []byte("\x00\x00\x00\x18ftypmsf1\x00\x00\x00\x00msf1hevc\x00\x00\x00\x08moov"), limits, nil)
	if bonafide.CodeOf(err) != bonafide.CodeValue || !strings.Contains(err.Error(), "sequence without a still picture") {
		t.Errorf("a sequence: %v", err)
	}
}

func TestEveryPixelFormComesOutAsRGB(t *testing.T) {
	scene := mediatest.Scene(64, 48)
	rgba := mediatest.RGBA(scene)
	r := rgba.Bounds()
	grey := mediatest.Convert(image.NewGray(r), rgba)
	greyRGB := &vision.Image{Width: 64, Height: 48}
	for _, v := range grey.Pix {
		greyRGB.Pix = append(greyRGB.Pix, v, v, v)
	}
	palette := color.Palette{}
	for i := range 256 {
		palette = append(palette, color.RGBA{uint8(i >> 5 << 5), uint8(i >> 2 << 5), uint8(i << 6), 255})
	}
	for name, c := range map[string]struct {
		file      []byte
		format    sniff.Format
		want      *vision.Image
		tolerance float64
	}{
		"grey jpeg":   {mediatest.JPEG(grey), sniff.JPEG, greyRGB, 1.5},
		"grey png":    {mediatest.PNG(grey), sniff.PNG, greyRGB, 0},
		"16-bit grey": {mediatest.PNG(mediatest.Convert(image.NewGray16(r), rgba)), sniff.PNG, greyRGB, 1},
		"16-bit png":  {mediatest.PNG(mediatest.Convert(image.NewNRGBA64(r), rgba)), sniff.PNG, scene, 1},
		"cmyk":        {mediatest.CMYKJPEG(scene, false), sniff.JPEG, scene, 2.5},
		"adobe cmyk":  {mediatest.CMYKJPEG(scene, true), sniff.JPEG, scene, 2.5},
		"adobe ycck":  {mediatest.Sample("ycck.jpg"), sniff.JPEG, mediatest.Scene(96, 70), 2.5},
		"progressive": {mediatest.Sample("progressive.jpg"), sniff.JPEG, mediatest.Scene(96, 70), 2.5},
		"palette":     {mediatest.PNG(mediatest.Convert(image.NewPaletted(r, palette), rgba)), sniff.PNG, scene, 30},
	} {
		t.Run(name, func(t *testing.T) {
			if name == "cmyk" && !turboBuilt {
				t.Skip("SKIPPED: image/jpeg reads CMYK only with Adobe's mark")
			}
			near(t, decode(t, c.format, c.file), c.want, c.tolerance)
		})
	}
}

func TestTransparencyLetsWhiteThrough(t *testing.T) {
	im := image.NewNRGBA(image.Rect(0, 0, 3, 1))
	im.SetNRGBA(0, 0, color.NRGBA{200, 0, 0, 255})
	im.SetNRGBA(1, 0, color.NRGBA{200, 0, 0, 0})
	im.SetNRGBA(2, 0, color.NRGBA{200, 0, 0, 128})
	got := decode(t, sniff.PNG, mediatest.PNG(im))
	for i, want := range [][3]int{{200, 0, 0}, {255, 255, 255}, {227, 127, 127}} {
		for c := range 3 {
			if v := int(got.Pix[3*i+c]); v < want[c]-1 || v > want[c]+1 {
				t.Errorf("pixel %d is %v, want %v", i, got.Pix[3*i:3*i+3], want)
				break
			}
		}
	}
}

func TestFFmpegEncodingsAgreeWithFFmpegDecoding(t *testing.T) {
	mediatest.NeedFFmpeg(t, "mjpeg", "libwebp")
	scene := mediatest.Scene(200, 120)
	in := mediatest.File(t, mediatest.PNG(mediatest.RGBA(scene)))
	for name, c := range map[string]struct {
		ext    string
		format sniff.Format
		flags  []string
	}{
		"jpeg 4:2:0":     {"jpg", sniff.JPEG, []string{"-pix_fmt", "yuvj420p", "-q:v", "2"}},
		"jpeg 4:4:4":     {"jpg", sniff.JPEG, []string{"-pix_fmt", "yuvj444p", "-q:v", "2"}},
		"webp":           {"webp", sniff.WebP, []string{"-quality", "90"}},
		"interlaced png": {"png", sniff.PNG, []string{"-flags", "+ildct"}},
		"rgb48 png":      {"png", sniff.PNG, []string{"-pix_fmt", "rgb48be"}},
		"animated png":   {"png", sniff.PNG, []string{"-f", "apng", "-plays", "0"}},
	} {
		t.Run(name, func(t *testing.T) {
			path := mediatest.FFmpeg(t, c.ext, append([]string{"-f", "png_pipe", "-i", in}, c.flags...)...)
			file, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			raw, err := os.ReadFile(mediatest.FFmpeg(t, "raw", "-i", path, "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "rgb24"))
			if err != nil {
				t.Fatal(err)
			}
			near(t, decode(t, c.format, file), &vision.Image{Width: 200, Height: 120, Pix: raw}, 3)
		})
	}
}

func TestAnimatedWebPGivesItsFirstFrame(t *testing.T) {
	if got := decode(t, sniff.WebP, mediatest.Sample("animated.webp")); got.Width != 96 || got.Height != 128 {
		t.Fatalf("got %dx%d", got.Width, got.Height)
	}
}

func TestHugePicturesComeOutAtWorkingSize(t *testing.T) {
	scene := mediatest.RGBA(mediatest.Scene(1200, 800))
	for format, file := range map[sniff.Format][]byte{sniff.JPEG: mediatest.JPEGWithEXIF(mediatest.JPEG(scene), 6), sniff.PNG: mediatest.PNGWithEXIF(mediatest.PNG(scene), 6)} {
		p, err := Decode(format, file, Limits{MaxPixels: 50_000_000, MaxSide: 600}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if p.FullWidth != 800 || p.FullHeight != 1200 || p.Width != 400 || p.Height != 600 {
			t.Errorf("%s: %dx%d of %dx%d", format, p.Width, p.Height, p.FullWidth, p.FullHeight)
		}
		want := mediatest.Lay(mediatest.Scene(600, 400), 8)
		near(t, &vision.Image{Width: p.Width, Height: p.Height, Pix: p.Pix}, want, 2.5)
	}
}

func TestVeryLongPicturesComeOutAtWorkingSize(t *testing.T) {
	file := mediatest.JPEG(mediatest.RGBA(mediatest.Scene(4000, 40)))
	p, err := Decode(sniff.JPEG, file, Limits{MaxPixels: 50_000_000, MaxSide: 300}, nil)
	if err != nil || p.Width != 300 || p.Height != 3 || p.FullWidth != 4000 || p.FullHeight != 40 {
		t.Fatalf("%+v, %v", p, err)
	}
}

func TestTooManyPixelsAreRefusedBeforeDecoding(t *testing.T) {
	file := mediatest.PNG(mediatest.RGBA(mediatest.Scene(100, 100)))
	_, err := Decode(sniff.PNG, file, Limits{MaxPixels: 9_999, MaxSide: 100}, nil)
	if bonafide.CodeOf(err) != bonafide.CodeValue || !strings.Contains(err.Error(), "100 x 100 pixels") {
		t.Fatalf("got %v", err)
	}
	for _, f := range mediatest.HostileFiles(1) {
		if !strings.Contains(f.Name, "bomb") || strings.HasSuffix(f.Name, ".zip") {
			continue
		}
		format, err := sniff.Sniff(f.Data)
		if err != nil {
			t.Fatal(err)
		}
		alloc := func(size int) []byte {
			t.Errorf("%s: %d bytes were asked for", f.Name, size)
			return make([]byte, size)
		}
		if _, err := Decode(format, f.Data, limits, alloc); !strings.Contains(fmt.Sprint(err), "megapixels") {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
}

func TestCutFilesAreDamaged(t *testing.T) {
	for _, f := range mediatest.Wholesome() {
		format, err := sniff.Sniff(f.Data)
		if err != nil || format.Kind() != bonafide.Image || strings.HasPrefix(f.Name, "animated") {
			continue
		}
		for _, share := range []int{50, 90, 99} {
			_, err := Decode(format, f.Data[:len(f.Data)*share/100], limits, nil)
			if bonafide.CodeOf(err) != bonafide.CodeValue || !strings.HasPrefix(err.Error(), "The picture is damaged") {
				t.Errorf("%s, %d %%: %v", f.Name, share, err)
			}
		}
	}
}

func TestJunkAfterThePictureIsHarmless(t *testing.T) {
	scene := mediatest.Scene(64, 48)
	file := append(mediatest.JPEG(mediatest.RGBA(scene)), "what a camera leaves behind"...)
	near(t, decode(t, sniff.JPEG, file), scene, 2.5)
}

func TestPixelsGoWhereTheyAreAskedToGo(t *testing.T) {
	file := mediatest.JPEG(mediatest.RGBA(mediatest.Scene(64, 48)))
	for o := 1; o <= 8; o++ {
		var given []byte
		p, err := Decode(sniff.JPEG, mediatest.JPEGWithEXIF(file, o), limits, func(size int) []byte {
			given = make([]byte, size)
			return given
		})
		if err != nil {
			t.Fatal(err)
		}
		if &p.Pix[0] != &given[0] || len(p.Pix) != 3*64*48 {
			t.Errorf("orientation %d: the pixels are elsewhere", o)
		}
	}
}

func TestShrinkingKeepsTheMean(t *testing.T) {
	im := mediatest.Scene(331, 217)
	small := Shrink(im, 100)
	if small.Width != 100 || small.Height != 66 {
		t.Fatalf("got %dx%d", small.Width, small.Height)
	}
	near(t, small, mediatest.Scene(100, 66), 1.5)
	if Shrink(small, 100) != small {
		t.Error("a picture that fits was copied")
	}
}

func TestHalvingGivesTheMeansOfFourPixels(t *testing.T) {
	for _, size := range [][2]int{{64, 48}, {33, 21}, {2, 2}} {
		im := mediatest.Scene(size[0], size[1])
		got := halve(im)
		if got.Width != size[0]/2 || got.Height != size[1]/2 {
			t.Fatalf("%v: got %dx%d", size, got.Width, got.Height)
		}
		for i, v := range got.Pix {
			x, y, c := i/3%got.Width, i/3/got.Width, i%3
			at := func(x, y int) int { return int(im.Pix[3*(y*im.Width+x)+c]) }
			if want := (at(2*x, 2*y) + at(2*x+1, 2*y) + at(2*x, 2*y+1) + at(2*x+1, 2*y+1) + 2) / 4; int(v) != want {
				t.Fatalf("%v: byte %d is %d, want %d", size, i, v, want)
			}
		}
	}
}

func TestShrinkingAPictureOfAnyShapeGivesTheSizeThatFits(t *testing.T) {
	for _, size := range [][2]int{{700, 760}, {1001, 401}, {641, 3}, {3, 1300}, {2000, 1}, {320, 320}, {321, 1}, {2560, 1921}} {
		im := mediatest.Scene(size[0], size[1])
		small := Shrink(im, 320)
		if w, h := Fit(size[0], size[1], 320); small.Width != w || small.Height != h || len(small.Pix) != 3*w*h {
			t.Errorf("%v: got %dx%d, want %dx%d", size, small.Width, small.Height, w, h)
		}
		if min(small.Width, small.Height) > 8 {
			near(t, small, mediatest.Scene(small.Width, small.Height), 1.5)
		}
	}
}

func TestShrinkingCountsEveryPixelByItsShare(t *testing.T) {
	for _, size := range [][4]int{{97, 61, 31, 19}, {32, 20, 31, 19}, {64, 64, 32, 16}, {1, 9, 1, 4}, {700, 3, 3, 1}, {7, 5, 1, 1}} {
		w, h, dw, dh := size[0], size[1], size[2], size[3]
		im := mediatest.Scene(w, h)
		got := make([]byte, 3*dw*dh)
		shrink(got, dw, dh, plain{im})
		for i, v := range got {
			x, y, c := i/3%dw, i/3/dw, i%3
			sum, area := 0, w*h
			for sy := range h {
				for sx := range w {
					// A source pixel is dw x dh units large, a target pixel w x h.
					across := min((sx+1)*dw, (x+1)*w) - max(sx*dw, x*w)
					down := min((sy+1)*dh, (y+1)*h) - max(sy*dh, y*h)
					if across > 0 && down > 0 {
						sum += across * down * int(im.Pix[3*(sy*w+sx)+c])
					}
				}
			}
			if want := byte((sum + area/2) / area); v != want {
				t.Fatalf("%v: byte %d is %d, want %d", size, i, v, want)
			}
		}
	}
}

func TestSumsOfManyRowsDoNotOverflow(t *testing.T) {
	s := newRowSums(11)
	for i := range 11 {
		s.line[i] = byte(255 - i)
	}
	const rows, weight = 20, maxHeld - 1
	for range rows {
		s.add(weight)
	}
	s.spill()
	for i := range 11 {
		if want := uint64(255-i) * rows * weight; s.sums[i] != want {
			t.Errorf("byte %d: %d, want %d", i, s.sums[i], want)
		}
	}
}

func TestMeansOfLargeAreasAreExact(t *testing.T) {
	for _, area := range []uint64{1, 2, 3, 1000003, 50_000_000, 1<<28 - 1, 1 << 28, 1 << 31} {
		d := newDivider(area)
		for v := range uint64(256) {
			// The sums between which the mean is v, rounded to nearest.
			if low := v * area; d.of(low) != byte(v) {
				t.Fatalf("%d / %d = %d", low, area, d.of(low))
			}
			if high := v*area + (area-1)/2; d.of(high) != byte(v) {
				t.Fatalf("%d / %d = %d", high, area, d.of(high))
			}
			if v > 0 {
				if below := v*area - area/2 - 1; area > 1 && d.of(below) != byte(v-1) {
					t.Fatalf("%d / %d = %d", below, area, d.of(below))
				}
			}
		}
	}
}

func BenchmarkThumbnail(b *testing.B) {
	for name, size := range map[string][2]int{"0.5MP": {700, 760}, "12MP": {2560, 1920}} {
		im := mediatest.Scene(size[0], size[1])
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Shrink(im, 320)
			}
		})
	}
}

func TestEncodedPictureDecodesToItself(t *testing.T) {
	scene := mediatest.Scene(101, 67)
	file, err := EncodeJPEG(scene, 92)
	if err != nil {
		t.Fatal(err)
	}
	near(t, decode(t, sniff.JPEG, file), scene, 2.5)
	if _, err := EncodeJPEG(&vision.Image{}, 92); err == nil {
		t.Error("nothing was encoded")
	}
}

func FuzzStill(f *testing.F) {
	for _, w := range mediatest.Wholesome() {
		f.Add(w.Data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		format, err := sniff.Sniff(data)
		// The HEIC decoder runs in WebAssembly and is far too slow to fuzz here.
		if err != nil || format == sniff.HEIC || format.Kind() != bonafide.Image {
			return
		}
		p, err := Decode(format, data, Limits{MaxPixels: 1 << 20, MaxSide: 256}, nil)
		if err != nil {
			if bonafide.CodeOf(err) != bonafide.CodeValue {
				t.Fatalf("code of %v", err)
			}
			return
		}
		if len(p.Pix) != 3*p.Width*p.Height || p.Width > 256 || p.Height > 256 {
			t.Fatalf("%d bytes for %dx%d", len(p.Pix), p.Width, p.Height)
		}
	})
}

func FuzzEXIF(f *testing.F) {
	f.Add(mediatest.EXIF(6))
	f.Add([]byte("II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x08\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if o := exifOrientation(data); o < 1 || o > 8 {
			t.Fatalf("orientation %d", o)
		}
		var png bytes.Buffer
		png.WriteString("\x89PNG\r\n\x1a\n")
		png.Write(data)
		if o := pngOrientation(png.Bytes()); o < 1 || o > 8 {
			t.Fatalf("orientation %d", o)
		}
	})
}

func FuzzHEIF(f *testing.F) {
	f.Add(mediatest.HEIC(mediatest.Sample("still.hevc"), 144, 192, 0, -1))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := heifProperties(data)
		if err == nil && (p.width < 0 || p.height < 0) {
			t.Fatalf("%+v", p)
		}
	})
}
