//go:build !amd64

package scan

// kernels are those that this machine can run, the fastest first.
func kernels() []kernel { return []kernel{dotsPlain} }
