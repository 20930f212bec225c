// Package turbo decodes and encodes JPEG by libjpeg-turbo, linked statically.
// It is empty in builds without cgo or with the tag noturbo; internal/media/still
// then takes the standard library's decoder, which is about six times slower.
package turbo
