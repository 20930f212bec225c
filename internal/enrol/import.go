package enrol

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"os"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/store"
)

// together is how many files of an import are kept and stored at once.
const together = 50

// ImportOrder says how an import is to be done.
type ImportOrder struct {
	UserID     bonafide.ID // who orders it
	DryRun     bool
	RefuseNear bool
	Meta       bonafide.Meta // of every person who is new
}

// Arrival is what a request has brought to an import.
type Arrival struct {
	Import *store.Import
	Came   int // files
	New    int // of them that were not known by their names
}

// CreateImport begins an import into a collection inside the scope. Files are photos,
// zip archives of photos, and at most one list of them, which may lie in an archive. They
// are looked at in the background. Files are used up or discarded.
func (e *Enroller) CreateImport(ctx context.Context, scope bonafide.Scope, collection bonafide.ID, o ImportOrder, files []intake.File) (*Arrival, error) {
	defer e.Reception.Discard(ctx, files)
	c, err := e.Store.Collection(ctx, scope, collection)
	if err != nil {
		return nil, fmt.Errorf("collection: %w", err)
	}
	if o.Meta, err = e.MaxMeta.Merge(nil, o.Meta); err != nil {
		return nil, err
	}
	list, err := e.list(files, o.Meta)
	if err != nil {
		return nil, err
	}
	im := &store.Import{ID: bonafide.NewID(), CompanyID: c.CompanyID, CollectionID: c.ID, UserID: o.UserID, DryRun: o.DryRun, RefuseNear: o.RefuseNear, Listed: list != nil}
	if err := e.Imports.CreateImport(ctx, im, list); err != nil {
		return nil, fmt.Errorf("create import: %w", err)
	}
	return e.arrive(ctx, im, o.Meta, files)
}

// AddImportFiles adds photos and archives to an import inside the scope. What is known by
// its name is left as it is, unless it was refused: whoever does not know what has arrived
// sends all of it again. Files are used up or discarded.
func (e *Enroller) AddImportFiles(ctx context.Context, scope bonafide.Scope, id bonafide.ID, files []intake.File) (*Arrival, error) {
	defer e.Reception.Discard(ctx, files)
	im, err := e.Imports.Import(ctx, scope, id)
	if err != nil {
		return nil, fmt.Errorf("import: %w", err)
	}
	if !im.Listed {
		list, err := e.list(files, nil)
		if err != nil {
			return nil, err
		}
		if list != nil {
			return nil, bonafide.Errorf(bonafide.CodeValue, "The list of an import comes with the request that makes it")
		}
	}
	return e.arrive(ctx, im, nil, files)
}

// StartImport ends a dry run of an import inside the scope: what it found ready is
// enrolled. Of any other import it changes nothing.
func (e *Enroller) StartImport(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*store.Import, error) {
	if err := e.Imports.StartImport(ctx, scope, id); err != nil {
		return nil, fmt.Errorf("start import: %w", err)
	}
	e.ring()
	return e.Imports.Import(ctx, scope, id)
}

// ring tells the one who looks at files that some have come.
func (e *Enroller) ring() {
	select {
	case e.came <- struct{}{}:
	default: // it rings already
	}
}

// list finds and reads the list among files, nil where there is none.
func (e *Enroller) list(files []intake.File, meta bonafide.Meta) (list []store.ImportFile, err error) {
	read := func(content io.Reader) error {
		if list != nil {
			return bonafide.Errorf(bonafide.CodeValue, "There is more than one list")
		}
		list, err = readList(content, meta, e.MaxMeta)
		return err
	}
	for i := range files {
		f := &files[i]
		archive, err := isArchive(f)
		switch {
		case err != nil:
			return nil, err
		case archive:
			err = entries(f, true, func(_ string, entry *zip.File) error {
				r, err := entry.Open()
				if err != nil {
					return bonafide.Wrap(bonafide.CodeValue, "The list in the archive cannot be unpacked", err)
				}
				defer r.Close()
				return read(r)
			})
		case isList(f.Key, f.Name()):
			var r *os.File
			if r, err = os.Open(f.Path()); err == nil {
				err = read(r)
				_ = r.Close()
			}
		}
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

// arrive stores what files hold.
func (e *Enroller) arrive(ctx context.Context, im *store.Import, meta bonafide.Meta, files []intake.File) (*Arrival, error) {
	b := &batch{enroller: e, im: im, meta: meta}
	defer func() { e.Reception.Discard(ctx, b.staged) }()
	left := int64(maxUnpacked)
	for i := range files {
		f := &files[i]
		archive, err := isArchive(f)
		switch {
		case err != nil:
		case archive:
			err = entries(f, false, func(name string, entry *zip.File) error {
				file, no, err := e.unpack(ctx, entry, &left)
				if err != nil {
					return err
				}
				return b.put(ctx, name, file, no)
			})
		case !isList(f.Key, f.Name()):
			one := *f
			var no *refusal
			if one.Original().Size > e.MaxFile {
				no = tooLarge(e.MaxFile)
			}
			err = b.put(ctx, plain(f.Name()), &one, no)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := b.flush(ctx); err != nil {
		return nil, err
	}
	now, err := e.Imports.Import(ctx, bonafide.Scope{}, im.ID)
	if err != nil {
		return nil, fmt.Errorf("import: %w", err)
	}
	e.ring()
	return &Arrival{Import: now, Came: b.came, New: b.fresh}, nil
}

// batch collects files that are stored together.
type batch struct {
	enroller    *Enroller
	im          *store.Import
	meta        bonafide.Meta
	staged      []intake.File
	files       []store.ImportFile
	came, fresh int
}

func (b *batch) put(ctx context.Context, name string, file *intake.File, no *refusal) error {
	b.came++
	f := store.ImportFile{Name: name, PersonID: bonafide.NewID(), Meta: b.meta, State: store.ImportWaiting}
	if no != nil {
		f.State, f.Reason, f.Message = store.ImportRefused, no.reason, no.message
	}
	if file != nil && no == nil {
		photo := file.Original()
		f.Photo, f.Digest = &photo, photo.Digest
		b.staged = append(b.staged, *file)
	}
	if b.files = append(b.files, f); len(b.files) < together {
		return nil
	}
	return b.flush(ctx)
}

func (b *batch) flush(ctx context.Context) error {
	if len(b.files) == 0 {
		return nil
	}
	up := intake.Upload{Files: b.staged}
	if err := up.Keep(ctx, b.enroller.Blobs); err != nil {
		return err
	}
	n, err := b.enroller.Imports.AddImportFiles(ctx, b.im.ID, b.files)
	if err != nil {
		return fmt.Errorf("files of an import: %w", err)
	}
	b.fresh += n
	b.staged, b.files = nil, nil
	return nil
}
