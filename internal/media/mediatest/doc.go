// Package mediatest makes media for tests: pictures and archives by Go's own
// encoders, videos by ffmpeg where it is installed, and hostile files of every
// kind from a few small samples that come with it. Nothing in it shows a person.
package mediatest
