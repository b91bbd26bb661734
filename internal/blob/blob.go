// Package blob keeps the bytes of documents, on disk or in memory, under the digest of their content.
//
// Content that is stored twice is stored once. What a document is called, who may read it and how many documents share a content is
// not known here; whoever deletes must know that nobody else refers to the digest.
package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
)

// ErrNotExist says that no content has this digest. A malformed digest is of that kind too.
var ErrNotExist = errors.New("blob: no such content")

// ErrTooLarge says that the content is longer than the caller allows. Nothing was kept.
var ErrTooLarge = errors.New("blob: content is too large")

// Store keeps contents. It is safe for concurrent use.
type Store interface {
	// Put reads r to its end and keeps what it read; it returns ErrTooLarge when there are more than limit bytes. After it returned
	// without error the content survives a loss of power. Content that is there already is not written again.
	Put(ctx context.Context, r io.Reader, limit int64) (Stored, error)
	// Open returns the content for reading, or ErrNotExist. The caller closes it.
	Open(ctx context.Context, d Digest) (Content, error)
	// Stat describes the content, or returns ErrNotExist.
	Stat(ctx context.Context, d Digest) (Stored, error)
	// Delete removes the content. To delete what is not there is no error.
	Delete(ctx context.Context, d Digest) error
}

// Content is an open content: it can be served in ranges and looked into.
type Content interface {
	io.ReadSeekCloser
	io.ReaderAt
}

// Stored says what a content that was stored is.
type Stored struct {
	Digest Digest
	Size   int64
}

// Digest is the SHA-256 of a content, 64 lower-case hexadecimal digits.
type Digest string

// Valid says whether d has the form of a digest. Nothing else ever becomes part of a path.
func (d Digest) Valid() bool {
	if len(d) != 2*sha256.Size {
		return false
	}
	for _, c := range []byte(d) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// meter digests and counts what flows through it, and stops the flow at the limit or when the context ends.
type meter struct {
	ctx   context.Context
	from  io.Reader
	limit int64
	size  int64
	hash  hash.Hash
}

func newMeter(ctx context.Context, from io.Reader, limit int64) *meter {
	return &meter{ctx: ctx, from: from, limit: limit, hash: sha256.New()}
}

func (m *meter) Read(p []byte) (int, error) {
	if err := m.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := m.from.Read(p)
	m.size += int64(n)
	if m.size > m.limit {
		return 0, ErrTooLarge
	}
	m.hash.Write(p[:n])
	return n, err
}

func (m *meter) info() Stored {
	return Stored{Digest: Digest(hex.EncodeToString(m.hash.Sum(nil))), Size: m.size}
}

// refuse is the answer to a digest that has not the form of one.
func refuse(d Digest) error {
	return fmt.Errorf("%w: %.80q is not a digest", ErrNotExist, string(d))
}
