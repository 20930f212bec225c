// Package auth knows who is calling and what the caller may do: passwords,
// tokens, sessions and the role matrix.
//
// A sign-in is a session with a pair of tokens: the access token goes with every
// call and prolongs the session, the expire token buys a new pair. Only their
// SHA-256 is stored.
package auth
