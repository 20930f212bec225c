//go:build !cgo || noturbo

package still

const turboBuilt = false
