package blob

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"time"
)

// Disk keeps contents as files below one folder: ab/cd/abcd…. All access goes through an os.Root, so no name and no symbolic link can
// lead out of it. Several processes may share the folder.
type Disk struct {
	root *os.Root
}

// incoming is where a content stays until it is whole. It lies in the same file system, so that the final rename is atomic.
const incoming = "incoming"

// NewDisk opens the folder and makes it when it is not there.
func NewDisk(dir string) (*Disk, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("folder for documents: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("folder for documents: %w", err)
	}
	if err := root.MkdirAll(incoming, 0o700); err != nil {
		return nil, errors.Join(fmt.Errorf("folder for documents: %w", err), root.Close())
	}
	return &Disk{root: root}, nil
}

// Close gives the folder back. Contents that are open stay readable.
func (s *Disk) Close() error {
	return s.root.Close()
}

// Put writes to a temporary file, syncs it, renames it to its digest and syncs the folders on the way: in that order a loss of power
// leaves either the whole content or nothing.
func (s *Disk) Put(ctx context.Context, r io.Reader, limit int64) (Stored, error) {
	temp := path.Join(incoming, rand.Text())
	m := newMeter(ctx, r, limit)
	if err := s.write(temp, m); err != nil {
		_ = s.root.Remove(temp) // best effort: Sweep finds what is left
		if errors.Is(err, ErrTooLarge) || ctx.Err() != nil {
			return Stored{}, err
		}
		return Stored{}, fmt.Errorf("store a content: %w", err)
	}
	info := m.info()
	if have, err := s.Stat(ctx, info.Digest); err == nil && have.Size == info.Size {
		return info, s.root.Remove(temp)
	}
	if err := s.keep(temp, info.Digest); err != nil {
		_ = s.root.Remove(temp)
		return Stored{}, fmt.Errorf("store content %s: %w", info.Digest, err)
	}
	return info, nil
}

func (s *Disk) write(name string, r io.Reader) error {
	f, err := s.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, r)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

func (s *Disk) keep(temp string, d Digest) error {
	name := place(d)
	dir := path.Dir(name)
	if err := s.root.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	if err := s.root.Rename(temp, name); err != nil {
		return err
	}
	for _, folder := range []string{dir, path.Dir(dir), "."} {
		if err := s.syncFolder(folder); err != nil {
			return err
		}
	}
	return nil
}

func (s *Disk) syncFolder(name string) error {
	f, err := s.root.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Open opens the file of the content.
func (s *Disk) Open(ctx context.Context, d Digest) (Content, error) {
	if !d.Valid() {
		return nil, refuse(d)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	f, err := s.root.Open(place(d))
	if err != nil {
		return nil, missing(d, err)
	}
	return f, nil
}

// Stat looks at the file of the content.
func (s *Disk) Stat(ctx context.Context, d Digest) (Stored, error) {
	if !d.Valid() {
		return Stored{}, refuse(d)
	}
	if err := ctx.Err(); err != nil {
		return Stored{}, err
	}
	f, err := s.root.Lstat(place(d))
	if err != nil {
		return Stored{}, missing(d, err)
	}
	if !f.Mode().IsRegular() {
		return Stored{}, fmt.Errorf("content %s is not a plain file", d)
	}
	return Stored{Digest: d, Size: f.Size()}, nil
}

// Delete removes the file of the content and leaves the folders.
func (s *Disk) Delete(ctx context.Context, d Digest) error {
	if !d.Valid() {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := s.root.Remove(place(d)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("delete content %s: %w", d, err)
	}
	return nil
}

// Sweep removes temporary files that were last written before the given instant: what a process left behind that died while storing.
func (s *Disk) Sweep(before time.Time) (int, error) {
	files, err := fs.ReadDir(s.root.FS(), incoming)
	if err != nil {
		return 0, fmt.Errorf("sweep: %w", err)
	}
	swept := 0
	for _, f := range files {
		info, err := f.Info()
		if err != nil || !info.ModTime().Before(before) {
			continue // gone, or somebody may still be writing
		}
		if err := s.root.Remove(path.Join(incoming, f.Name())); err == nil {
			swept++
		}
	}
	return swept, nil
}

func place(d Digest) string {
	return path.Join(string(d[:2]), string(d[2:4]), string(d))
}

func missing(d Digest, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: %s", ErrNotExist, d)
	}
	return fmt.Errorf("content %s: %w", d, err)
}
