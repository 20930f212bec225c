// Package vision is plain mathematics on pixels: images, boxes, warps,
// alignment, and the measures of a capture. It knows no models, files or
// globals.
//
// Two kinds of coordinates occur. A Point lies on the grid of pixel centres: the
// centre of the top-left pixel is (0,0). A Box lies on the grid of pixel edges:
// Box{0, 0, W, H} covers a picture of W x H pixels exactly.
package vision
