// Package blobtest is the conformance suite of blob.Store: whatever keeps contents must pass it.
package blobtest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"jiebang/internal/blob"
)

// Run holds the stores that open makes to every promise of blob.Store. Each sub-test gets a store of its own.
func Run(t *testing.T, open func(t *testing.T) blob.Store) {
	for name, test := range map[string]func(*testing.T, blob.Store){
		"round_trip":   roundTrip,
		"ranges":       ranges,
		"twice":        twice,
		"too_large":    tooLarge,
		"broken_input": brokenInput,
		"cancelled":    cancelled,
		"not_there":    notThere,
		"traversal":    traversal,
		"delete":       deletion,
		"at_once":      atOnce,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t))
		})
	}
}

const roomy = 64 << 20

func roundTrip(t *testing.T, s blob.Store) {
	for _, content := range []string{"", "x", "揭榜挂帅", strings.Repeat("0123456789", 1<<18)} {
		sum := sha256.Sum256([]byte(content))
		want := blob.Stored{Digest: blob.Digest(hex.EncodeToString(sum[:])), Size: int64(len(content))}
		if got := put(t, s, content); got != want {
			t.Errorf("Put of %d bytes = %+v, want %+v", len(content), got, want)
		}
		if got, err := s.Stat(t.Context(), want.Digest); err != nil || got != want {
			t.Errorf("Stat = %+v, %v; want %+v", got, err, want)
		}
		if got := read(t, s, want.Digest); got != content {
			t.Errorf("read back %d bytes of %d, or others", len(got), len(content))
		}
	}
}

// ranges reads a content as a download with ranges and a look inside would.
func ranges(t *testing.T, s blob.Store) {
	info := put(t, s, "0123456789")
	c, err := s.Open(t.Context(), info.Digest)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if end, err := c.Seek(0, io.SeekEnd); err != nil || end != 10 {
		t.Errorf("Seek to the end = %d, %v", end, err)
	}
	if _, err := c.Seek(4, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	part := make([]byte, 3)
	if _, err := io.ReadFull(c, part); err != nil || string(part) != "456" {
		t.Errorf("read %q, %v after Seek(4)", part, err)
	}
	if _, err := c.ReadAt(part, 1); err != nil || string(part) != "123" {
		t.Errorf("ReadAt(1) = %q, %v", part, err)
	}
}

func twice(t *testing.T, s blob.Store) {
	first, second := put(t, s, "same"), put(t, s, "same")
	if first != second {
		t.Errorf("the same content got %+v and %+v", first, second)
	}
	if got := read(t, s, first.Digest); got != "same" {
		t.Errorf("read %q", got)
	}
}

func tooLarge(t *testing.T, s blob.Store) {
	for _, limit := range []int64{-1, 0, 9} {
		if _, err := s.Put(t.Context(), strings.NewReader("0123456789"), limit); !errors.Is(err, blob.ErrTooLarge) {
			t.Errorf("ten bytes with limit %d: %v, want ErrTooLarge", limit, err)
		}
	}
	if _, err := s.Put(t.Context(), strings.NewReader("0123456789"), 10); err != nil {
		t.Errorf("ten bytes with limit 10: %v", err)
	}
	// The limit ends the reading: an endless body must not be read to its end, which it does not have.
	if _, err := s.Put(t.Context(), endless{}, 1<<20); !errors.Is(err, blob.ErrTooLarge) {
		t.Errorf("an endless body: %v, want ErrTooLarge", err)
	}
}

func brokenInput(t *testing.T, s blob.Store) {
	broken := errors.New("line went dead")
	_, err := s.Put(t.Context(), io.MultiReader(strings.NewReader("half"), iotest.ErrReader(broken)), roomy)
	if !errors.Is(err, broken) {
		t.Errorf("Put = %v, want the reader's error", err)
	}
	sum := sha256.Sum256([]byte("half"))
	if _, err := s.Stat(t.Context(), blob.Digest(hex.EncodeToString(sum[:]))); !errors.Is(err, blob.ErrNotExist) {
		t.Errorf("half a content was kept: %v", err)
	}
}

func cancelled(t *testing.T, s blob.Store) {
	info := put(t, s, "kept")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Put(ctx, strings.NewReader("x"), roomy); !errors.Is(err, context.Canceled) {
		t.Errorf("Put = %v", err)
	}
	if _, err := s.Open(ctx, info.Digest); !errors.Is(err, context.Canceled) {
		t.Errorf("Open = %v", err)
	}
	if err := s.Delete(ctx, info.Digest); !errors.Is(err, context.Canceled) {
		t.Errorf("Delete = %v", err)
	}
	if got := read(t, s, info.Digest); got != "kept" {
		t.Errorf("read %q", got)
	}
}

func notThere(t *testing.T, s blob.Store) {
	d := blob.Digest(strings.Repeat("0", 64))
	if _, err := s.Open(t.Context(), d); !errors.Is(err, blob.ErrNotExist) {
		t.Errorf("Open = %v, want ErrNotExist", err)
	}
	if _, err := s.Stat(t.Context(), d); !errors.Is(err, blob.ErrNotExist) {
		t.Errorf("Stat = %v, want ErrNotExist", err)
	}
	if err := s.Delete(t.Context(), d); err != nil {
		t.Errorf("Delete of nothing = %v", err)
	}
}

// traversal offers digests that are none, among them ways out of a folder.
func traversal(t *testing.T, s blob.Store) {
	long := "../../../../etc/passwd"
	for _, d := range []blob.Digest{
		"", ".", "..", "../secret", "/etc/passwd", "incoming", `..\secret`, "ab", "a\x00b",
		blob.Digest(long + strings.Repeat("a", 64-len(long))),
		blob.Digest("../" + strings.Repeat("a", 61)),
		blob.Digest(strings.Repeat("A", 64)),
		blob.Digest(strings.Repeat("a", 63) + "/"),
		blob.Digest(strings.Repeat("a", 65)),
	} {
		if _, err := s.Open(t.Context(), d); !errors.Is(err, blob.ErrNotExist) {
			t.Errorf("Open(%q) = %v, want ErrNotExist", d, err)
		}
		if _, err := s.Stat(t.Context(), d); !errors.Is(err, blob.ErrNotExist) {
			t.Errorf("Stat(%q) = %v, want ErrNotExist", d, err)
		}
		if err := s.Delete(t.Context(), d); err != nil {
			t.Errorf("Delete(%q) = %v", d, err)
		}
	}
}

func deletion(t *testing.T, s blob.Store) {
	gone, kept := put(t, s, "gone"), put(t, s, "kept")
	open, err := s.Open(t.Context(), gone.Digest)
	if err != nil {
		t.Fatal(err)
	}
	defer open.Close()
	for range 2 {
		if err := s.Delete(t.Context(), gone.Digest); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Stat(t.Context(), gone.Digest); !errors.Is(err, blob.ErrNotExist) {
		t.Errorf("Stat of the deleted = %v", err)
	}
	if b, err := io.ReadAll(open); err != nil || string(b) != "gone" {
		t.Errorf("a download that had begun reads %q, %v", b, err)
	}
	if got := read(t, s, kept.Digest); got != "kept" {
		t.Errorf("read %q", got)
	}
	if again := put(t, s, "gone"); again != gone || read(t, s, gone.Digest) != "gone" {
		t.Error("what was deleted cannot be stored again")
	}
}

func atOnce(t *testing.T, s blob.Store) {
	var all sync.WaitGroup
	for i := range 32 {
		all.Go(func() {
			content := strings.Repeat(string(rune('a'+i%4)), 1<<16)
			info, err := s.Put(t.Context(), strings.NewReader(content), roomy)
			if err != nil {
				t.Error(err)
				return
			}
			c, err := s.Open(t.Context(), info.Digest)
			if err != nil {
				t.Error(err)
				return
			}
			defer c.Close()
			if b, err := io.ReadAll(c); err != nil || !bytes.Equal(b, []byte(content)) {
				t.Errorf("read %d bytes, %v", len(b), err)
			}
		})
	}
	all.Wait()
}

func put(t *testing.T, s blob.Store, content string) blob.Stored {
	t.Helper()
	r := io.Reader(strings.NewReader(content))
	if len(content) < 1<<12 {
		r = iotest.OneByteReader(r)
	}
	info, err := s.Put(t.Context(), r, roomy)
	if err != nil {
		t.Fatal(err)
	}
	return info
}

func read(t *testing.T, s blob.Store, d blob.Digest) string {
	t.Helper()
	c, err := s.Open(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	b, err := io.ReadAll(c)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }
