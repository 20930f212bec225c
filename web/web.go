// Package web holds what browsers load from the server: the capture plugin, built by
// `npm run build --prefix web/capture`. It is part of binaries that were built with the
// tag plugin, as `make` does; others have none, so that Go needs no node.
package web
