// Package ozapi has the calls of the Oz API, a file per resource; what they have in
// common is in package rest. It holds no rules of the business: it reads requests, asks
// the rooms behind the interfaces that the resources declare, and writes their answers
// down.
package ozapi
