// Command deploycheck checks the folder deploy as far as that can be done without a
// cluster: the chart is linted and rendered with several values by Helm's own engine and
// read strictly as objects of Kubernetes, the compose files are loaded by the library of
// Compose, the rules by that of Prometheus with their tests of expressions, the container
// file by the parser and the linter of BuildKit. It is a module of its own: nothing of it
// is in the product.
package main

import (
	"fmt"
	"os"
)

func main() {
	top := "../../deploy"
	if len(os.Args) > 1 {
		top = os.Args[1]
	}
	failed := false
	for _, check := range []struct {
		what string
		run  func(top string) error
	}{{"chart", chart}, {"compose", composed}, {"rules", rules}, {"container file", container}} {
		if err := check.run(top); err != nil {
			failed = true
			fmt.Fprintf(os.Stderr, "%s: %v\n", check.what, err)
			continue
		}
		fmt.Println(check.what, "ok")
	}
	if failed {
		os.Exit(1)
	}
}
