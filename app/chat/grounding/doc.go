// Package grounding checks the figures of an answer against the rows that the answer
// rests on.
package grounding
