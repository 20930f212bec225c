package enrol

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/quota"
	"github.com/bonafide-id/bonafide/internal/store"
)

const (
	fileLease   = 5 * time.Minute // of a file of an import: far more than one takes
	filePause   = 10 * time.Second
	maxAttempts = 5 // at one file: it may be what brings processes down
	lookAgain   = time.Second
)

// RunImports looks at files of imports until ctx ends, one at a time: what else is to be
// done goes before. Faults are logged and tried again.
func (e *Enroller) RunImports(ctx context.Context, log *slog.Logger) {
	tick := time.NewTicker(lookAgain) // other processes take files in, too
	defer tick.Stop()
	for ctx.Err() == nil {
		worked, err := e.ImportNext(ctx)
		if err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "a file of an import was not looked at", "error", err)
		}
		if worked && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
		case <-tick.C:
		case <-e.came:
		}
	}
}

// ImportNext looks at the next file, false where none waits. An error means that the
// machine lacked something, and that the file is tried again.
func (e *Enroller) ImportNext(ctx context.Context) (bool, error) {
	im, f, err := e.Imports.ClaimImportFile(ctx, fileLease)
	if err != nil || f == nil {
		return false, err
	}
	ctx = bonafide.WithActor(ctx, bonafide.Actor{UserID: im.UserID, Via: "import"})
	ctx = quota.WithPayer(ctx, string(cmp.Or(im.CompanyID, im.UserID)))
	err = e.importFile(ctx, im, f)
	switch bonafide.CodeOf(err) {
	case bonafide.CodeNotFound:
		err = e.refuse(ctx, im, f, &refusal{reasonNobody, "The collection has no such person"})
	case bonafide.CodeFull:
		err = e.refuse(ctx, im, f, &refusal{reasonFull, "The company may not have more media"})
	}
	switch {
	case err == nil, bonafide.CodeOf(err) == bonafide.CodeExists: // another was quicker
		return true, nil
	case f.Attempts >= maxAttempts && bonafide.CodeOf(err) != bonafide.CodeBusy && ctx.Err() == nil:
		return true, e.refuse(ctx, im, f, &refusal{reasonFailed, "The file was tried again and again"})
	}
	after, cancel := context.WithTimeout(context.WithoutCancel(ctx), filePause)
	defer cancel()
	if given := e.Imports.ReturnImportFile(after, f, time.Now().Add(filePause)); given != nil {
		return true, fmt.Errorf("%w; %w", err, given)
	}
	return true, err
}

func (e *Enroller) refuse(ctx context.Context, im *store.Import, f *store.ImportFile, no *refusal) error {
	f.State, f.Reason, f.Message, f.ImageID = store.ImportRefused, no.reason, no.message, ""
	return e.Imports.EndImportFile(ctx, im, f, nil)
}

// importFile ends a file. CodeNotFound means that there is no such person.
func (e *Enroller) importFile(ctx context.Context, im *store.Import, f *store.ImportFile) error {
	if f.Photo == nil || f.Attempts > maxAttempts {
		return e.refuse(ctx, im, f, &refusal{reasonFailed, "The file was tried again and again"})
	}
	known, err := e.Imports.KnownPhoto(ctx, im, f)
	if err != nil {
		return err
	}
	if known {
		return e.refuse(ctx, im, f, &refusal{reasonDuplicate, "The same file is there already"})
	}
	up := intake.Upload{Payload: intake.Payload{Tags: map[string][]string{importKey: f.Tags}}}
	defer func() { e.Reception.Discard(ctx, up.Files) }()
	no, err := e.examine(ctx, f, &up)
	if err != nil || no != nil {
		return e.orRefuse(ctx, im, f, no, err)
	}
	image, no, err := e.image(ctx, &up)
	if err != nil || no != nil {
		return e.orRefuse(ctx, im, f, no, err)
	}
	near, err := e.other(ctx, &bonafide.PersonCollection{ID: im.CollectionID, CompanyID: im.CompanyID}, f.PersonID, image.Template)
	if err != nil && (im.RefuseNear || bonafide.CodeOf(err) != bonafide.CodeModel) {
		return err
	}
	if near != nil {
		f.NearID, f.Similarity = near.PersonID, near.Similarity
		if im.RefuseNear {
			return e.refuse(ctx, im, f, &refusal{reasonNear, "Another person of the collection is like the one on the photo"})
		}
	}
	if im.DryRun {
		f.State = store.ImportReady
		return e.Imports.EndImportFile(ctx, im, f, nil)
	}
	if err := up.Keep(ctx, e.Blobs); err != nil {
		return err
	}
	f.State, f.ImageID = store.ImportEnrolled, image.ID
	return e.Imports.EndImportFile(ctx, im, f, []bonafide.PersonImage{*image})
}

const importKey = "file"

func (e *Enroller) orRefuse(ctx context.Context, im *store.Import, f *store.ImportFile, no *refusal, err error) error {
	if err != nil {
		return err
	}
	return e.refuse(ctx, im, f, no)
}

// examine makes the file of an upload, and finds out what it is.
func (e *Enroller) examine(ctx context.Context, f *store.ImportFile, up *intake.Upload) (*refusal, error) {
	content, err := e.Blobs.Open(ctx, f.Photo.Digest)
	if err != nil {
		return nil, err
	}
	defer content.Close()
	file, err := e.Reception.Stage(ctx, importKey, f.Name, content)
	if err != nil {
		return nil, err
	}
	up.Files = []intake.File{*file}
	err = e.Reception.Examine(ctx, quota.PayerOf(ctx), up.Files)
	if bonafide.CodeOf(err) == bonafide.CodeValue {
		return &refusal{reasonDamaged, "The file cannot be read as a photo"}, nil
	}
	return nil, err
}

// image makes an image of the only file of an upload.
func (e *Enroller) image(ctx context.Context, up *intake.Upload) (*bonafide.PersonImage, *refusal, error) {
	m, err := up.Files[0].Media(up.Payload, e.MaxMeta)
	if err != nil {
		return nil, nil, err
	}
	if m.Kind != bonafide.Image {
		return nil, &refusal{reasonNoPhoto, "The file is no photo"}, nil
	}
	template, reason, err := e.Faces.Photo(ctx, up.Files[0].Path(), m.Original.Digest)
	if err != nil {
		return nil, nil, err
	}
	if reason != "" {
		return nil, &refusal{reason: reason}, nil
	}
	image := imageOf(&m, template)
	return &image, nil, nil
}
