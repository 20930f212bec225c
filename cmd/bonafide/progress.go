package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/mattn/go-isatty"
)

const (
	barAfter = time.Second            // work that takes less shows no bar
	barEvery = 100 * time.Millisecond // between two drawings
	barWidth = 30
)

// progress gives a function that draws a bar on stderr, if that is a terminal
// and the work takes longer than a second. It removes the bar at the end. The
// function must be called from one goroutine at a time.
func progress(what string) func(done, total int) {
	if !isatty.IsTerminal(os.Stderr.Fd()) {
		return func(int, int) {}
	}
	start, drawn := time.Now(), time.Time{}
	return func(done, total int) {
		now := time.Now()
		switch {
		case done >= total && !drawn.IsZero():
			fmt.Fprint(os.Stderr, "\r\x1b[K")
		case done < total && now.Sub(start) > barAfter && now.Sub(drawn) > barEvery:
			drawn = now
			full := barWidth * done / total
			left := time.Duration(float64(now.Sub(start)) / float64(max(done, 1)) * float64(total-done))
			fmt.Fprintf(os.Stderr, "\r%s [%s%s] %d/%d, %s left\x1b[K", what,
				strings.Repeat("#", full), strings.Repeat(".", barWidth-full), done, total, left.Round(time.Second))
		}
	}
}
