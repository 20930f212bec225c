// Package s3 keeps blobs as objects of a bucket on an S3 server, each named by the
// SHA-256 digest of its content.
//
//	s3://bucket/prefix?endpoint=https://s3.example.org:9000&region=eu-central-1
//	prefix/3f/3f79bb7b...   a blob, named as it would be in a folder of disk
//
// What comes in is staged on this machine and sent when it is kept. What is read is
// fetched to this machine as a whole and summed up first, so that nobody gets a byte of
// something else; nothing of it stays here.
package s3

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/minio/minio-go/v7"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/blob"
)

// Stager keeps content on this machine for a while.
type Stager interface {
	Stage(ctx context.Context, r io.Reader) (blob.Staged, error)
}

// Config says where blobs are.
type Config struct {
	URL   string // see the package
	Local Stager
	Claim blob.Claim // nil where nobody deletes
}

// Blobs implements blob.Store. It is safe for concurrent use.
type Blobs struct {
	client  *minio.Client
	bucket  string
	prefix  string // of names, with its slash
	local   Stager
	claim   blob.Claim
	damaged atomic.Int64
}

// Open finds the bucket, which must exist. Credentials come from where S3 clients look
// for them: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, ~/.aws/credentials, or the
// machine's role. Nothing needs to be closed.
func Open(ctx context.Context, cfg Config) (*Blobs, error) {
	at, err := parse(cfg.URL)
	if err != nil {
		return nil, err
	}
	client, err := at.client()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", at, err)
	}
	there, err := client.BucketExists(ctx, at.bucket)
	if err == nil && !there {
		err = errors.New("there is no such bucket")
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", at, err)
	}
	claim := cfg.Claim
	if claim == nil {
		claim = func(context.Context, ...string) error { return nil }
	}
	return &Blobs{client: client, bucket: at.bucket, prefix: at.prefix, local: cfg.Local, claim: claim}, nil
}

// Stage keeps content on this machine.
func (b *Blobs) Stage(ctx context.Context, r io.Reader) (blob.Staged, error) {
	return b.local.Stage(ctx, r)
}

// Put stages and keeps.
func (b *Blobs) Put(ctx context.Context, r io.Reader) (blob.Blob, error) {
	s, err := b.Stage(ctx, r)
	if err != nil {
		return blob.Blob{}, err
	}
	defer s.Discard()
	return s.Blob(), b.Keep(ctx, s)
}

// sendAtOnce is how many objects of one Keep are sent at the same time.
const sendAtOnce = 4

// Keep sends contents to the server, which has them stored when it answers. One that is
// there already is sent again: it could be about to be deleted.
func (b *Blobs) Keep(ctx context.Context, staged ...blob.Staged) error {
	if len(staged) == 0 {
		return nil
	}
	digests := make([]string, len(staged))
	for i, s := range staged {
		digests[i] = s.Blob().Digest
	}
	if err := b.claim(ctx, digests...); err != nil {
		return fmt.Errorf("claim: %w", err)
	}
	errs := make([]error, len(staged))
	places := make(chan struct{}, sendAtOnce)
	var sending sync.WaitGroup
	for i, s := range staged {
		places <- struct{}{}
		sending.Go(func() {
			errs[i] = b.send(ctx, s)
			<-places
		})
	}
	sending.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	for _, s := range staged {
		s.Discard()
	}
	return nil
}

func (b *Blobs) send(ctx context.Context, s blob.Staged) error {
	_, err := b.client.FPutObject(ctx, b.bucket, b.key(s.Blob().Digest), s.Path(),
		minio.PutObjectOptions{ContentType: "application/octet-stream", SendContentMd5: true})
	return failure("The file could not be stored", err)
}

// Open fetches the content and gives it for reading.
func (b *Blobs) Open(ctx context.Context, digest string) (io.ReadSeekCloser, error) {
	s, err := b.fetch(ctx, digest)
	if err != nil {
		return nil, err
	}
	defer s.Discard() // an open file outlives its name
	f, err := os.Open(s.Path())
	if err != nil {
		return nil, bonafide.Wrap(bonafide.CodeUnknown, "The file could not be read", err)
	}
	return f, nil
}

// Path fetches the content into a file, which done removes.
func (b *Blobs) Path(ctx context.Context, digest string) (path string, done func(), err error) {
	s, err := b.fetch(ctx, digest)
	if err != nil {
		return "", nil, err
	}
	return s.Path(), s.Discard, nil
}

// fetch copies an object to this machine and sums it up.
func (b *Blobs) fetch(ctx context.Context, digest string) (blob.Staged, error) {
	if !named(digest) {
		return nil, notFound(nil)
	}
	object, err := b.client.GetObject(ctx, b.bucket, b.key(digest), minio.GetObjectOptions{})
	if err != nil {
		return nil, failure("The file could not be read", err)
	}
	defer object.Close()
	from := &source{Reader: object}
	s, err := b.local.Stage(ctx, from)
	if from.err != nil {
		return nil, failure("The file could not be read", from.err)
	}
	if err != nil {
		return nil, err
	}
	if s.Blob().Digest != digest {
		s.Discard()
		b.damaged.Add(1)
		return nil, bonafide.Wrap(bonafide.CodeUnknown, "The stored file is damaged", &blob.DamagedError{Digest: digest})
	}
	return s, nil
}

// source tells the server's errors from those of this machine's disk.
type source struct {
	io.Reader
	err error
}

// Read implements io.Reader.
func (s *source) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}

// Delete removes the content for good, unless the bucket keeps versions.
func (b *Blobs) Delete(ctx context.Context, digest string) error {
	if !named(digest) {
		return notFound(nil)
	}
	_, err := b.client.StatObject(ctx, b.bucket, b.key(digest), minio.StatObjectOptions{})
	if err == nil {
		err = b.client.RemoveObject(ctx, b.bucket, b.key(digest), minio.RemoveObjectOptions{})
	}
	return failure("The file could not be deleted", err)
}

// olderAtOnce is how many digests Older gives at once.
const olderAtOnce = 256

// Older calls each with the digests of blobs that have lain there unchanged since before
// a time, some at once.
func (b *Blobs) Older(ctx context.Context, before time.Time, each func(ctx context.Context, digests []string) error) error {
	ctx, stop := context.WithCancel(ctx) // ends the list
	defer stop()
	var old []string
	for o := range b.client.ListObjects(ctx, b.bucket, minio.ListObjectsOptions{Prefix: b.prefix, Recursive: true}) {
		if o.Err != nil {
			return failure("The files could not be listed", o.Err)
		}
		if digest := path.Base(o.Key); named(digest) && o.Key == b.key(digest) && o.LastModified.Before(before) {
			old = append(old, digest)
		}
		if len(old) == olderAtOnce {
			if err := each(ctx, old); err != nil {
				return err
			}
			old = nil
		}
	}
	if len(old) == 0 || ctx.Err() != nil {
		return ctx.Err()
	}
	return each(ctx, old)
}

// writableName is of an object beside the blobs that is written to try whether it can be.
const writableName = "writable"

// Writable writes an object, always the same.
func (b *Blobs) Writable(ctx context.Context) error {
	text := "bonafide writes this to know whether it can\n"
	_, err := b.client.PutObject(ctx, b.bucket, b.prefix+writableName, strings.NewReader(text), int64(len(text)),
		minio.PutObjectOptions{ContentType: "text/plain"})
	return failure("Nothing can be stored", err)
}

// Damaged is how often an object was found to hold something else than its name says,
// since the start.
func (b *Blobs) Damaged() int64 { return b.damaged.Load() }

// key is the name of the object.
func (b *Blobs) key(digest string) string { return b.prefix + digest[:2] + "/" + digest }

// named tells whether a text is a digest: 64 lower-case hexadecimal digits, and nothing
// else ever becomes part of a name.
func named(digest string) bool {
	for _, c := range []byte(digest) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return len(digest) == 64
}

func notFound(err error) error {
	return bonafide.Wrap(bonafide.CodeNotFound, "File not found", err)
}

// comeBack is when to ask a server again that cannot be reached.
const comeBack = 5 * time.Second

// failure gives an error its code. A server that cannot be reached, or asks to be left
// alone, is busy: who called may come back.
func failure(what string, err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	answer, answered := errors.AsType[minio.ErrorResponse](err)
	switch {
	case answered && answer.Code == minio.NoSuchKey:
		return notFound(err)
	case !answered || answer.StatusCode >= http.StatusInternalServerError || answer.StatusCode == http.StatusTooManyRequests:
		return &bonafide.Error{Code: bonafide.CodeBusy, Message: what + ", try again later", RetryAfter: comeBack, Err: err}
	}
	return bonafide.Wrap(bonafide.CodeUnknown, what, err)
}
