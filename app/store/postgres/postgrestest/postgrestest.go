// Package postgrestest runs a real PostgreSQL server for tests, on a free loopback port
// and with data that is thrown away.
package postgrestest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// Who may do everything on the server.
const (
	User     = "pomchat"
	Password = "open-sesame"
)

// Server is a PostgreSQL server. Its methods are for one goroutine.
type Server struct {
	Port    int
	bin     string // folder of the programs
	dir     string
	as      *syscall.SysProcAttr
	hold    io.WriteCloser // tells the running server how to end; see guard
	process *exec.Cmd
	made    atomic.Int64 // databases
	disk    string       // size of the disk at Disk; none if empty
}

// Start starts a server that ends with the test. Where there is no PostgreSQL the test is
// skipped; it fails in CI, which has to have one.
func Start(t testing.TB) *Server {
	t.Helper()
	s := Shared(t)
	t.Cleanup(s.Close)
	return s
}

// Shared is Start for a server that other tests use too: close it after the last of
// them. It ends with the process of the tests in any case.
func Shared(t testing.TB) *Server {
	t.Helper()
	s, err := New()
	if errors.Is(err, errNone) && os.Getenv("CI") == "" {
		t.Skipf("%v: `make postgres` installs it on Debian", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// StartWithDisk is Start for a server with a small disk of its own, for tablespaces: a
// folder whose size is as in mount(8) for tmpfs. Nobody but the server sees it. Where the
// test may not mount one, it is skipped.
func StartWithDisk(t testing.TB, size string) (s *Server, folder string) {
	t.Helper()
	if out, err := exec.Command("unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", os.TempDir()).CombinedOutput(); err != nil || os.Getuid() != 0 {
		t.Skipf("this test may not make a small disk (as root on Linux, it can): %v %s", err, out)
	}
	s = Start(t)
	if err := s.End("INT"); err != nil {
		t.Fatal(err)
	}
	s.disk = size
	if err := s.Begin(); err != nil {
		t.Fatal(err)
	}
	return s, filepath.Join(s.dir, "disk")
}

var errNone = errors.New("there is no PostgreSQL server on this machine")

// New starts a server. Close it.
func New() (*Server, error) {
	bin, err := find()
	if err != nil {
		return nil, err
	}
	s := &Server{bin: bin}
	if s.dir, err = os.MkdirTemp("", "pomchat-postgres-"); err != nil {
		return nil, err
	}
	if err := s.init(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(s.dir))
	}
	if err := s.Begin(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(s.dir))
	}
	return s, nil
}

// find returns the folder of the newest PostgreSQL's programs: POSTGRES_BIN, or where
// Debian has them, or on the path.
func find() (string, error) {
	debian, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	slices.SortFunc(debian, func(a, b string) int { return version(b) - version(a) })
	places := append([]string{os.Getenv("POSTGRES_BIN")}, debian...)
	if path, err := exec.LookPath("initdb"); err == nil {
		places = append(places, filepath.Dir(path))
	}
	for _, dir := range places {
		if _, err := os.Stat(filepath.Join(dir, "initdb")); dir != "" && err == nil {
			return dir, nil
		}
	}
	return "", errNone
}

func version(bin string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(bin)))
	return n
}

// init makes the data. PostgreSQL refuses root, who becomes somebody else.
func (s *Server) init() error {
	if os.Getuid() == 0 {
		other, err := user.Lookup("postgres")
		if err != nil {
			other, err = user.Lookup("nobody")
		}
		if err != nil {
			return err
		}
		uid, err1 := strconv.Atoi(other.Uid)
		gid, err2 := strconv.Atoi(other.Gid)
		if err := errors.Join(err1, err2, os.Chown(s.dir, uid, gid)); err != nil {
			return err
		}
		s.as = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	}
	init := s.command("sh", "-c", `umask 077; echo "$1" >password && exec "$0" --pgdata=data --username="$2" --pwfile=password --auth=scram-sha-256 --encoding=UTF8 --locale=C --no-sync --no-instructions`,
		filepath.Join(s.bin, "initdb"), Password, User)
	if out, err := init.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s.Port = l.Addr().(*net.TCPAddr).Port
	return l.Close()
}

func (s *Server) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.SysProcAttr = s.dir, s.as
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "PGPASSWORD=" + Password}
	return cmd
}

// guard runs a server until it reads the name of a signal, which ends it. The end of the
// test's process ends it too, as by a crash.
const guard = `"$@" & server=$!; read -r signal || signal=QUIT; kill -"$signal" $server; wait $server`

// mount makes the disk and becomes who runs the server.
const mount = `mkdir -p disk && mount -t tmpfs -o size="$0" tmpfs disk && chown "$1:$2" disk && uid=$1 gid=$2 && shift 2 && exec setpriv --reuid="$uid" --regid="$gid" --clear-groups "$@"`

// Begin starts the server, which must not be running, and waits until it is ready.
func (s *Server) Begin() error {
	line := []string{"-c", guard, "sh"}
	if s.disk != "" {
		line = append(line, "unshare", "--mount", "sh", "-c", mount, s.disk, strconv.Itoa(int(s.as.Credential.Uid)), strconv.Itoa(int(s.as.Credential.Gid)))
	}
	s.process = s.command("sh", append(line, filepath.Join(s.bin, "postgres"), "-D", "data",
		"-c", "port="+strconv.Itoa(s.Port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="+s.dir,
		"-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=60", "-c", "shared_buffers=64MB", "-c", "jit=off")...)
	if s.disk != "" {
		s.process.SysProcAttr = nil // it has to mount first
	}
	hold, err := s.process.StdinPipe()
	if err != nil {
		return err
	}
	said, err := s.process.StderrPipe()
	if err != nil {
		return err
	}
	if err := s.process.Start(); err != nil {
		return err
	}
	s.hold = hold
	ready := make(chan string, 1)
	go func() {
		var log strings.Builder
		for lines := bufio.NewScanner(said); lines.Scan(); {
			if log.Len() < 1<<16 {
				log.WriteString(lines.Text() + "\n")
			}
			if strings.Contains(lines.Text(), "ready to accept connections") {
				select {
				case ready <- "":
				default:
				}
			}
		}
		select {
		case ready <- log.String():
		default:
		}
	}()
	select {
	case trouble := <-ready:
		if trouble != "" {
			return fmt.Errorf("start PostgreSQL: %w\n%s", s.End("QUIT"), trouble)
		}
		return nil
	case <-time.After(time.Minute):
		return errors.Join(errors.New("PostgreSQL does not start"), s.End("QUIT"))
	}
}

// End ends the server by a signal and waits: INT hangs up, undoes what is going on and
// shuts down; QUIT is as a crash.
func (s *Server) End(signal string) error {
	_, err := io.WriteString(s.hold, signal+"\n")
	ended := s.process.Wait()
	if _, ok := errors.AsType[*exec.ExitError](ended); ok {
		ended = nil // as it has to be after QUIT
	}
	return errors.Join(err, ended)
}

// Close ends the server, if it runs, and removes its data.
func (s *Server) Close() {
	if s.process.ProcessState == nil {
		_ = s.End("QUIT")
	}
	_ = os.RemoveAll(s.dir)
}

// URL returns the URL of a database.
func (s *Server) URL(database string) string {
	u := url.URL{
		Scheme: "postgres", User: url.UserPassword(User, Password), Path: "/" + database,
		Host: net.JoinHostPort("127.0.0.1", strconv.Itoa(s.Port)), RawQuery: "sslmode=disable",
	}
	return u.String()
}

// Database makes an empty database and returns its URL.
func (s *Server) Database(t testing.TB) string {
	t.Helper()
	name := fmt.Sprintf("db%d", s.made.Add(1))
	s.Run(t, "postgres", "CREATE DATABASE "+name)
	return s.URL(name)
}

// Run runs SQL in a database, statement by statement, and returns what psql prints of it.
func (s *Server) Run(t testing.TB, database string, statements ...string) string {
	t.Helper()
	args := []string{"--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", "--dbname=" + s.URL(database)}
	for _, one := range statements {
		args = append(args, "--command="+one)
	}
	out, err := s.command(filepath.Join(s.bin, "psql"), args...).CombinedOutput()
	if err != nil {
		t.Fatalf("psql: %v\n%s", err, out)
	}
	return strings.TrimSpace(string(out))
}
