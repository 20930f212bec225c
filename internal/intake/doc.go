// Package intake is the front desk: it accepts files, makes folders of them, and
// takes orders of analyses. It checks everything that can be known at once, so
// that a worker never meets an order that cannot be run. A Reception does what needs
// no store; a Desk has one and keeps what comes of it.
//
// A file is staged until all of its request has been checked; then it becomes a
// blob and its rows go to the store, in this order, so that a row never points to
// nothing and a refused request leaves nothing behind.
package intake
