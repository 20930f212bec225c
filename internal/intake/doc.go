// Package intake accepts files, makes folders of them, and takes orders of analyses.
// It checks everything that can be checked at once, so that a worker never gets an
// order that cannot be run. A Reception does what needs no store; a Desk has a
// Reception and stores the result.
//
// A file is staged until all of its request has been checked; then it becomes a
// blob and its rows go to the store, in this order, so that a row never points to
// a missing blob and a refused request leaves nothing behind.
package intake
