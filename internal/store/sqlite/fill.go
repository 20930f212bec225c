package sqlite

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
)

// fillBatch is how many folders Fill writes in one transaction.
const fillBatch = 500

// Fill stores n ended folders of a company, each with two media and two analyses,
// for measuring a large database. Their files have no blobs. Folder number i has
// the transaction_id "fill-i". Progress is told after each transaction.
func (s *Store) Fill(ctx context.Context, company bonafide.ID, n int, progress func(done, total int)) error {
	for done := 0; done < n; {
		size := min(fillBatch, n-done)
		err := s.write(ctx, func(ctx context.Context, tx bun.Tx) error { return fillSome(ctx, tx, company, done, size) })
		if err != nil {
			return err
		}
		done += size
		progress(done, n)
	}
	return nil
}

func fillSome(ctx context.Context, tx bun.Tx, company bonafide.ID, first, n int) error {
	var folders []folderRow
	var media []mediaRow
	var analyses []analysisRow
	var files []bonafide.File
	for i := range n {
		f := &bonafide.Folder{
			ID: bonafide.NewID(), CompanyID: company,
			State: bonafide.FolderState{ResolutionStatus: bonafide.Finished, SystemResolution: bonafide.Success},
			Meta:  bonafide.Meta{"transaction_id": fmt.Sprintf("fill-%d", first+i)},
		}
		stamp(&f.TimeCreated, &f.TimeUpdated)
		folders = append(folders, *rowOfFolder(f))
		var ids []bonafide.ID
		for range 2 {
			m := fillMedia(f)
			ids = append(ids, m.ID)
			media, files = append(media, rowOfMedia(m)), append(files, m.Original, *m.Thumb)
		}
		group := bonafide.NewID()
		for seq, kind := range []bonafide.AnalysisType{bonafide.Quality, bonafide.Biometry} {
			analyses = append(analyses, rowOfAnalysis(fillAnalysis(f, group, seq, kind, ids)))
		}
	}
	if err := insertFiles(ctx, tx, files); err != nil {
		return err
	}
	for _, rows := range []any{&folders, &media, &analyses} {
		if _, err := tx.NewInsert().Model(rows).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

func fillMedia(f *bonafide.Folder) *bonafide.Media {
	m := &bonafide.Media{
		ID: bonafide.NewID(), FolderID: f.ID, CompanyID: f.CompanyID, Kind: bonafide.Image, OriginalName: "a.jpg", Tags: []string{"photo_selfie"},
		Original: bonafide.File{Key: bonafide.NewSecret(16), Name: "a.jpg", Digest: bonafide.NewSecret(32), Size: 200_000, MIME: "image/jpeg"},
		Thumb:    &bonafide.File{Key: bonafide.NewSecret(16), Name: "t.jpg", Digest: bonafide.NewSecret(32), Size: 9_000, MIME: "image/jpeg"},
	}
	stamp(&m.TimeCreated, &m.TimeUpdated)
	return m
}

func fillAnalysis(f *bonafide.Folder, group bonafide.ID, seq int, kind bonafide.AnalysisType, media []bonafide.ID) *bonafide.Analysis {
	score := 0.99
	finding := bonafide.Finding{Kind: bonafide.FindingLiveness, MediaID: media[0], Score: &score, Frames: 1}
	if kind == bonafide.Biometry {
		finding = bonafide.Finding{Kind: bonafide.FindingSimilarity, MediaID: media[0], OtherID: media[1], Score: &score}
	}
	a := &bonafide.Analysis{
		ID: bonafide.NewID(), FolderID: f.ID, CompanyID: f.CompanyID, GroupID: group, Seq: seq, Type: kind,
		State: bonafide.Finished, Resolution: bonafide.Success, SourceMedia: media,
		Result: &bonafide.Result{TookMS: 28, Findings: []bonafide.Finding{finding}},
	}
	stamp(&a.TimeCreated, &a.TimeUpdated)
	return a
}
