package capture

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"math"
)

// Files of a container.
const (
	manifestName = "manifest.json"
	// maxEntries is more than the files that a manifest can name.
	maxEntries = maxActions*(maxFrames+1) + maxPhotos + 1
)

// Content is what was in a container.
type Content struct {
	Manifest Manifest
	// Digests are the first eight bytes of the SHA-256 of each frame, by action.
	Digests [][]uint64
	files   map[string]*zip.File
}

// ReadContent reads the content of a container. All of it has been read and checked when
// it comes back, and r must last as long as files are taken out. What is wrong with it is
// CodeContainer.
func ReadContent(r io.ReaderAt, size int64) (*Content, error) {
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return nil, broken(badContent, "its content is no zip")
	}
	c := &Content{files: make(map[string]*zip.File, len(archive.File))}
	if err := c.list(archive.File, size); err != nil {
		return nil, err
	}
	raw, err := c.bytes(archive.File[0])
	if err != nil {
		return nil, err
	}
	m, err := ReadManifest(raw)
	if err != nil {
		return nil, err
	}
	c.Manifest = *m
	return c, c.check()
}

// list takes in the entries of the zip.
func (c *Content) list(all []*zip.File, size int64) error {
	if len(all) == 0 || len(all) > maxEntries || all[0].Name != manifestName {
		return broken(badContent, "it has %d files, of which the first has to be %s", len(all), manifestName)
	}
	if all[0].UncompressedSize64 > maxManifest {
		return broken(badManifest, "its manifest has more than %d bytes", maxManifest)
	}
	sum := uint64(0)
	for _, f := range all {
		const encrypted = 1
		if f.Method != zip.Store || f.Flags&encrypted != 0 || f.CompressedSize64 != f.UncompressedSize64 {
			return broken(badContent, "a file in it is compressed or encrypted")
		}
		if f.UncompressedSize64 > uint64(size) {
			return broken(badContent, "a file in it is larger than all of it")
		}
		if sum += f.UncompressedSize64; sum > uint64(size) {
			return broken(badContent, "its files overlap")
		}
		if c.files[f.Name] != nil {
			return broken(badContent, "a name stands twice in it")
		}
		c.files[f.Name] = f
	}
	return nil
}

// check reads every file once, and wants each to be one that the manifest names.
func (c *Content) check() error {
	digests := map[string]uint64{}
	named := 1
	err := c.Manifest.names(func(name string) error {
		f := c.files[name]
		if f == nil {
			return broken(badContent, "%s is not in it", name)
		}
		named++
		d, err := digest(f)
		digests[name] = d
		return err
	})
	if err != nil {
		return err
	}
	if named != len(c.files) {
		return broken(badContent, "it has %d files that its manifest does not name", len(c.files)-named)
	}
	for _, a := range c.Manifest.Actions {
		all := make([]uint64, len(a.Frames))
		for i, name := range a.Frames {
			all[i] = digests[name]
		}
		c.Digests = append(c.Digests, all)
	}
	return nil
}

func digest(f *zip.File) (uint64, error) {
	r, err := f.Open()
	if err != nil {
		return 0, broken(badContent, "a file in it is damaged")
	}
	defer r.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, r); err != nil {
		return 0, broken(badContent, "a file in it is damaged")
	}
	return binary.BigEndian.Uint64(sum.Sum(nil)), nil
}

func (c *Content) bytes(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, broken(badContent, "a file in it is damaged")
	}
	defer r.Close()
	b := make([]byte, f.UncompressedSize64)
	if _, err := io.ReadFull(r, b); err != nil {
		return nil, broken(badContent, "a file in it is damaged")
	}
	return b, nil
}

// WriteFrames writes the frames of an action as a zip, each named by its time in
// milliseconds with six digits. Names rise from frame to frame whatever the times say.
func (c *Content) WriteFrames(w io.Writer, action int) error {
	a := c.Manifest.Actions[action]
	archive := zip.NewWriter(w)
	last := -1
	for i, name := range a.Frames {
		last = max(last+1, int(math.Round(a.TimesMS[i])))
		to, err := archive.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("%06d.jpg", last), Method: zip.Store})
		if err != nil {
			return err
		}
		if err := c.write(to, name); err != nil {
			return err
		}
	}
	return archive.Close()
}

// WritePhoto writes a photo as it came.
func (c *Content) WritePhoto(w io.Writer, photo int) error {
	return c.write(w, c.Manifest.Photos[photo].Name)
}

func (c *Content) write(w io.Writer, name string) error {
	r, err := c.files[name].Open()
	if err != nil {
		return err
	}
	defer r.Close()
	_, err = io.Copy(w, r)
	return err
}
