// Package engine starts real servers that an installation of several processes needs, for
// tests and drills: PostgreSQL, that of the machine, and an S3 server. Each has a folder and
// an address of its own, and can be ended and resumed.
package engine
