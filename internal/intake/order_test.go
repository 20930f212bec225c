package intake_test

import (
	"slices"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/intake"
)

// lines orders these types on all media.
func lines(types ...bonafide.AnalysisType) []intake.OrderLine {
	var out []intake.OrderLine
	for _, t := range types {
		out = append(out, intake.OrderLine{Type: t})
	}
	return out
}

func number(v float64) *float64 { return &v }

func TestASingleRequestOrdersByPartKey(t *testing.T) {
	b := newBench(t)
	spoofing := number(0.4)
	made := b.folder(t, intake.Payload{Orders: intake.Orders{Lines: []intake.OrderLine{
		{Type: bonafide.Quality, Source: []string{"v"}, Params: bonafide.Params{ThresholdSpoofing: spoofing}, Meta: bonafide.Meta{"x": "y"}},
		{Type: bonafide.Biometry},
	}}}, "v=video one", "p=image two")
	stored, err := b.store.Group(t.Context(), made.Analyses[0].GroupID)
	if err != nil || len(stored) != 2 {
		t.Fatalf("%+v, %v", stored, err)
	}
	for i, a := range stored {
		if a.ID != made.Analyses[i].ID || a.Seq != i || a.FolderID != made.Folder.ID || a.CompanyID != b.user.CompanyID ||
			a.State != bonafide.Processing || a.Resolution != bonafide.Processing {
			t.Errorf("%+v", a)
		}
	}
	quality, biometry := stored[0], stored[1]
	if *quality.Params.ThresholdSpoofing != *spoofing || quality.Meta["x"] != "y" || !slices.Equal(quality.SourceMedia, ids(made.Media[:1])) {
		t.Errorf("%+v", quality)
	}
	if !slices.Equal(biometry.SourceMedia, ids(made.Media)) {
		t.Errorf("%+v", biometry)
	}
	if made.Folder.State.ResolutionStatus != bonafide.Processing {
		t.Errorf("%+v", made.Folder.State)
	}
}

func TestMediaTakePart(t *testing.T) {
	b := newBench(t)
	made := b.folder(t, intake.Payload{Tags: map[string][]string{"front": {"photo_id", "photo_id_front"}, "old": {"photo_id"}}},
		"v=video one", "front=image two", "old=shots three", "p=image four")
	at := func(i ...int) []bonafide.ID {
		var out []bonafide.ID
		for _, i := range i {
			out = append(out, made.Media[i].ID)
		}
		return out
	}
	tests := map[string]struct {
		line intake.OrderLine
		want []bonafide.ID
	}{
		"photos of documents show no liveness": {intake.OrderLine{Type: bonafide.Quality}, at(0, 2, 3)},
		"who names them means them":            {intake.OrderLine{Type: bonafide.Quality, Source: []string{string(at(1)[0])}}, at(1)},
		"all faces are compared":               {intake.OrderLine{Type: bonafide.Biometry}, at(0, 1, 2, 3)},
		"an empty list means all":              {intake.OrderLine{Type: bonafide.Biometry, Source: []string{}}, at(0, 1, 2, 3)},
		"named media stay in folder order":     {intake.OrderLine{Type: bonafide.Biometry, Source: []string{string(at(3)[0]), string(at(0)[0]), string(at(3)[0])}}, at(0, 3)},
		"what is not available takes all":      {intake.OrderLine{Type: bonafide.Documents}, at(0, 1, 2, 3)},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			analyses, err := b.Order(t.Context(), b.user, scope(b.user), made.Folder.ID, intake.Orders{Lines: []intake.OrderLine{test.line}})
			if err != nil {
				t.Fatal(err)
			}
			a, err := b.store.Analysis(t.Context(), scope(b.user), analyses[0].ID)
			if err != nil || !slices.Equal(a.SourceMedia, test.want) {
				t.Errorf("%+v, %v, want %v", a, err, test.want)
			}
		})
	}
}

func TestOrdersAreRefused(t *testing.T) {
	b := newBench(t)
	two := b.folder(t, intake.Payload{}, "v=video one", "p=image two").Folder.ID
	one := b.folder(t, intake.Payload{}, "v=video one")
	other := string(one.Media[0].ID)
	biometry := func(p bonafide.Params) []intake.OrderLine {
		return []intake.OrderLine{{Type: bonafide.Biometry, Params: p}, {Type: bonafide.Quality}}
	}
	tests := map[string]struct {
		folder bonafide.ID
		orders intake.Orders
		want   bonafide.Code
	}{
		"of nothing":              {two, intake.Orders{}, bonafide.CodeValue},
		"of an unknown type":      {two, intake.Orders{Lines: lines(bonafide.Quality, "MAGIC")}, bonafide.CodeValue},
		"of too many":             {two, intake.Orders{Lines: slices.Repeat(lines(bonafide.Quality), 33)}, bonafide.CodeValue},
		"on no folder":            {bonafide.NewID(), intake.Orders{Lines: lines(bonafide.Quality)}, bonafide.CodeNotFound},
		"on another folder's":     {two, intake.Orders{Lines: []intake.OrderLine{{Type: bonafide.Quality, Source: []string{other}}}}, bonafide.CodeNotFound},
		"on a part key":           {two, intake.Orders{Lines: []intake.OrderLine{{Type: bonafide.Quality, Source: []string{"v"}}}}, bonafide.CodeNotFound},
		"on an empty name":        {two, intake.Orders{Lines: []intake.OrderLine{{Type: bonafide.Quality, Source: []string{""}}}}, bonafide.CodeNotFound},
		"of a pair with one face": {one.Folder.ID, intake.Orders{Lines: lines(bonafide.Biometry)}, bonafide.CodeValue},
		"threshold above one":     {two, intake.Orders{Lines: biometry(bonafide.Params{ThresholdMax: number(1.1)})}, bonafide.CodeValue},
		"thresholds crossed":      {two, intake.Orders{Lines: biometry(bonafide.Params{ThresholdMin: number(0.9), ThresholdMax: number(0.8)})}, bonafide.CodeValue},
		"threshold below zero": {two, intake.Orders{Lines: []intake.OrderLine{{Type: bonafide.Quality,
			Params: bonafide.Params{ThresholdSpoofing: number(-0.1)}}}}, bonafide.CodeValue},
		"no collection": {two, intake.Orders{Lines: []intake.OrderLine{{Type: bonafide.Collection,
			Params: bonafide.Params{CollectionID: "blacklist"}}}}, bonafide.CodeValue},
		"bad endpoint": {two, intake.Orders{Lines: lines(bonafide.Quality), Endpoint: "ftp://bank.example"}, bonafide.CodeValue},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := b.Order(t.Context(), b.user, scope(b.user), test.folder, test.orders)
			wantCode(t, err, test.want)
		})
	}
	if all, err := b.store.AnalysesOf(t.Context(), two, one.Folder.ID); err != nil || len(all[two])+len(all[one.Folder.ID]) != 0 {
		t.Errorf("%+v, %v", all, err)
	}
}

// TestWhatLacksMediaDoesNotBringDownTheOthers is what phone SDKs rely on: they
// order three types at once.
func TestWhatLacksMediaDoesNotBringDownTheOthers(t *testing.T) {
	b := newBench(t)
	f := b.folder(t, intake.Payload{}, "v=video one").Folder.ID
	analyses, err := b.Order(t.Context(), b.user, scope(b.user), f,
		intake.Orders{Lines: lines(bonafide.Quality, bonafide.Biometry, bonafide.Documents, bonafide.Collection)})
	if err != nil || len(analyses) != 4 {
		t.Fatalf("%+v, %v", analyses, err)
	}
	for i, a := range analyses {
		if a.Seq != i || a.GroupID != analyses[0].GroupID || len(a.SourceMedia) != 1 {
			t.Errorf("%+v", a)
		}
	}
}

func TestLivenessOfNothingIsAccepted(t *testing.T) {
	b := newBench(t)
	f := b.folder(t, intake.Payload{}).Folder.ID
	analyses, err := b.Order(t.Context(), b.user, scope(b.user), f, intake.Orders{Lines: lines(bonafide.Quality), Endpoint: "https://bank.example/hook"})
	if err != nil || len(analyses[0].SourceMedia) != 0 {
		t.Fatalf("%+v, %v", analyses, err)
	}
	if stored, err := b.store.Folder(t.Context(), bonafide.Scope{}, f); err != nil || stored.ResolutionEndpoint != "https://bank.example/hook" {
		t.Errorf("%+v, %v", stored, err)
	}
}

func TestUsersStartWhatTheyMay(t *testing.T) {
	b := newBench(t)
	f := b.folder(t, intake.Payload{}, "v=video one").Folder.ID
	b.user.MayStart[bonafide.Quality] = false
	_, err := b.Order(t.Context(), b.user, scope(b.user), f, intake.Orders{Lines: lines(bonafide.Quality)})
	wantCode(t, err, bonafide.CodeForbidden)
	accepted := b.accept(t, "v=video one")
	_, err = b.CreateFolder(t.Context(), b.user, intake.Upload{Files: accepted, Payload: intake.Payload{Orders: intake.Orders{Lines: lines(bonafide.Quality)}}})
	wantCode(t, err, bonafide.CodeForbidden)
	admin := &bonafide.User{Type: bonafide.Admin}
	if _, err := b.Order(t.Context(), admin, bonafide.Scope{}, f, intake.Orders{Lines: lines(bonafide.Quality)}); err != nil {
		t.Error(err)
	}
}

func TestAnotherUsersFolderIsNotFound(t *testing.T) {
	b := newBench(t)
	f := b.folder(t, intake.Payload{}, "v=video one").Folder.ID
	stranger := b.person(t, bonafide.ClientAdmin)
	_, err := b.Order(t.Context(), stranger, bonafide.Scope{CompanyID: stranger.CompanyID}, f, intake.Orders{Lines: lines(bonafide.Quality)})
	wantCode(t, err, bonafide.CodeNotFound)
}
