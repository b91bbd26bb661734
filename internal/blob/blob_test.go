package blob_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jiebang/internal/blob"
	"jiebang/internal/blob/blobtest"
)

func TestMemory(t *testing.T) {
	t.Parallel()
	blobtest.Run(t, func(*testing.T) blob.Store { return new(blob.Memory) })
}

func TestDisk(t *testing.T) {
	t.Parallel()
	blobtest.Run(t, func(t *testing.T) blob.Store { return disk(t, t.TempDir()) })
}

func disk(t *testing.T, dir string) *blob.Disk {
	t.Helper()
	s, err := blob.NewDisk(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func files(t *testing.T, dir string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(dir, path)
			found = append(found, rel)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// A store that is opened again finds what the last one kept, and failures leave no files behind.
func TestDiskFiles(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "not", "yet", "there")
	s := disk(t, dir)
	info, err := s.Put(t.Context(), strings.NewReader("kept"), 100)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Put(t.Context(), strings.NewReader("kept"), 100); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Put(t.Context(), strings.NewReader("too large"), 3); !errors.Is(err, blob.ErrTooLarge) {
		t.Fatal(err)
	}
	d := string(info.Digest)
	if got := files(t, dir); len(got) != 1 || got[0] != filepath.Join(d[:2], d[2:4], d) {
		t.Errorf("files: %v", got)
	}
	if _, err := disk(t, dir).Stat(t.Context(), info.Digest); err != nil {
		t.Error(err)
	}
	f, err := os.Stat(filepath.Join(dir, d[:2], d[2:4], d))
	if err != nil || f.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v: documents are nobody else's business", f.Mode(), err)
	}
}

// A link that somebody put in the place of a content must not show a file from outside.
func TestDiskLink(t *testing.T) {
	t.Parallel()
	outside := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(outside, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	s := disk(t, dir)
	d := blob.Digest(strings.Repeat("ab", 32))
	if err := os.MkdirAll(filepath.Join(dir, "ab", "ab"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(dir, "ab", "ab", string(d))); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	if c, err := s.Open(t.Context(), d); err == nil {
		c.Close()
		t.Error("opened a file outside of the folder")
	}
	if _, err := s.Stat(t.Context(), d); err == nil {
		t.Error("described a file outside of the folder")
	}
}

func TestDiskSweep(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := disk(t, dir)
	info, err := s.Put(t.Context(), strings.NewReader("kept"), 100)
	if err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(dir, "incoming", "left")
	if err := os.WriteFile(left, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	yesterday := time.Now().Add(-24 * time.Hour)
	if n, err := s.Sweep(yesterday); n != 0 || err != nil {
		t.Errorf("swept %d, %v: the file is new", n, err)
	}
	if err := os.Chtimes(left, yesterday, yesterday); err != nil {
		t.Fatal(err)
	}
	if n, err := s.Sweep(yesterday.Add(time.Hour)); n != 1 || err != nil {
		t.Errorf("swept %d, %v; want 1", n, err)
	}
	if _, err := s.Stat(t.Context(), info.Digest); err != nil {
		t.Error("swept a content:", err)
	}
}
