package drill

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

// bombs sends small files that take long to decode: large pictures of one colour, and
// archives of them, just within the limits and far beyond.
func bombs(_ context.Context, s *siege) (sender, func(), error) {
	picture, err := blankPNG(7000, 7000) // 49 megapixels of 50
	if err != nil {
		return nil, nil, err
	}
	files := [][]byte{picture}
	for _, n := range []int{14, 100} { // 686 megapixels of 700, and 4,900
		archive, err := archiveOf(picture, n)
		if err != nil {
			return nil, nil, err
		}
		files = append(files, archive)
	}
	padded, err := archiveOf(append(bytes.Clone(s.photo), make([]byte, 60<<20)...), 3) // 180 MB of 200
	if err != nil {
		return nil, nil, err
	}
	files = append(files, padded)
	return func(ctx context.Context, n int) (answer, error) {
		return s.send(ctx, s.upload(folders, quality, variant(files[(n+n>>16)%len(files)])))
	}, func() {}, nil
}

// videos sends long videos of the largest size.
func videos(ctx context.Context, s *siege) (sender, func(), error) {
	video, err := longVideo(ctx, "3840x2160", 25)
	if err != nil {
		return nil, nil, err
	}
	return func(ctx context.Context, _ int) (answer, error) {
		return s.send(ctx, s.upload(folders, quality, variant(video)))
	}, func() {}, nil
}

// longVideo makes a small file that ffmpeg takes long to decode, twice, since nothing
// moves in it: one second of pictures, again and again.
func longVideo(ctx context.Context, size string, seconds int) ([]byte, error) {
	dir, err := os.MkdirTemp("", "drill")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	second, whole := filepath.Join(dir, "second.mp4"), filepath.Join(dir, "whole.mp4")
	for _, args := range [][]string{
		{"-f", "lavfi", "-i", "color=gray:s=" + size + ":r=60", "-t", "1", "-c:v", "mpeg4", second},
		{"-stream_loop", strconv.Itoa(seconds - 1), "-i", second, "-c", "copy", whole},
	} {
		out, err := exec.CommandContext(ctx, "ffmpeg", append([]string{"-v", "error", "-y"}, args...)...).CombinedOutput()
		if err != nil {
			return nil, fmt.Errorf("ffmpeg: %w: %s", err, out)
		}
	}
	return os.ReadFile(whole)
}

// variant makes a file of its own that says the same: an archive with another comment, a
// video with a box that nobody reads, a picture with bytes after its end.
func variant(file []byte) []byte {
	salt := []byte(rand.Text())
	file = bytes.Clone(file)
	switch {
	case bytes.HasPrefix(file, []byte("PK")):
		copy(file[len(file)-commentBytes:], salt)
		return file
	case bytes.HasPrefix(file[4:], []byte("ftyp")):
		file = binary.BigEndian.AppendUint32(file, uint32(8+len(salt)))
		file = append(file, "free"...)
	}
	return append(file, salt...)
}

// commentBytes is the length of the comment of an archive.
const commentBytes = 16

// archiveOf packs n times the same picture.
func archiveOf(picture []byte, n int) ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := range n {
		entry, err := w.Create(fmt.Sprintf("%03d", i))
		if err != nil {
			return nil, err
		}
		if _, err := entry.Write(picture); err != nil {
			return nil, err
		}
	}
	if err := w.SetComment(string(make([]byte, commentBytes))); err != nil {
		return nil, err
	}
	err := w.Close()
	return b.Bytes(), err
}

// blankPNG is a black PNG of eight bits a colour.
func blankPNG(width, height int) ([]byte, error) {
	var pixels bytes.Buffer
	z, err := zlib.NewWriterLevel(&pixels, zlib.BestCompression)
	if err != nil {
		return nil, err
	}
	row := make([]byte, 1+3*width)
	for range height {
		if _, err := z.Write(row); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	size := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(width)), uint32(height))
	out := []byte("\x89PNG\r\n\x1a\n")
	for _, chunk := range [][]byte{append([]byte("IHDR"), append(size, 8, 2, 0, 0, 0)...), append([]byte("IDAT"), pixels.Bytes()...), []byte("IEND")} {
		out = binary.BigEndian.AppendUint32(out, uint32(len(chunk)-4))
		out = binary.BigEndian.AppendUint32(append(out, chunk...), crc32.ChecksumIEEE(chunk))
	}
	return out, nil
}
