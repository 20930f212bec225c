// Package bonafide is the vocabulary of the system: the nouns that every room
// shares, the error codes, and the interfaces that the rim (store, blob)
// implements. It performs no I/O and imports the standard library only.
//
// A media file becomes a sample; analyses ask the sample questions and write
// down findings; a decision turns findings and thresholds into a resolution.
//
// Every score inside the system lies in [0,1] and higher is better for the
// capture subject. The wire's confidence_spoofing is turned round in
// internal/ozapi alone.
package bonafide
