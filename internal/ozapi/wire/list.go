package wire

import (
	"bytes"
	"context"
	"io"
)

// How many items of a list are read at once: firstRun before it is known how large they
// are, then as many as make runBytes of the answer, at most maxRun.
const (
	firstRun = 16
	maxRun   = 256
	runBytes = 1 << 20
)

// Frame is what stands before and behind the items of a list.
type Frame struct{ head, tail []byte }

// NewFrame makes a frame out of the whole answer without items: the last empty array in
// it is where they belong. field, where it is not empty, is one more at its end.
func NewFrame(empty any, field []byte) (Frame, error) {
	raw, err := Encode(empty)
	if err != nil {
		return Frame{}, err
	}
	at := bytes.LastIndex(raw, []byte("[]")) + 1
	f := Frame{raw[:at], bytes.Clone(raw[at:])}
	if len(field) > 0 {
		f.tail = AddField(f.tail, field)
	}
	return f, nil
}

// WriteList writes a list item by item, byte for byte as Encode writes it whole. next
// gives the items in runs of at most so many, until there are none; render makes views of
// a run.
func WriteList[T, V any](ctx context.Context, w io.Writer, f Frame, next func(context.Context, int) ([]T, error), render func([]T) ([]V, error)) error {
	if _, err := w.Write(f.head); err != nil {
		return err
	}
	l := items{w: w}
	for run, seen := firstRun, 0; ; {
		some, err := next(ctx, run)
		if err != nil {
			return err
		}
		if len(some) == 0 {
			_, err := w.Write(f.tail)
			return err
		}
		views, err := render(some)
		if err != nil {
			return err
		}
		for _, v := range views {
			if err := l.add(v); err != nil {
				return err
			}
		}
		seen += len(some)
		run = min(max(runBytes*seen/(l.written+1), 1), maxRun)
	}
}

// items are written one by one.
type items struct {
	w       io.Writer
	written int // bytes
}

func (l *items) add(item any) error {
	raw, err := Encode(item)
	if err != nil {
		return err
	}
	if l.written > 0 {
		if _, err := io.WriteString(l.w, ", "); err != nil {
			return err
		}
	}
	n, err := l.w.Write(raw)
	l.written += n
	return err
}
