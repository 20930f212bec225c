package mediatest

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"math/rand/v2"
	"strings"
)

// Hostile is one file that a client should not have sent.
type Hostile struct {
	Name string
	Data []byte
	// Refused: the file must be refused. Damaged files may, by luck, still decode.
	Refused bool
}

// HostileFiles gives at least 200 files, the same for the same seed: damaged
// ones of every format that is accepted, bombs, archives with tricks, playlists
// and others that are not media.
func HostileFiles(seed uint64) []Hostile {
	files := append(pretenders(), bombs()...)
	files = append(files, archives()...)
	rng := rand.New(rand.NewPCG(seed, 0))
	whole := Wholesome()
	for i := 0; len(files) < 200; i++ {
		base := whole[i%len(whole)]
		if i/len(whole)%3 == 2 {
			files = append(files, cut(base, i, rng))
			continue
		}
		files = append(files, flip(base, i, rng))
	}
	return files
}

// Wholesome gives one good file of every format that can be made without ffmpeg.
// Videos among them decode where ffmpeg is installed.
func Wholesome() []Hostile {
	scene := RGBA(Scene(96, 128))
	photo := JPEG(scene)
	files := []Hostile{
		{Name: "photo.jpg", Data: photo},
		{Name: "photo.png", Data: PNG(scene)},
		{Name: "photo.heic", Data: HEIC(Sample("still.hevc"), 144, 192, 1, 0)},
		{Name: "frames.zip", Data: Zip(Entry{Name: "1.jpg", Data: photo}, Entry{Name: "2.jpg", Data: photo})},
	}
	for _, name := range []string{"lossy.webp", "lossless.webp", "animated.webp", "clip.mp4", "clip.mov", "clip.mkv", "clip.avi", "live.webm"} {
		files = append(files, Hostile{Name: name, Data: Sample(name)})
	}
	return files
}

// flip turns 1 to 64 bits, anywhere, over.
func flip(base Hostile, i int, rng *rand.Rand) Hostile {
	data := bytes.Clone(base.Data)
	bits := 1 << rng.IntN(7)
	for range bits {
		data[rng.IntN(len(data))] ^= 1 << rng.IntN(8)
	}
	return Hostile{Name: fmt.Sprintf("%03d-%d-bits-%s", i, bits, base.Name), Data: data}
}

// cut ends the file early.
func cut(base Hostile, i int, rng *rand.Rand) Hostile {
	at := rng.IntN(len(base.Data))
	return Hostile{Name: fmt.Sprintf("%03d-cut-%d-%s", i, at, base.Name), Data: base.Data[:at]}
}

// pretenders are files of other kinds under the name of a video or picture.
func pretenders() []Hostile {
	return []Hostile{
		{"empty.mp4", nil, true},
		{"hls.mp4", []byte("#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"), true},
		{"hls-http.mp4", []byte("#EXTM3U\n#EXTINF:10.0,\nhttp://127.0.0.1:1/x.ts\n#EXT-X-ENDLIST\n"), true},
		{"concat.mp4", []byte("ffconcat version 1.0\nfile '/etc/passwd'\n"), true},
		{"dash.mp4", []byte("<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\"/>"), true},
		{"sdp.mp4", []byte("v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\nm=video 5004 RTP/AVP 96\r\n"), true},
		{"drawing.jpg", []byte("<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"file:///etc/passwd\"/></svg>"), true},
		{"page.jpg", []byte("%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"), true},
		{"script.jpg", []byte("push graphic-context\nfill 'url(https://127.0.0.1/)'\npop graphic-context\n"), true},
		{"archive.zip", []byte("Rar!\x1a\x07\x01\x00\x33\x92\xb5\xe5"), true},
		{"moving.jpg", []byte("GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"), true},
		{"photo.avif", box("ftyp", []byte("avif\x00\x00\x00\x00avifmif1")), true},
		{"text.jpg", []byte(strings.Repeat("not a picture. ", 500)), true},
		{"zeros.mp4", make([]byte, 100_000), true},
		{"only-a-beginning.jpg", []byte("\xff\xd8\xff\xe0"), true},
		{"only-a-beginning.mp4", box("ftyp", []byte("isom\x00\x00\x00\x00isommp42")), true},
		{"endless-box.mp4", append(box("ftyp", []byte("isom\x00\x00\x00\x00isommp42")), 0xff, 0xff, 0xff, 0xff, 'm', 'o', 'o', 'v'), true},
		{"nested-boxes.heic", append(box("ftyp", []byte("heic\x00\x00\x00\x00heicmif1")), nested(2000)...), true},
	}
}

// nested is a box in a box in a box.
func nested(depth int) []byte {
	var b []byte
	for range depth {
		b = box("meta", be32(0), b)
	}
	return b
}

// bombs are small files that declare, or unpack to, very much.
func bombs() []Hostile {
	photo := JPEG(RGBA(Scene(96, 128)))
	jpegBomb := bytes.Clone(photo)
	frame := bytes.Index(jpegBomb, []byte{0xff, 0xc0})
	copy(jpegBomb[frame+5:], []byte{0xff, 0xdc, 0xff, 0xdc})
	webpBomb := bytes.Clone(Sample("lossless.webp"))
	copy(webpBomb[21:], []byte{0xff, 0xff, 0xff, 0x0f}) // 14 bits each, all set
	lossyBomb := bytes.Clone(Sample("lossy.webp"))
	copy(lossyBomb[26:], []byte{0xff, 0x3f, 0xff, 0x3f})
	zipBomb := BombZip("1.jpg", photo, 300)
	return []Hostile{
		{"bomb.png", pngOf(60000, 60000), true},
		{"wide-bomb.png", pngOf(1<<31-1, 1), true},
		{"bomb.jpg", jpegBomb, true},
		{"lossless-bomb.webp", webpBomb, true},
		{"lossy-bomb.webp", lossyBomb, true},
		{"bomb.heic", HEIC(Sample("still.hevc"), 60000, 60000, 0, -1), true},
		{"bomb.zip", zipBomb, true},
		{"lying-bomb.zip", UnderstatedZip(zipBomb, 1000), true},
		{"png-bomb.zip", Zip(Entry{Name: "1.png", Data: pngOf(60000, 60000)}), true},
	}
}

// BlankPNG is a whole, black, grey-scale PNG: small in the file, width x height
// bytes in memory.
func BlankPNG(width, height int) []byte {
	return PNG(image.NewGray(image.Rect(0, 0, width, height)))
}

// pngOf declares a size and holds nothing.
func pngOf(width, height uint32) []byte {
	header := append(be32(width, height), 8, 2, 0, 0, 0)
	out := []byte("\x89PNG\r\n\x1a\n")
	for _, c := range []struct {
		name string
		body []byte
	}{{"IHDR", header}, {"IDAT", []byte("x\x9c\x03\x00\x00\x00\x00\x01")}, {"IEND", nil}} {
		out = binary.BigEndian.AppendUint32(out, uint32(len(c.body)))
		chunk := append([]byte(c.name), c.body...)
		out = append(out, chunk...)
		out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(chunk))
	}
	return out
}

// archives are zips with tricks.
func archives() []Hostile {
	photo := JPEG(RGBA(Scene(96, 128)))
	plain := func(name string) Entry { return Entry{Name: name, Data: photo} }
	var many []Entry
	for i := range 301 {
		many = append(many, plain(fmt.Sprintf("%d.jpg", i)))
	}
	const link = 0o120777
	return []Hostile{
		{"no-entries.zip", Zip(), true},
		{"folders-only.zip", Zip(Entry{Name: "frames/"}), true},
		{"too-many.zip", Zip(many...), true},
		{"nested.zip", Zip(Entry{Name: "inner.zip", Data: Zip(plain("1.jpg"))}), true},
		{"nested-as-photo.zip", Zip(Entry{Name: "1.jpg", Data: Zip(plain("1.jpg"))}), true},
		{"upwards.zip", Zip(plain("../../1.jpg")), true},
		{"upwards-dos.zip", Zip(plain("..\\1.jpg")), true},
		{"absolute-upwards.zip", Zip(plain("/../etc/1.jpg")), true},
		{"drive-upwards.zip", Zip(plain("C:..\\1.jpg")), true},
		{"nul.zip", Zip(plain("1\x00.jpg")), true},
		{"link.zip", Zip(Entry{Name: "1.jpg", Data: []byte("/etc/passwd"), Mode: link}), true},
		{"encrypted.zip", EncryptedZip(Zip(plain("1.jpg"))), true},
		{"twice.zip", Zip(plain("1.jpg"), plain("1.jpg")), true},
		{"text.zip", Zip(plain("1.jpg"), Entry{Name: "notes.txt", Data: []byte("text")}), true},
		{"video.zip", Zip(Entry{Name: "1.mp4", Data: Sample("clip.mp4")}), true},
		{"cut-photo.zip", Zip(Entry{Name: "1.jpg", Data: photo[:len(photo)/2]}), true},
		{"half.zip", Zip(plain("1.jpg"), plain("2.jpg"))[:len(photo)], true},
	}
}
