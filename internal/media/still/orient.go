package still

import "github.com/bonafide-id/bonafide/internal/vision"

// Transposed tells whether an EXIF orientation exchanges width and height.
func Transposed(orientation int) bool { return orientation >= 5 && orientation <= 8 }

// Orient gives the picture turned upright as the EXIF orientation says, 1 to 8.
// The picture itself is given back where there is nothing to turn.
func Orient(im *vision.Image, orientation int) *vision.Image {
	if orientation < 2 || orientation > 8 {
		return im
	}
	out := &vision.Image{Pix: make([]byte, len(im.Pix))}
	out.Width, out.Height = orient(out.Pix, im.Pix, im.Width, im.Height, orientation)
	return out
}

// orient writes src, w x h pixels of three bytes, to dst as the orientation, 2 to
// 8, says, and gives the new size. It works in tiles, since one of the two sides
// is walked across rows.
func orient(dst, src []byte, w, h, orientation int) (dw, dh int) {
	// Pixel (x, y) of dst is the one of src at origin + x*dx + y*dy.
	const bpp = 3
	right, down := bpp, bpp*w
	lastX, lastY := bpp*(w-1), bpp*w*(h-1)
	dw, dh = w, h
	var origin, dx, dy int
	switch orientation {
	case 2: // mirrored
		origin, dx, dy = lastX, -right, down
	case 3: // turned by 180 degrees
		origin, dx, dy = lastX+lastY, -right, -down
	case 4: // upside down
		origin, dx, dy = lastY, right, -down
	case 5: // transposed
		origin, dx, dy = 0, down, right
	case 6: // to be turned clockwise
		origin, dx, dy = lastY, -down, right
	case 7: // transposed across the other diagonal
		origin, dx, dy = lastX+lastY, -down, -right
	case 8: // to be turned counter-clockwise
		origin, dx, dy = lastX, down, -right
	}
	if Transposed(orientation) {
		dw, dh = h, w
	}
	const tile = 32
	for ty := 0; ty < dh; ty += tile {
		for tx := 0; tx < dw; tx += tile {
			for y := ty; y < min(ty+tile, dh); y++ {
				s := origin + tx*dx + y*dy
				row := dst[bpp*(y*dw+tx) : bpp*(y*dw+min(tx+tile, dw))]
				for ; len(row) >= bpp; row = row[bpp:] {
					p := src[s : s+bpp : s+bpp]
					row[0], row[1], row[2] = p[0], p[1], p[2]
					s += dx
				}
			}
		}
	}
	return dw, dh
}
