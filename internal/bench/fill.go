package bench

import (
	"context"
	"fmt"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

// fillBatch is how many folders Fill stores in one transaction.
const fillBatch = 500

// The reasons that folders are looked for by, and how many have the second.
const (
	commonReason = bonafide.ReasonFaceTooClose
	rareReason   = bonafide.ReasonNoFace
	rareFolders  = 100
	commonEvery  = 10
)

// Importer stores ended folders: the part of a store that Fill needs.
type Importer interface {
	ImportFolders(ctx context.Context, all []store.Whole) error
}

// Fill stores n ended folders of a company, each with two media and two analyses,
// for measuring a large database. Their files have no blobs. Folder number i has
// the transaction_id "fill-i"; every tenth was declined for a common reason, and rareFolders
// of them for another as well. Progress is told after each transaction.
func Fill(ctx context.Context, into Importer, company bonafide.ID, n int, progress func(done, total int)) error {
	for done := 0; done < n; {
		size := min(fillBatch, n-done)
		all := make([]store.Whole, size)
		for i := range all {
			all[i] = fillFolder(company, done+i, n)
		}
		if err := into.ImportFolders(ctx, all); err != nil {
			return err
		}
		done += size
		progress(done, n)
	}
	return nil
}

func fillFolder(company bonafide.ID, number, n int) store.Whole {
	f := bonafide.Folder{
		ID: bonafide.NewID(), CompanyID: company,
		State: bonafide.FolderState{ResolutionStatus: bonafide.Finished, SystemResolution: bonafide.Success, Overall: bonafide.Success},
		Meta:  bonafide.Meta{"transaction_id": fmt.Sprintf("fill-%d", number)},
	}
	w := store.Whole{Folder: f, Media: []bonafide.Media{fillMedia(), fillMedia()}}
	group, media := bonafide.NewID(), []bonafide.ID{w.Media[0].ID, w.Media[1].ID}
	for seq, typ := range []bonafide.AnalysisType{bonafide.Quality, bonafide.Biometry} {
		w.Analyses = append(w.Analyses, fillAnalysis(group, seq, typ, media))
	}
	if number%commonEvery == 0 {
		decline(&w, commonReason)
	}
	if number%(n/rareFolders) == 0 {
		decline(&w, rareReason)
	}
	return w
}

// decline adds a reason to the first analysis, which declines the folder.
func decline(w *store.Whole, code string) {
	a := &w.Analyses[0]
	a.Resolution = bonafide.Declined
	a.Result.Reasons = append(a.Result.Reasons, bonafide.Reason{Code: code, Media: a.SourceMedia[0]})
	w.Folder.State.SystemResolution, w.Folder.State.Overall = bonafide.Declined, bonafide.Declined
}

func fillMedia() bonafide.Media {
	return bonafide.Media{
		ID: bonafide.NewID(), Kind: bonafide.Image, OriginalName: "a.jpg", Tags: []string{"photo_selfie"},
		Original: bonafide.File{Key: bonafide.NewSecret(16), Name: "a.jpg", Digest: bonafide.NewSecret(32), Size: 200_000, MIME: "image/jpeg"},
		Thumb:    &bonafide.File{Key: bonafide.NewSecret(16), Name: "t.jpg", Digest: bonafide.NewSecret(32), Size: 9_000, MIME: "image/jpeg"},
	}
}

func fillAnalysis(group bonafide.ID, seq int, typ bonafide.AnalysisType, media []bonafide.ID) bonafide.Analysis {
	score := 0.99
	finding := bonafide.Finding{Kind: bonafide.FindingLiveness, MediaID: media[0], Score: &score, Frames: 1}
	if typ == bonafide.Biometry {
		finding = bonafide.Finding{Kind: bonafide.FindingSimilarity, MediaID: media[0], OtherID: media[1], Score: &score}
	}
	return bonafide.Analysis{
		ID: bonafide.NewID(), GroupID: group, Seq: seq, Type: typ,
		State: bonafide.Finished, Resolution: bonafide.Success, SourceMedia: media,
		Result: &bonafide.Result{TookMS: 28, Findings: []bonafide.Finding{finding}},
	}
}
