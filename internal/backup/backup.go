// Package backup copies all of an installation, and proves that copies are whole.
package backup
