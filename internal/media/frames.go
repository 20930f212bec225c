package media

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"sync"

	"github.com/bonafide-id/bonafide/internal/media/still"
	"github.com/bonafide-id/bonafide/internal/media/tone"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// graph is the filter graph that lets the chosen frames through and makes their
// pixels square and their sides no longer than t.side, each at its own shape:
// a telephone that is turned, and a browser whose network gets better, change it on
// the way. Bytes in a pipe do not tell where a frame ends. So two more outputs go
// with the frames, a row as wide as the frame is wide and one as wide as it is
// high, of which only times and sizes in bytes are told.
//
// The graph must not be made anew when the shape changes (-reinit_filter), else it
// would count frames from nought again.
func (t *track) graph(chosen []int) string {
	// As still.Fit: st(0) is the width of square pixels, st(1) the longer side.
	const fit = "st(0,max(1,floor(iw*%g+0.5)))*0+st(1,max(ld(0),ih))*0+if(lte(ld(1),%d),%s,if(gte(ld(0),ih),%s,%s))"
	ratio := float64(t.shownWidth) / float64(t.width)
	width := fmt.Sprintf(fit, ratio, t.side, "ld(0)", strconv.Itoa(t.side), fmt.Sprintf("max(1,floor((ld(0)*%d+floor(ih/2))/ih))", t.side))
	height := fmt.Sprintf(fit, ratio, t.side, "ih", fmt.Sprintf("max(1,floor((ih*%d+floor(ld(0)/2))/ld(0)))", t.side), strconv.Itoa(t.side))
	row := "scale=w=%s:h=1:eval=frame:flags=neighbor,format=gray"
	return fmt.Sprintf("[0:V:0]select='%s',scale=w='%s':h='%s':eval=frame:flags=bilinear%s,setsar=1,format=%s,split=3[frames][w][h];[w]",
		anyOf(chosen), width, height, t.colours.scaling(), t.colours.pixels()) +
		fmt.Sprintf(row, "iw") + "[widths];[h]" + fmt.Sprintf(row, "ih") + "[heights]"
}

// anyOf is an expression of ffmpeg that holds for the frames of these numbers. It is put
// together from halves, because ffmpeg takes no sum of more than a hundred terms.
func anyOf(frames []int) string {
	if len(frames) == 1 {
		return fmt.Sprintf("eq(n,%d)", frames[0])
	}
	half := len(frames) / 2
	return "(" + anyOf(frames[:half]) + "+" + anyOf(frames[half:]) + ")"
}

// read reads n frames at most, of whatever shapes.
func (t *track) read(out io.Reader, n int) ([]byte, error) {
	bpp := t.colours.bytesPerPixel()
	w, h := still.Fit(t.shownWidth, t.height, t.side)
	// If no frame has another shape than the track's, this is all there is.
	pixels := make([]byte, n*bpp*w*h)
	got, err := io.ReadFull(out, pixels)
	if err != nil {
		return pixels[:got], err
	}
	most := int64(n*bpp*t.side*t.side - len(pixels))
	rest, err := io.ReadAll(io.LimitReader(out, most+1))
	if int64(len(rest)) > most {
		return nil, errors.New("more pixels than asked for")
	}
	if len(rest) == 0 {
		return pixels, err
	}
	return append(pixels, rest...), err
}

// shape is what is told of one frame.
type shape struct {
	width, height int
	seconds       float64 // NaN if it has no time
}

// readShapes reads what the muxer framecrc tells of rows whose bytes are the sizes:
// "0, 0, 40000, 1, 320, 0xad1c8f3b", which are the number of the row, times of
// decoding and of presentation in microseconds, duration, bytes and a checksum.
// What does not belong there ends it; it is read to the end all the same, so that whoever
// tells it does not wait.
func readShapes(told io.Reader, n int) []shape {
	const line = 128 // bytes, of which it has some 60
	defer func() { _, _ = io.Copy(io.Discard, told) }()
	var rows [2][]shape
	lines := bufio.NewScanner(io.LimitReader(told, 4<<10+int64(2*n*line)))
	for lines.Scan() {
		fields := strings.Split(lines.Text(), ",")
		if len(fields) < 5 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		row, err := strconv.Atoi(strings.TrimSpace(fields[0]))
		size, err2 := strconv.Atoi(strings.TrimSpace(fields[4]))
		if err != nil || err2 != nil || row < 0 || row > 1 || size <= 0 || size > frameSide || len(rows[row]) == n {
			break
		}
		at := math.NaN()
		if micros, err := strconv.ParseInt(strings.TrimSpace(fields[2]), 10, 64); err == nil {
			at = float64(micros) / 1e6
		}
		rows[row] = append(rows[row], shape{width: size, height: size, seconds: at})
	}
	shapes := rows[0][:min(len(rows[0]), len(rows[1]))]
	for i := range shapes {
		shapes[i].height = rows[1][i].height
	}
	return shapes
}

// cut makes frames of the pixels, upright and in the colours of an ordinary screen.
// Their times are those that ffmpeg told, which differ from the container's where
// frames could not be decoded; the first frame's is zero.
func (t *track) cut(pixels []byte, shapes []shape, chosen []int, threads int) []Frame {
	frames := make([]Frame, 0, len(shapes))
	var raw [][]byte
	for i, s := range shapes {
		size := t.colours.bytesPerPixel() * s.width * s.height
		if size > len(pixels) {
			break
		}
		at := t.times[chosen[i]] - t.times[0]
		if d := s.seconds - shapes[0].seconds; d >= 0 {
			at = t.pauses.shown(d)
		}
		frames = append(frames, Frame{Image: &vision.Image{Width: s.width, Height: s.height}, Index: chosen[i], AtMS: 1000 * at})
		raw = append(raw, pixels[:size:size])
		pixels = pixels[size:]
	}
	mapper := t.colours.mapper()
	var all sync.WaitGroup
	work := make(chan int)
	for range min(threads, len(frames)) {
		all.Go(func() {
			for i := range work {
				frames[i].Image = finish(frames[i].Image, raw[i], mapper, t.orientation)
			}
		})
	}
	for i := range frames {
		work <- i
	}
	close(work)
	all.Wait()
	return frames
}

// finish gives an image its pixels, mapped where there is a mapper, and turns it.
func finish(im *vision.Image, raw []byte, mapper *tone.Mapper, orientation int) *vision.Image {
	im.Pix = raw
	if mapper != nil {
		im.Pix = make([]byte, 3*im.Width*im.Height)
		mapper.Map(im.Pix, raw)
	}
	return still.Orient(im, orientation)
}
