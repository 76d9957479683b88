package deploy

import (
	"bytes"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// container runs the image as Docker would: in its root alone, which cannot be written, as its user, with a volume at /data.
type container struct {
	image image
	data  string
	calls chan func()
}

// newContainer makes a thread with mounts of its own, on which the processes are started, and ends it with the test.
func newContainer(t *testing.T, img image) *container {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("only root may change the root of a process")
	}
	c := &container{image: img, data: t.TempDir(), calls: make(chan func())}
	if err := errors.Join(os.Chmod(c.data, 0o755), os.Chown(c.data, imageUser, imageUser)); err != nil {
		t.Fatal(err)
	}
	mounted := make(chan error)
	var done sync.WaitGroup
	done.Go(func() {
		runtime.LockOSThread() // for ever: the thread with its mounts ends with the goroutine
		mounted <- c.mount()
		for call := range c.calls {
			call()
		}
	})
	t.Cleanup(func() {
		close(c.calls)
		done.Wait()
	})
	if err := <-mounted; err != nil {
		t.Fatalf("mount: %v", err)
	}
	return c
}

func (c *container) mount() error {
	root := c.image.root
	return errors.Join(
		syscall.Unshare(syscall.CLONE_NEWNS|syscall.CLONE_FS),
		syscall.Mount("none", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""),
		syscall.Mount(root, root, "", syscall.MS_BIND, ""),
		syscall.Mount("none", root, "", syscall.MS_REMOUNT|syscall.MS_BIND|syscall.MS_RDONLY, ""),
		syscall.Mount("tmpfs", filepath.Join(root, "tmp"), "tmpfs", syscall.MS_NOEXEC|syscall.MS_NOSUID|syscall.MS_NODEV, "size=64m,mode=1777"),
		syscall.Mount(c.data, filepath.Join(root, "data"), "", syscall.MS_BIND, ""),
	)
}

// command is a program of the image with its environment, and more.
func (c *container) command(env []string, args ...string) *exec.Cmd {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = "/"
	for key, value := range c.image.bill.env {
		cmd.Env = append(cmd.Env, key+"="+value)
	}
	cmd.Env = append(cmd.Env, env...) // the last one counts
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Chroot:     c.image.root,
		Credential: &syscall.Credential{Uid: imageUser, Gid: imageUser},
	}
	return cmd
}

// do runs f on the thread with the mounts.
func (c *container) do(f func() error) error {
	result := make(chan error)
	c.calls <- func() { result <- f() }
	return <-result
}

// log is a buffer that may be read while it is written.
type log struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

var listening = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// serve starts a server of the image, waits until it listens, and returns its address.
func (c *container) serve(t *testing.T, env []string, args ...string) string {
	t.Helper()
	output := &log{}
	cmd := c.command(env, append([]string{c.image.bill.entrypoint[0]}, args...)...)
	cmd.Stdout, cmd.Stderr = output, output
	if err := c.do(cmd.Start); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		if err := <-ended; err != nil {
			t.Errorf("%v ended with %v\n%s", args, err, output)
		}
	})
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if address := listening.FindString(output.String()); address != "" {
			return address
		}
		select {
		case err := <-ended:
			ended <- err
			t.Fatalf("%v ended at once", args)
		default:
		}
	}
	t.Fatalf("%v does not listen:\n%s", args, output)
	return ""
}

// output runs a command to its end and returns what it complains about.
func (c *container) output(cmd *exec.Cmd) (complaint string, err error) {
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	err = c.do(cmd.Run)
	return strings.TrimSpace(stderr.String()), err
}

// check runs the health check of the image.
func (c *container) check(address string) (complaint string, err error) {
	return c.output(c.command(nil, append(c.image.bill.health.Health.Test[1:], address)...))
}

func runConfined(t *testing.T, img image) {
	c := newContainer(t, img)
	t.Run("the chat app, which is healthy and keeps its data on the volume", func(t *testing.T) {
		address := c.serve(t, []string{"POMCHAT_LISTEN=127.0.0.1:0"}, img.bill.cmd...)
		if complaint, err := c.check(address); err != nil {
			t.Errorf("%v: %s", err, complaint)
		}
		info, err := os.Stat(filepath.Join(c.data, "pomchat.db"))
		if err != nil {
			t.Fatal(err)
		}
		compare(t, uint32(imageUser), info.Sys().(*syscall.Stat_t).Uid)
	})
	t.Run("Northwind, which is healthy", func(t *testing.T) {
		address := c.serve(t, []string{"POMCHAT_NORTHWIND_LISTEN=127.0.0.1:0"}, "northwind-mcp")
		if complaint, err := c.check(address); err != nil {
			t.Errorf("%v: %s", err, complaint)
		}
	})
	t.Run("no chat app for all the network without a gateway", func(t *testing.T) {
		cmd := c.command(nil, append(img.bill.entrypoint, img.bill.cmd...)...)
		if out, err := c.output(cmd); err == nil || !strings.Contains(out, "--listen must be a loopback address") {
			t.Errorf("%v: %s", err, out)
		}
	})
	t.Run("nothing that writes to the root", func(t *testing.T) {
		cmd := c.command([]string{"POMCHAT_LISTEN=127.0.0.1:0", "POMCHAT_DATA=/pomchat.db"}, "/pomchat", "serve")
		if out, err := c.output(cmd); err == nil || !strings.Contains(out, "--data") {
			t.Errorf("%v: %s", err, out)
		}
	})
	t.Run("a health check that sees a server that is gone, or mute", func(t *testing.T) {
		mute, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = mute.Close() })
		if complaint, err := c.check("http://" + mute.Addr().String()); err == nil || !strings.HasSuffix(complaint, "context deadline exceeded") {
			t.Errorf("mute: %v: %s", err, complaint)
		}
		_ = mute.Close()
		if complaint, err := c.check("http://" + mute.Addr().String()); err == nil || !strings.HasSuffix(complaint, "connection refused") {
			t.Errorf("gone: %v: %s", err, complaint)
		}
	})
}
