// Command testpg runs another command with a private PostgreSQL beside it.
//
//	go run ./internal/testpg -- go test ./...
//
// The command sees TEST_POSTGRES_DSN and REQUIRE_POSTGRES=1. The server and its data go when the command ends, and with them every
// database the tests made. A TEST_POSTGRES_DSN that is set already wins: then no server is started.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"jiebang/internal/pgserver"
)

func main() {
	os.Exit(run(os.Args[1:]))
}

func run(args []string) int {
	pgserver.FollowParent()
	if len(args) > 0 && args[0] == "--" {
		args = args[1:]
	}
	if len(args) == 0 {
		fmt.Fprintln(os.Stderr, "usage: go run ./internal/testpg -- COMMAND [ARGUMENT…]")
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()

	env := append(os.Environ(), "REQUIRE_POSTGRES=1")
	if os.Getenv("TEST_POSTGRES_DSN") == "" {
		s, err := start(ctx)
		if err != nil {
			fmt.Fprintln(os.Stderr, "testpg:", err)
			return 1
		}
		defer s.Stop()
		env = append(env, "TEST_POSTGRES_DSN="+s.DSN)
	}
	return command(ctx, env, args)
}

func start(ctx context.Context) (*pgserver.Server, error) {
	s, err := pgserver.Start(ctx)
	if !errors.Is(err, pgserver.ErrMissing) {
		return s, err
	}
	if err := pgserver.Install(ctx); err != nil {
		return nil, err
	}
	return pgserver.Start(ctx)
}

// command passes a signal on as SIGTERM, waits for the command in any case, and answers with its exit code.
func command(ctx context.Context, env, args []string) int {
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Env, cmd.Stdin, cmd.Stdout, cmd.Stderr = env, os.Stdin, os.Stdout, os.Stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	err := cmd.Run()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		if code := exit.ExitCode(); code > 0 {
			return code
		}
		return 130 // ended by a signal
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "testpg:", err)
		return 1
	}
	return 0
}
