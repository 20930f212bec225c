package main

import (
	"context"
	"log/slog"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/bonafide-id/bonafide/cmd/bonafide/storage"
	"github.com/bonafide-id/bonafide/internal/auth"
)

// typed runs a command of the program that reads a line from standard input.
func typed(line string, args ...string) (string, error) {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), serveEnv+"=1")
	cmd.Stdin = strings.NewReader(line)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func TestALostPasswordIsSetAndUsersAreDisabledByCommand(t *testing.T) {
	data := dataOf(t)
	ask := func(line string, args ...string) {
		t.Helper()
		if out, err := typed(line, append(args, "--data", data)...); err != nil {
			t.Fatal(args, err, out)
		}
	}
	store, err := storage.OpenStore(t.Context(), configOn(data), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	authority, err := auth.New(store, auth.Options{})
	if err != nil {
		t.Fatal(err)
	}
	opens := func(password string, want bool) {
		t.Helper()
		if got, err := authority.Opens(t.Context(), "clerk@example.org", password); err != nil || got != want {
			t.Errorf("%s opens: %t, %v", password, got, err)
		}
	}
	ask("a first password\n", "user", "add", "boss@example.org", "--type", "ADMIN")
	ask("a first password\n", "user", "add", "clerk@example.org", "--type", "OPERATOR")
	grant, err := authority.SignIn(t.Context(), "clerk@example.org", "a first password", auth.Origin{})
	if err != nil {
		t.Fatal(err)
	}
	ask("another password\n", "user", "password", " Clerk@Example.org")
	opens("a first password", false)
	opens("another password", true)
	if _, err := authority.Authenticate(t.Context(), grant.AccessToken); err == nil {
		t.Error("a session outlives the password")
	}
	ask("", "user", "disable", "clerk@example.org")
	opens("another password", false)
	ask("", "user", "enable", "clerk@example.org")
	opens("another password", true)
	if out, err := typed("", "user", "disable", "boss@example.org", "--data", data); err == nil || !strings.Contains(out, "last administrator") {
		t.Errorf("the last administrator: %v, %s", err, out)
	}
	if out, err := typed("x\n", "user", "password", "nobody@example.org", "--data", data); err == nil || strings.Contains(out, "password:") {
		t.Errorf("nobody: %v, %s", err, out)
	}
}

// terminal makes a pair of files: what is typed into one is read from the other, a
// terminal.
func terminal(t *testing.T) (typing, screen *os.File) {
	t.Helper()
	typing, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skip("SKIPPED: no terminals here")
	}
	t.Cleanup(func() { typing.Close() })
	n, err := unix.IoctlGetInt(int(typing.Fd()), unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(int(typing.Fd()), unix.TIOCSPTLCK, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
	screen, err = os.OpenFile("/dev/pts/"+strconv.Itoa(n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { screen.Close() })
	return typing, screen
}

func echoes(t *testing.T, f *os.File) bool {
	t.Helper()
	mode, err := unix.IoctlGetTermios(int(f.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	return mode.Lflag&unix.ECHO != 0
}

func TestATerminalDoesNotShowAPassword(t *testing.T) {
	typing, screen := terminal(t)
	type answer struct {
		line string
		err  error
	}
	read := func(ctx context.Context) chan answer {
		got := make(chan answer, 1)
		go func() {
			line, err := readHidden(ctx, screen)
			got <- answer{line, err}
		}()
		for end := time.Now().Add(30 * time.Second); echoes(t, screen); time.Sleep(time.Millisecond) {
			if time.Now().After(end) {
				t.Fatal("the terminal shows what is typed")
			}
		}
		return got
	}
	got := read(t.Context())
	if _, err := typing.WriteString("secret word\n"); err != nil {
		t.Fatal(err)
	}
	if a := <-got; a.err != nil || a.line != "secret word" {
		t.Errorf("read %+v", a)
	}
	if !echoes(t, screen) {
		t.Error("the terminal stays silent")
	}
	ctx, cancel := context.WithCancel(t.Context())
	got = read(ctx)
	cancel()
	if a := <-got; a.err == nil || !echoes(t, screen) {
		t.Errorf("given up: %+v, and the terminal stays silent", a)
	}
}
