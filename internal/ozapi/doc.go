// Package ozapi is the HTTP surface of the Oz API: its calls, a file per resource.
// It holds no rules of the business: it reads requests, asks the rooms behind the
// interfaces that the resources declare, and writes their answers down.
package ozapi
