package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/rulefmt"
	promql "github.com/prometheus/prometheus/promql/parser"
)

// composed loads each compose file, as `docker compose config` does.
func composed(top string) error {
	files, err := filepath.Glob(filepath.Join(top, "compose", "*.yaml"))
	if err != nil || len(files) < 2 {
		return fmt.Errorf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		o, err := cli.NewProjectOptions([]string{file}, cli.WithName("bonafide"), cli.WithEnv([]string{"POSTGRES_PASSWORD=x", "S3_SECRET=y"}))
		if err != nil {
			return err
		}
		p, err := o.LoadProject(context.Background())
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if len(p.Services) == 0 {
			return fmt.Errorf("%s: no service", file)
		}
	}
	return nil
}

// rules reads the rules of Prometheus with all their expressions and templates.
func rules(top string) error {
	file := filepath.Join(top, "prometheus", "rules.yaml")
	groups, errs := rulefmt.ParseFile(file, false, model.UTF8Validation, promql.NewParser(promql.Options{}), slog.New(slog.DiscardHandler))
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	if len(groups.Groups) == 0 {
		return errors.New("there are none")
	}
	return nil
}

// container reads the container file, and wants no warning of BuildKit's linter.
func container(top string) error {
	raw, err := os.ReadFile(filepath.Join(top, "container", "Containerfile"))
	if err != nil {
		return err
	}
	parsed, err := parser.Parse(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	var told []error
	lint := linter.New(&linter.Config{Warn: func(rule, _, _, message string, at []parser.Range) {
		told = append(told, fmt.Errorf("%s: %s", rule, message))
	}})
	stages, _, err := instructions.Parse(parsed.AST, lint)
	if err != nil {
		return err
	}
	for _, w := range parsed.Warnings {
		told = append(told, errors.New(w.Short))
	}
	last := stages[len(stages)-1]
	user := ""
	for _, c := range last.Commands {
		if u, ok := c.(*instructions.UserCommand); ok {
			user = u.User
		}
	}
	if user == "" || user == "root" || user == "0" {
		told = append(told, errors.New("the last stage runs as root"))
	}
	return errors.Join(told...)
}
