package store

import (
	"syscall"
	"testing"
)

// Only the thread that writes gives way: those beside it are as they were.
func TestTheWriterGivesWay(t *testing.T) {
	nice := func(begin func()) (n int) {
		c := newCrew(1, begin)
		defer c.dismiss()
		if err := c.run(t.Context(), func() (err error) {
			// The system call answers 20 - n.
			n, err = syscall.Getpriority(syscall.PRIO_PROCESS, syscall.Gettid())
			n = 20 - n
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return n
	}
	usual := nice(atOnce)
	if got, want := nice(yield), min(usual+niceness, most); got != want {
		t.Errorf("the thread of a writer has niceness %d, want %d", got, want)
	}
	for range 20 {
		if got := nice(atOnce); got != usual {
			t.Errorf("the thread of a reader has niceness %d, want %d", got, usual)
		}
	}
}
