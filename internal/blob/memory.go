package blob

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"sync"
)

// Memory keeps contents in memory, for tests and for the specification, which needs no folder. The zero value is ready to use.
type Memory struct {
	mu       sync.RWMutex
	contents map[Digest][]byte
}

// Put keeps a copy of what it reads.
func (s *Memory) Put(ctx context.Context, r io.Reader, limit int64) (Stored, error) {
	m := newMeter(ctx, r, limit)
	content, err := io.ReadAll(m)
	if err != nil {
		return Stored{}, err
	}
	info := m.info()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.contents == nil {
		s.contents = map[Digest][]byte{}
	}
	s.contents[info.Digest] = content
	return info, nil
}

// Open reads from the kept copy.
func (s *Memory) Open(ctx context.Context, d Digest) (Content, error) {
	content, err := s.find(ctx, d)
	if err != nil {
		return nil, err
	}
	return memoryContent{bytes.NewReader(content)}, nil
}

// Stat measures the kept copy.
func (s *Memory) Stat(ctx context.Context, d Digest) (Stored, error) {
	content, err := s.find(ctx, d)
	if err != nil {
		return Stored{}, err
	}
	return Stored{Digest: d, Size: int64(len(content))}, nil
}

// Delete forgets the copy. Contents that are open stay readable.
func (s *Memory) Delete(ctx context.Context, d Digest) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.contents, d)
	return nil
}

func (s *Memory) find(ctx context.Context, d Digest) ([]byte, error) {
	if !d.Valid() {
		return nil, refuse(d)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	content, ok := s.contents[d]
	if !ok {
		return nil, fmt.Errorf("%w: %s", ErrNotExist, d)
	}
	return content, nil
}

type memoryContent struct{ *bytes.Reader }

func (memoryContent) Close() error { return nil }
