package main

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/catalog"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/store"
)

// userCmd looks after users, with the server stopped.
type userCmd struct {
	List userListCmd `cmd:"" help:"List users."`
	Add  userAddCmd  `cmd:"" help:"Add a user, and a company where it does not exist; the password is read from standard input."`
}

type userListCmd struct{}

// Run prints a line per user.
func (userListCmd) Run(ctx context.Context, cfg *config.Config, log *slog.Logger) error {
	store, err := openStore(ctx, cfg, log)
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
	store, err := openStore(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer store.Close()
	authority, err := auth.New(store, auth.Options{Types: catalog.Types()})
	if err != nil {
		return err
	}
	u := bonafide.User{Email: c.Email, Type: c.Type}
	if c.Company != "" {
		if u.CompanyID, err = findCompany(ctx, store, c.Company); err != nil {
			return err
		}
	}
	fmt.Fprint(os.Stderr, "password: ")
	password, err := bufio.NewReader(os.Stdin).ReadString('\n')
	if err != nil {
		return fmt.Errorf("password: %w", err)
	}
	made, err := authority.CreateUser(ctx, u, strings.TrimRight(password, "\r\n"))
	if err != nil {
		return err
	}
	_, err = fmt.Println(made.ID)
	return err
}

// findCompany takes an id as it is and makes a company of any other name.
func findCompany(ctx context.Context, records store.Companies, name string) (bonafide.ID, error) {
	if id, err := bonafide.ParseID(name); err == nil {
		return id, nil
	}
	c := bonafide.Company{ID: bonafide.NewID(), Name: name}
	return c.ID, records.CreateCompany(ctx, &c)
}
