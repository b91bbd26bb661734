// Package pgserver runs a private PostgreSQL server for tests: fresh, on loopback, gone afterwards.
//
// It downloads nothing. The server binaries come from $PG_BIN, from Debian's folder or from PATH; where there are none and
// the caller is root on Debian, Install fetches the distribution's package, and otherwise says which command would.
package pgserver

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// ErrMissing says that this machine has no PostgreSQL server binaries.
var ErrMissing = errors.New("no PostgreSQL server binaries (initdb, postgres) in $PG_BIN, /usr/lib/postgresql/*/bin or PATH")

// InstallCommand is what a person would type to get the binaries on Debian or Ubuntu.
const InstallCommand = "sudo apt-get update && sudo apt-get install -y --no-install-recommends postgresql"

// Find returns the folder that holds both initdb and postgres, the newest version first; ErrMissing when there is none.
func Find() (string, error) {
	var dirs []string
	if dir := os.Getenv("PG_BIN"); dir != "" {
		dirs = append(dirs, dir)
	}
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin"} {
		found, _ := filepath.Glob(pattern)
		for i := len(found) - 1; i >= 0; i-- { // glob sorts upwards; versions of one packager have the same width
			dirs = append(dirs, found[i])
		}
	}
	dirs = append(dirs, filepath.SplitList(os.Getenv("PATH"))...)
	for _, dir := range dirs {
		// A wrapper in PATH may stand in for the real folder: follow it, because initdb looks for postgres beside itself.
		real, err := filepath.EvalSymlinks(filepath.Join(dir, "initdb"))
		if err != nil {
			continue
		}
		bin := filepath.Dir(real)
		if runnable(filepath.Join(bin, "initdb")) && runnable(filepath.Join(bin, "postgres")) {
			return bin, nil
		}
	}
	return "", ErrMissing
}

func runnable(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.IsDir() && info.Mode()&0o111 != 0
}

// Install puts the Debian package on this machine when the caller is root there. Anywhere else it fails with the command to type.
func Install(ctx context.Context) error {
	if os.Geteuid() != 0 || !isDebian() {
		return fmt.Errorf("%w; install it with: %s", ErrMissing, InstallCommand)
	}
	// Without this the package would start a server of its own, which nobody asked for.
	const policy = "/usr/sbin/policy-rc.d"
	if _, err := os.Lstat(policy); errors.Is(err, os.ErrNotExist) {
		if os.WriteFile(policy, []byte("#!/bin/sh\nexit 101\n"), 0o755) == nil {
			defer os.Remove(policy)
		}
	}
	for _, args := range [][]string{{"update"}, {"install", "-y", "--no-install-recommends", "postgresql"}} {
		cmd := exec.CommandContext(ctx, "apt-get", args...)
		cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("apt-get %s: %w\n%s", strings.Join(args, " "), err, tail(out))
		}
	}
	return nil
}

func isDebian() bool {
	_, err := os.Stat("/etc/debian_version")
	return err == nil
}

// Server is a running PostgreSQL whose data lives in a temporary folder.
type Server struct {
	// DSN connects to the database "postgres" as the superuser.
	DSN string

	dir  string
	cmd  *exec.Cmd
	done chan struct{}
	log  *bytes.Buffer
	once sync.Once
}

// Start initialises a cluster and waits until it takes connections. Durability is off on purpose: it is for tests only.
func Start(ctx context.Context) (*Server, error) {
	bin, err := Find()
	if err != nil {
		return nil, err
	}
	// Straight under a short folder: the path of the Unix socket has a limit of about a hundred bytes.
	dir, err := os.MkdirTemp(roomFor(), "jiebang-pg-")
	if err != nil {
		return nil, fmt.Errorf("folder for PostgreSQL: %w", err)
	}
	sweep()
	owner := []byte(strconv.Itoa(os.Getpid()))
	if err := os.WriteFile(filepath.Join(dir, "owner"), owner, 0o600); err != nil {
		return nil, fmt.Errorf("folder for PostgreSQL: %w", err)
	}
	s := &Server{dir: dir, done: make(chan struct{}), log: new(bytes.Buffer)}
	if err := s.start(ctx, bin); err != nil {
		s.Stop()
		return nil, err
	}
	return s, nil
}

func (s *Server) start(ctx context.Context, bin string) error {
	cred, env, err := s.unprivileged()
	if err != nil {
		return err
	}
	data := filepath.Join(s.dir, "data")

	initdb := exec.CommandContext(ctx, filepath.Join(bin, "initdb"),
		"-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
	initdb.Dir, initdb.Env, initdb.SysProcAttr = s.dir, env, procAttr(cred)
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, tail(out))
	}

	port, err := freePort()
	if err != nil {
		return err
	}
	s.cmd = exec.Command(filepath.Join(bin, "postgres"), "-D", data, "-p", strconv.Itoa(port), "-k", s.dir,
		"-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200",
		"-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off",
		"-c", "wal_level=minimal", "-c", "max_wal_size=256MB", "-c", "max_wal_senders=0", "-c", "autovacuum=off", "-c", "timezone=UTC")
	s.cmd.Dir, s.cmd.Env, s.cmd.SysProcAttr = s.dir, env, procAttr(cred)
	s.cmd.Stdout, s.cmd.Stderr = s.log, s.log

	started := make(chan error, 1)
	go func() {
		// The parent-death signal belongs to the thread that forks, so that thread must live as long as the server does.
		runtime.LockOSThread()
		defer close(s.done)
		err := s.cmd.Start()
		started <- err
		if err == nil {
			_ = s.cmd.Wait() // the answer is in the log
		}
	}()
	if err := <-started; err != nil {
		return fmt.Errorf("start postgres: %w", err)
	}

	s.DSN = fmt.Sprintf("postgres://postgres@127.0.0.1:%d/postgres?sslmode=disable", port)
	return s.ready(ctx, port)
}

// ready polls until the server answers a start-up packet: an open port alone is not enough while it recovers.
func (s *Server) ready(ctx context.Context, port int) error {
	ctx, cancel := context.WithTimeout(ctx, 60*time.Second)
	defer cancel()
	for {
		if accepts(ctx, port) {
			return nil
		}
		select {
		case <-s.done:
			return fmt.Errorf("postgres stopped at start-up:\n%s", tail(s.log.Bytes()))
		case <-ctx.Done():
			return fmt.Errorf("postgres not ready: %w", ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// accepts sends the smallest possible start-up message and asks for an answer that begins with R, "authentication".
func accepts(ctx context.Context, port int) bool {
	conn, err := (&net.Dialer{Timeout: time.Second}).DialContext(ctx, "tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return false
	}
	defer conn.Close()
	body := "\x00\x03\x00\x00user\x00postgres\x00database\x00postgres\x00\x00"
	message := append([]byte{0, 0, 0, byte(len(body) + 4)}, body...)
	if _, err := conn.Write(message); err != nil {
		return false
	}
	answer := make([]byte, 1)
	if _, err := conn.Read(answer); err != nil {
		return false
	}
	_, _ = conn.Write([]byte{'X', 0, 0, 0, 4}) // a polite goodbye keeps the log clean
	return answer[0] == 'R'
}

// Stop ends the server at once and removes its folder. It may be called twice.
func (s *Server) Stop() {
	s.once.Do(func() {
		if s.cmd != nil && s.cmd.Process != nil {
			_ = s.cmd.Process.Signal(syscall.SIGQUIT) // immediate shutdown: nothing here is worth a checkpoint
			select {
			case <-s.done:
			case <-time.After(10 * time.Second):
				_ = s.cmd.Process.Kill()
				<-s.done
			}
		}
		_ = os.RemoveAll(s.dir)
	})
}

// sweep removes the folders of servers whose owner was killed before he could: the kernel ended the server, but nobody removed its data.
func sweep() {
	onDisk, _ := filepath.Glob("/tmp/jiebang-pg-*/owner")
	inMemory, _ := filepath.Glob("/dev/shm/jiebang-pg-*/owner")
	for _, file := range append(onDisk, inMemory...) {
		b, err := os.ReadFile(file)
		if err != nil {
			continue // somebody else's
		}
		pid, err := strconv.Atoi(string(b))
		if err == nil && pid > 0 && errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
			_ = os.RemoveAll(filepath.Dir(file))
		}
	}
}

// unprivileged finds somebody other than root to run as, because postgres refuses root, and hands him the folder.
func (s *Server) unprivileged() (*syscall.Credential, []string, error) {
	env := []string{"PATH=" + os.Getenv("PATH"), "HOME=" + s.dir, "TZ=UTC", "LC_ALL=C.UTF-8"}
	if os.Geteuid() != 0 {
		return nil, env, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err1 != nil || err2 != nil {
			continue
		}
		if err := os.Chown(s.dir, int(uid), int(gid)); err != nil {
			return nil, nil, fmt.Errorf("hand %s to %s: %w", s.dir, name, err)
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, env, nil
	}
	return nil, nil, errors.New("postgres refuses to run as root, and there is no user postgres or nobody to run it as")
}

// freePort asks the kernel for a port and gives it back. Somebody else may take it in between; Start then fails and says so.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("free port: %w", err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

func tail(out []byte) string {
	const most = 4000
	out = bytes.TrimSpace(out)
	if len(out) > most {
		out = out[len(out)-most:]
	}
	return string(out)
}
