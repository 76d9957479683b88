package store

import (
	"runtime"
	"syscall"
)

// niceness is by how much the thread that writes gives way to those that stream answers.
const niceness = 10

const most = 19 // of niceness

// yield has the goroutine that calls it, until it ends, run on a thread of its own to which
// the system prefers others: a transaction computes for a millisecond or two, and whoever
// waits to be sent the next word of an answer would wait for it. Nobody is refused to give
// way; were it refused, all would be as before.
//
// Source: setpriority(2), "C library/kernel differences": on Linux it is of a thread, and
// the call of the kernel answers 20 less the niceness.
func yield() {
	runtime.LockOSThread()
	if now, err := syscall.Getpriority(syscall.PRIO_PROCESS, syscall.Gettid()); err == nil {
		_ = syscall.Setpriority(syscall.PRIO_PROCESS, syscall.Gettid(), min(20-now+niceness, most))
	}
}
