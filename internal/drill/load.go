package drill

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"path/filepath"

	"github.com/bonafide-id/bonafide/client"
)

// load uploads and orders until the server is gone or ctx ends.
func load(ctx context.Context, api *client.Client, files [][]byte, book *ledger) {
	for ctx.Err() == nil {
		step := inSteps
		if rand.IntN(2) == 0 {
			step = atOnce
		}
		if err := step(ctx, api, files, book, ""); err != nil && !book.missed(err) {
			return
		}
	}
}

// unique makes a file that no other upload equals: bytes after the end of a JPEG
// are ignored by decoders.
func unique(files [][]byte) []byte {
	f := files[rand.IntN(len(files))]
	return append(append([]byte{}, f...), fmt.Sprint(rand.Uint64())...)
}

// inSteps creates a folder, adds media and orders analyses, each acknowledged by
// itself. The endpoint, where there is one, is to be told of the results.
func inSteps(ctx context.Context, api *client.Client, files [][]byte, book *ledger, endpoint string) error {
	a, b := unique(files), unique(files)
	f, err := api.CreateFolder(ctx, client.Payload{Endpoint: endpoint}, client.File{Key: "a", Name: "a.jpg", Content: bytes.NewReader(a)})
	if err != nil {
		return err
	}
	book.acknowledged(f.ID, f.Media, [][]byte{a}, nil)
	m, err := api.AddMedia(ctx, f.ID, client.Payload{}, client.File{Key: "b", Name: "b.jpg", Content: bytes.NewReader(b)})
	if err != nil {
		return err
	}
	book.acknowledged(f.ID, m, [][]byte{b}, nil)
	orders, err := api.OrderAnalyses(ctx, f.ID, client.Order{Type: "quality"}, client.Order{Type: "biometry"})
	if err != nil {
		return err
	}
	book.acknowledged(f.ID, nil, nil, orders)
	return nil
}

// atOnce makes one single request.
func atOnce(ctx context.Context, api *client.Client, files [][]byte, book *ledger, endpoint string) error {
	a, b := unique(files), unique(files)
	f, err := api.CreateFolder(ctx,
		client.Payload{Endpoint: endpoint, Analyses: []client.Order{{Type: "quality"}, {Type: "biometry"}}},
		client.File{Key: "a", Name: "a.jpg", Content: bytes.NewReader(a)},
		client.File{Key: "b", Name: "b.jpg", Content: bytes.NewReader(b)})
	if err != nil {
		return err
	}
	book.acknowledged(f.ID, f.Media, [][]byte{a, b}, f.Analyses)
	return nil
}

// pictures reads a folder of JPEG files, or draws some without faces.
func pictures(dir string) ([][]byte, error) {
	if dir == "" {
		return drawn()
	}
	paths, err := filepath.Glob(filepath.Join(dir, "*.jpg"))
	if err != nil || len(paths) == 0 {
		return nil, fmt.Errorf("no .jpg in %s: %v", dir, err)
	}
	var files [][]byte
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		files = append(files, raw)
	}
	return files, nil
}

func drawn() ([][]byte, error) {
	var files [][]byte
	for range 4 {
		im := image.NewRGBA(image.Rect(0, 0, 320, 240))
		for y := range 240 {
			for x := range 320 {
				im.Set(x, y, color.RGBA{uint8(x), uint8(y), uint8(rand.IntN(256)), 255})
			}
		}
		var b bytes.Buffer
		if err := jpeg.Encode(&b, im, nil); err != nil {
			return nil, err
		}
		files = append(files, b.Bytes())
	}
	return files, nil
}
