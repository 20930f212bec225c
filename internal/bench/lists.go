package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strconv"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/client"
)

// Lists asks two servers the same, turn by turn: one with few folders, one with
// many. Folder number i of each has the transaction_id "fill-i".
type Lists struct {
	Few, Many   *client.Client
	FewN, ManyN int
	Repeats     int
}

// ListTimes are the medians of one question.
type ListTimes struct {
	Question  string
	Few, Many time.Duration
}

// Ratio is the time among many folders by that among few.
func (t ListTimes) Ratio() float64 { return float64(t.Many) / float64(t.Few) }

// Run measures. An answer without what was asked for is an error.
func (l *Lists) Run(ctx context.Context) ([]ListTimes, error) {
	var out []ListTimes
	for _, q := range []struct {
		name string
		ask  func(context.Context, *client.Client, int) error
	}{
		{"newest 100 with analyses", newest},
		{"by transaction_id", byTransaction},
		{"newest 50 of a common reason", byReason(commonReason, 50)},
		{"newest 50 of a rare reason", byReason(rareReason, 50)},
		{"read one", readOne()},
	} {
		t, err := l.turns(ctx, q.ask)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", q.name, err)
		}
		t.Question = q.name
		out = append(out, t)
	}
	return out, nil
}

func (l *Lists) turns(ctx context.Context, ask func(context.Context, *client.Client, int) error) (ListTimes, error) {
	var few, many []time.Duration
	for i := range l.Repeats + warmUp {
		for _, side := range []struct {
			api  *client.Client
			n    int
			into *[]time.Duration
		}{{l.Few, l.FewN, &few}, {l.Many, l.ManyN, &many}} {
			start := time.Now()
			if err := ask(ctx, side.api, side.n); err != nil {
				return ListTimes{}, err
			}
			if i >= warmUp {
				*side.into = append(*side.into, time.Since(start))
			}
		}
	}
	return ListTimes{Few: middle(few), Many: middle(many)}, nil
}

func newest(ctx context.Context, api *client.Client, n int) error {
	page, err := api.Folders(ctx, url.Values{"with_analyses": {"true"}, "limit": {"100"}})
	if err != nil {
		return err
	}
	if len(page.Items) != 100 || page.Total == nil || *page.Total != n || len(page.Items[0].Analyses) != 2 {
		return bonafide.Errorf(bonafide.CodeUnknown, "the list is not the newest 100 of %d", n)
	}
	return nil
}

func byTransaction(ctx context.Context, api *client.Client, n int) error {
	id := fmt.Sprintf("fill-%d", rand.IntN(n))
	page, err := api.Folders(ctx, url.Values{"meta_data": {"transaction_id==" + id}, "with_analyses": {"true"}})
	if err != nil {
		return err
	}
	if len(page.Items) != 1 || page.Items[0].Meta["transaction_id"] != id {
		return bonafide.Errorf(bonafide.CodeUnknown, "%d folders of transaction %s", len(page.Items), id)
	}
	return nil
}

// byReason asks for the newest folders that were declined for a reason, as a page shows them.
func byReason(code string, most int) func(context.Context, *client.Client, int) error {
	return func(ctx context.Context, api *client.Client, _ int) error {
		page, err := api.Folders(ctx, url.Values{"reason": {code}, "limit": {strconv.Itoa(most)}, "with_analyses": {"true"}})
		if err != nil {
			return err
		}
		if len(page.Items) != most || page.Items[0].SystemResolution != bonafide.Declined {
			return bonafide.Errorf(bonafide.CodeUnknown, "%d folders of reason %s", len(page.Items), code)
		}
		return nil
	}
}

// readOne reads folders that it has looked up before, the newest of each server.
func readOne() func(context.Context, *client.Client, int) error {
	known := map[*client.Client]bonafide.ID{}
	return func(ctx context.Context, api *client.Client, _ int) error {
		if known[api] == "" {
			page, err := api.Folders(ctx, url.Values{"limit": {"1"}, "offset": {"500"}})
			if err != nil {
				return err
			}
			known[api] = page.Items[0].ID
		}
		f, err := api.Folder(ctx, known[api])
		if err == nil && len(f.Analyses) != 2 {
			err = bonafide.Errorf(bonafide.CodeUnknown, "a folder with %d analyses", len(f.Analyses))
		}
		return err
	}
}
