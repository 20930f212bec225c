// Package ozapi is the HTTP surface of the Oz API: routes, bodies and the
// spelling of its JSON. It holds no rules of the business: it reads requests,
// asks the rooms behind the interfaces below, and writes their answers down.
package ozapi
