package wire

import (
	"bytes"
	"context"
	"testing"

	"github.com/bonafide-id/bonafide"
)

func TestAListIsWrittenAsOneAnswer(t *testing.T) {
	type item struct {
		Name  string        `json:"name"`
		Empty []int         `json:"empty"`
		Meta  bonafide.Meta `json:"meta_data"`
	}
	all := []item{{"a, b: \"[]\"", []int{}, bonafide.Meta{"x": "<ё>"}}, {"", nil, nil}, {"c", []int{1, 2}, bonafide.Meta{}}}
	q := bonafide.Query{Offset: 3, Limit: -1}
	for n := range len(all) + 1 {
		for name, answer := range map[string]func([]item) any{
			"page":     func(i []item) any { return ViewPage(q, 7, i) },
			"no total": func(i []item) any { return ViewPage(q, -1, i) },
			"persons":  func(i []item) any { return ViewPersonPage(q, 7, i) },
			"array":    func(i []item) any { return i },
		} {
			want, err := Encode(answer(all[:n]))
			if err != nil {
				t.Fatal(err)
			}
			var got bytes.Buffer
			left := all[:n]
			next := func(_ context.Context, most int) ([]item, error) {
				some := left[:min(1, most, len(left))]
				left = left[len(some):]
				return some, nil
			}
			same := func(run []item) ([]item, error) { return run, nil }
			frame, err := NewFrame(answer([]item{}), nil)
			if err != nil {
				t.Fatal(err)
			}
			if err := WriteList(t.Context(), &got, frame, next, same); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got.Bytes(), want) {
				t.Errorf("%s of %d: %s, want %s", name, n, &got, want)
			}
		}
	}
}
