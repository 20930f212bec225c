package capture_test

import (
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/capture"
	"github.com/bonafide-id/bonafide/internal/capture/capturetest"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

func TestKeysRotateAndTheOneBeforeStillOpens(t *testing.T) {
	ctx, records, now := t.Context(), storetest.Open(t), time.Now()
	key, err := auth.SharedCaptureKey(ctx, records)
	if err != nil {
		t.Fatal(err)
	}
	register := func() *capture.Register {
		r, err := capture.NewRegister(ctx, capture.Config{Store: records, Key: key, Now: func() time.Time { return now }, Most: 1 << 20})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	here, there := register(), register()
	u := &bonafide.User{ID: bonafide.NewID(), CompanyID: bonafide.NewID()}
	draw := func(r *capture.Register) *capture.Drawn {
		d, err := r.Draw(ctx, u, capture.Wish{Draw: 2})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	opened := func(r *capture.Register, d *capture.Drawn) error {
		t.Helper()
		s, err := r.Admit(ctx, u, d.Token)
		if err != nil {
			return err
		}
		raw, err := capturetest.Seal(d.Key.Public, d.Token, []byte("frames"))
		if err != nil {
			t.Fatal(err)
		}
		_, err = readAll(s, raw)
		return err
	}
	first, second := draw(here), draw(there)
	if first.KeyID != second.KeyID {
		t.Errorf("two processes have keys %s and %s", first.KeyID, second.KeyID)
	}
	if err := opened(there, first); err != nil {
		t.Error(err)
	}
	now = now.Add(30*24*time.Hour - 5*time.Minute)
	last := draw(here)
	now = now.Add(6 * time.Minute)
	next := draw(there)
	if next.KeyID == first.KeyID {
		t.Error("the key of a new period is that of the one before")
	}
	for name, r := range map[string]*capture.Register{"here": here, "there": there, "one more": register()} {
		for _, d := range []*capture.Drawn{last, next} {
			if err := opened(r, d); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	now = now.Add(61 * 24 * time.Hour)
	draw(here)
	lost := func() ([]byte, error) { return []byte("none"), nil }
	names := []string{}
	for period := now.Unix()/(30*86400) - 5; period <= now.Unix()/(30*86400); period++ {
		raw, err := records.Secret(ctx, capture.KeyName(period), lost)
		if err == nil && string(raw) != "none" {
			names = append(names, capture.KeyName(period))
		}
	}
	if len(names) != 1 {
		t.Errorf("kept are %v", names)
	}
}
