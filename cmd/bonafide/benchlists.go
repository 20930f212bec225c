package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/client"
	"github.com/bonafide-id/bonafide/cmd/bonafide/storage"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/bench"
	"github.com/bonafide-id/bonafide/internal/catalog"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/eval"
	"github.com/bonafide-id/bonafide/internal/ozapi"
)

// benchListsCmd measures how lists grow slower with the number of folders.
type benchListsCmd struct {
	Folders int    `help:"Folders of the large database." default:"1000000"`
	Among   int    `help:"Folders of the small database." default:"1000"`
	Repeats int    `help:"Measurements per question." default:"200"`
	Few     string `help:"PostgreSQL database of the small one, where --db names that of the large one; both are made beforehand and kept."`
	Keep    string `help:"Folder that keeps the large database for the next run; empty takes a temporary one." type:"path"`
}

// Run fills two databases, serves both from this process and asks them in turn.
func (c *benchListsCmd) Run(ctx context.Context, cfg *config.Config) error {
	if c.Among < 1000 || c.Folders < c.Among || c.Repeats < 1 {
		return bonafide.Errorf(bonafide.CodeValue, "at least 1000 folders and 1 repeat are needed")
	}
	if (cfg.DB == "") != (c.Few == "") {
		return bonafide.Errorf(bonafide.CodeValue, "--db and --few name two databases, or neither is set")
	}
	temp, err := os.MkdirTemp("", "bonafide-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	large := filepath.Join(temp, "many")
	if c.Keep != "" {
		large = c.Keep
	}
	l := bench.Lists{FewN: c.Among, ManyN: c.Folders, Repeats: c.Repeats}
	var closeFew, closeMany func()
	small := *cfg
	small.DB = c.Few
	if l.Few, closeFew, err = filledServer(ctx, &small, filepath.Join(temp, "few"), c.Among); err != nil {
		return err
	}
	defer closeFew()
	if l.Many, closeMany, err = filledServer(ctx, cfg, large, c.Folders); err != nil {
		return err
	}
	defer closeMany()
	times, err := l.Run(ctx)
	if err != nil {
		return err
	}
	return printTables(os.Stdout, []eval.Table{listsTable(times, c)})
}

// filledServer serves what can be read from a database with n folders of one
// company, which is filled where it is new.
func filledServer(ctx context.Context, cfg *config.Config, data string, n int) (*client.Client, func(), error) {
	own := *cfg
	own.Data = data
	store, err := storage.OpenStore(ctx, &own, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, nil, err
	}
	closeStore := func() { _ = store.Close() }
	api, closeServer, err := filledAPI(ctx, store, n)
	if err != nil {
		closeStore()
		return nil, nil, err
	}
	return api, func() { closeServer(); closeStore() }, nil
}

func filledAPI(ctx context.Context, store storage.Store, n int) (*client.Client, func(), error) {
	authority, err := auth.New(store, auth.Options{Types: catalog.Types(), TTL: 24 * time.Hour})
	if err != nil {
		return nil, nil, err
	}
	const email = "bench@bonafide.invalid"
	password := bonafide.NewSecret(16)
	if err := fillOnce(ctx, store, authority, email, password, n); err != nil {
		return nil, nil, err
	}
	srv := httptest.NewServer(ozapi.New(ozapi.Config{Version: version}, ozapi.Deps{Authority: authority, Records: store}))
	api := client.New(srv.URL, nil)
	if err := api.SignIn(ctx, email, password); err != nil {
		srv.Close()
		return nil, nil, err
	}
	return api, srv.Close, nil
}

// fillOnce makes a company with n folders and a CLIENT_ADMIN, or gives that of an
// earlier run the new password.
func fillOnce(ctx context.Context, store storage.Store, authority *auth.Authority, email, password string, n int) error {
	all := bonafide.Scope{}
	page, err := store.Folders(ctx, all, bonafide.Query{Limit: 0})
	if err != nil {
		return err
	}
	if page.Total != 0 {
		if page.Total != n {
			return bonafide.Errorf(bonafide.CodeValue, "the kept database holds %d folders, not %d", page.Total, n)
		}
		u, err := store.UserByEmail(ctx, email)
		if err != nil {
			return err
		}
		_, err = authority.ChangeUser(ctx, &auth.Caller{}, all, u.ID, auth.Change{Password: &password})
		return err
	}
	company := &bonafide.Company{ID: bonafide.NewID(), Name: "bench"}
	if err := store.CreateCompany(ctx, company); err != nil {
		return err
	}
	user := bonafide.User{Email: email, Type: bonafide.ClientAdmin, CompanyID: company.ID}
	if _, err := authority.CreateUser(ctx, user, password); err != nil {
		return err
	}
	return bench.Fill(ctx, store, company.ID, n, progress("filling"))
}

// listsTable puts the ratios beside what they ought to be.
func listsTable(times []bench.ListTimes, c *benchListsCmd) eval.Table {
	t := eval.Table{
		Title:   "Lists, medians over HTTP, asked in turn",
		Columns: []string{"question", fmt.Sprintf("%d folders", c.Among), fmt.Sprintf("%d folders", c.Folders), "ratio", "goal", "met"},
	}
	ms := func(d time.Duration) string { return fmt.Sprintf("%.2f ms", float64(d)/float64(time.Millisecond)) }
	for _, q := range times {
		met := "NO"
		if q.Ratio() <= 2 {
			met = "yes"
		}
		t.Rows = append(t.Rows, []string{q.Question, ms(q.Few), ms(q.Many), fmt.Sprintf("%.2f", q.Ratio()), "<= 2", met})
	}
	return t
}
