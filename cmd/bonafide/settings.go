package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/bonafide-id/bonafide/internal/spell"
)

// settings reads the configuration file, and knows where a value came from.
type settings struct {
	args   []string
	path   string         // of the file; empty without one
	values map[string]any // of the file, by name of the flag
}

// read reads a configuration file. Kong would let it win over the environment, so a
// flag whose variable is set is left alone here. A name that is no flag is an error: a
// misspelt limit must not be a limit that is not there.
func (s *settings) read(r io.Reader) (kong.Resolver, error) {
	s.path = "the configuration file"
	if f, ok := r.(*os.File); ok {
		s.path = f.Name()
	}
	if err := json.NewDecoder(r).Decode(&s.values); err != nil {
		return nil, fmt.Errorf("%s: want a JSON object of settings: %w", s.path, err)
	}
	return s, nil
}

// Validate refuses names that are no flag of any command.
func (s *settings) Validate(app *kong.Application) error {
	known := []string{}
	visitFlags(app, func(f *kong.Flag) { known = append(known, f.Name) })
	for name := range s.values {
		if !slices.Contains(known, name) {
			return fmt.Errorf("%s: there is no setting %q%s", s.path, name, suggestion(name, known))
		}
	}
	return nil
}

// Resolve gives the file's value of a flag, nil if it has none.
func (s *settings) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	for _, env := range flag.Envs {
		if _, set := os.LookupEnv(env); set {
			return nil, nil
		}
	}
	return s.values[flag.Name], nil
}

var flagName = regexp.MustCompile(`--([a-z][a-z-]*[a-z])`)

// explain words an error of the command line in one sentence, and adds where the value
// of the setting that it names came from.
func (s *settings) explain(app *kong.Application, err error) string {
	text, _, _ := strings.Cut(err.Error(), " (from envar ")
	text = strings.TrimPrefix(text, "serve: ")
	found := flagName.FindStringSubmatch(text)
	if found == nil {
		return text
	}
	var envs []string
	visitFlags(app, func(f *kong.Flag) {
		if f.Name == found[1] {
			envs = f.Envs
		}
	})
	if slices.ContainsFunc(s.args, func(arg string) bool { return arg == found[0] || strings.HasPrefix(arg, found[0]+"=") }) {
		return text
	}
	for _, env := range envs {
		if _, set := os.LookupEnv(env); set {
			return text + " (from the variable " + env + ")"
		}
	}
	if _, set := s.values[found[1]]; set {
		return text + " (from " + s.path + ")"
	}
	return text
}

// visitFlags goes through the flags of all commands.
func visitFlags(app *kong.Application, visit func(*kong.Flag)) {
	_ = kong.Visit(app, func(n kong.Visitable, next kong.Next) error {
		if flag, ok := n.(*kong.Flag); ok {
			visit(flag)
		}
		return next(nil)
	})
}

// Variables that are none of ours to read, and no mistake.
var (
	// What Kubernetes tells every container about a service of this name.
	serviceName  = regexp.MustCompile(`^BONAFIDE(_[A-Z0-9]+)*_(SERVICE_(HOST|PORT(_[A-Z0-9_]+)?)|PORT(_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)$`)
	servicePort  = regexp.MustCompile(`^[a-z]+://`)
	testVariable = regexp.MustCompile(`^BONAFIDE_(TEST_[A-Z_]+|SHARED|NPM|UPDATE|KEEP_REPORT)$`)
)

// checkEnvironment refuses variables that look like settings and are none.
func checkEnvironment(app *kong.Application, environ []string) error {
	var known []string
	visitFlags(app, func(f *kong.Flag) { known = append(known, f.Envs...) })
	var faults []error
	for _, pair := range environ {
		name, value, _ := strings.Cut(pair, "=")
		if !strings.HasPrefix(strings.ToUpper(name), "BONAFIDE_") || slices.Contains(known, name) || testVariable.MatchString(name) {
			continue
		}
		if serviceName.MatchString(name) && (!strings.HasSuffix(name, "_PORT") || strings.Contains(name, "_SERVICE_") ||
			strings.Contains(name, "_TCP_") || strings.Contains(name, "_UDP_") || servicePort.MatchString(value)) {
			continue
		}
		faults = append(faults, fmt.Errorf("the variable %s is no setting%s", name, suggestion(name, known)))
	}
	return errors.Join(faults...)
}

// suggestion names the known word that was probably meant. What all variables begin with
// makes no two of them alike.
func suggestion(word string, known []string) string {
	const prefix = "BONAFIDE_"
	bare := make([]string, len(known))
	for i, k := range known {
		bare[i] = strings.TrimPrefix(k, prefix)
	}
	nearest := spell.Nearest(strings.TrimPrefix(word, prefix), bare)
	if nearest == "" {
		return ""
	}
	return "; did you mean " + known[slices.Index(bare, nearest)] + "?"
}
