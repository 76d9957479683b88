//go:build !linux

package store

// yield does nothing where a thread has no priority of its own.
func yield() {}
