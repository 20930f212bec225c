package main

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"text/tabwriter"

	"golang.org/x/sys/unix"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/cmd/bonafide/storage"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/catalog"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/store"
)

// userCmd looks after users. The server may be running.
type userCmd struct {
	List     userListCmd     `cmd:"" help:"List users."`
	Add      userAddCmd      `cmd:"" help:"Add a user, and a company where it does not exist; the password is read from standard input."`
	Password userPasswordCmd `cmd:"" help:"Set another password of a user, which ends their sessions; it is read from standard input."`
	Disable  userDisableCmd  `cmd:"" help:"Keep a user from signing in, and end their sessions."`
	Enable   userEnableCmd   `cmd:"" help:"Let a user sign in again."`
}

type userListCmd struct{}

// Run prints a line per user.
func (userListCmd) Run(ctx context.Context, cfg *config.Config, log *slog.Logger) error {
	store, err := storage.OpenStore(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer store.Close()
	users, err := store.Users(ctx, bonafide.Scope{}, bonafide.Query{Limit: -1, OmitTotal: true, Sorting: []bonafide.Sort{{Field: "time_created"}}})
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tTYPE\tACTIVE\tCOMPANY\tE-MAIL")
	for _, u := range users.Items {
		fmt.Fprintf(w, "%s\t%s\t%t\t%s\t%s\n", u.ID, u.Type, u.Active, u.CompanyID, u.Email)
	}
	return w.Flush()
}

type userAddCmd struct {
	Email   string            `arg:"" help:"E-mail address, the login name."`
	Type    bonafide.UserType `help:"ADMIN, OPERATOR, CLIENT, CLIENT_ADMIN, CLIENT_OPERATOR or CLIENT_SERVICE." default:"CLIENT"`
	Company string            `help:"Company id; a new company of that name when it is none."`
}

// Run stores the user.
func (c *userAddCmd) Run(ctx context.Context, cfg *config.Config, log *slog.Logger) error {
	return withUsers(ctx, cfg, log, func(store storage.Store, authority *auth.Authority) error {
		password, err := askPassword(ctx)
		if err != nil {
			return err
		}
		u := bonafide.User{Email: c.Email, Type: c.Type}
		if c.Company != "" {
			if u.CompanyID, err = findCompany(ctx, store, c.Company); err != nil {
				return err
			}
		}
		made, err := authority.CreateUser(ctx, u, password)
		if err != nil {
			return err
		}
		_, err = fmt.Println(made.ID)
		return err
	})
}

type userPasswordCmd struct {
	Email string `arg:"" help:"E-mail address, the login name."`
}

// Run sets another password, which ends the user's sessions.
func (c *userPasswordCmd) Run(ctx context.Context, cfg *config.Config, log *slog.Logger) error {
	return withUsers(ctx, cfg, log, func(store storage.Store, authority *auth.Authority) error {
		if _, err := findUser(ctx, store, c.Email); err != nil { // before anybody types
			return err
		}
		password, err := askPassword(ctx)
		if err != nil {
			return err
		}
		return changeUser(ctx, store, authority, c.Email, auth.Change{Password: &password})
	})
}

type userDisableCmd struct {
	Email string `arg:"" help:"E-mail address, the login name."`
}

// Run keeps the user from signing in and ends their sessions.
func (c *userDisableCmd) Run(ctx context.Context, cfg *config.Config, log *slog.Logger) error {
	return withUsers(ctx, cfg, log, func(store storage.Store, authority *auth.Authority) error {
		return changeUser(ctx, store, authority, c.Email, auth.Change{Active: new(false)})
	})
}

type userEnableCmd struct {
	Email string `arg:"" help:"E-mail address, the login name."`
}

// Run lets the user sign in again.
func (c *userEnableCmd) Run(ctx context.Context, cfg *config.Config, log *slog.Logger) error {
	return withUsers(ctx, cfg, log, func(store storage.Store, authority *auth.Authority) error {
		return changeUser(ctx, store, authority, c.Email, auth.Change{Active: new(true)})
	})
}

// withUsers opens the store for do.
func withUsers(ctx context.Context, cfg *config.Config, log *slog.Logger, do func(storage.Store, *auth.Authority) error) error {
	store, err := storage.OpenStore(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer store.Close()
	authority, err := auth.New(store, auth.Options{Types: catalog.Types()})
	if err != nil {
		return err
	}
	return do(store, authority)
}

// changeUser changes the user of an e-mail address.
func changeUser(ctx context.Context, store storage.Store, authority *auth.Authority, email string, change auth.Change) error {
	u, err := findUser(ctx, store, email)
	if err != nil {
		return err
	}
	_, err = authority.ChangeUser(ctx, &auth.Caller{}, bonafide.Scope{}, u.ID, change)
	return err
}

func findUser(ctx context.Context, store storage.Store, email string) (*bonafide.User, error) {
	return store.UserByEmail(ctx, strings.ToLower(strings.TrimSpace(email)))
}

// askPassword reads a password from standard input.
func askPassword(ctx context.Context) (string, error) {
	fmt.Fprint(os.Stderr, "password: ")
	password, err := readHidden(ctx, os.Stdin)
	if err != nil {
		return "", fmt.Errorf("password: %w", err)
	}
	return password, nil
}

// readHidden reads a line. A terminal does not show what is typed, and shows again what
// comes after it, also where ctx ends meanwhile.
func readHidden(ctx context.Context, f *os.File) (string, error) {
	fd := int(f.Fd())
	if mode, err := unix.IoctlGetTermios(fd, unix.TCGETS); err == nil {
		hidden := *mode
		hidden.Lflag = hidden.Lflag&^unix.ECHO | unix.ECHONL
		if err := unix.IoctlSetTermios(fd, unix.TCSETS, &hidden); err != nil {
			return "", err
		}
		defer func() { _ = unix.IoctlSetTermios(fd, unix.TCSETS, mode) }()
	}
	read := make(chan error, 1)
	var line string
	go func() {
		var err error
		line, err = bufio.NewReader(f).ReadString('\n')
		read <- err
	}()
	select {
	case err := <-read:
		return strings.TrimRight(line, "\r\n"), err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// findCompany takes an id as it is and makes a company of any other name.
func findCompany(ctx context.Context, records store.Companies, name string) (bonafide.ID, error) {
	if id, err := bonafide.ParseID(name); err == nil {
		return id, nil
	}
	c := bonafide.Company{ID: bonafide.NewID(), Name: name}
	return c.ID, records.CreateCompany(ctx, &c)
}
