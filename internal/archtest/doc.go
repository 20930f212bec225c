// Package archtest holds the doors of the house: which room may import which,
// besides the standard library and its own third-party part. The test beside it
// walks the tree and fails on an import that is not listed, and on a room
// without an entry.
package archtest
