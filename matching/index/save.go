package index

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
)

// The format: the header, the number of profiles, each profile by rising key
// (bytes of key, number of terms, key, then term and weight of each term by
// rising term), and the SHA-256 of all that. Numbers are 4 bytes, the lowest
// first. The lists are made anew by Load, which takes about as long as reading
// them would and leaves nothing in the file that could contradict itself.
const header = "jiebang-index/1\n"

// Save writes the profiles as they are now. The same profiles give the same
// bytes, however they came in.
func (x *Index) Save(w io.Writer) error {
	now := x.now.Load()
	hash := sha256.New()
	buffer := bufio.NewWriterSize(w, 1<<20)
	out := io.MultiWriter(buffer, hash)
	record := binary.LittleEndian.AppendUint32([]byte(header), uint32(now.live))
	_, err := out.Write(record)
	for key, terms := range now.rising {
		record = binary.LittleEndian.AppendUint32(record[:0], uint32(len(key)))
		record = binary.LittleEndian.AppendUint32(record, uint32(len(terms)))
		record = append(record, key...)
		for _, w := range terms {
			record = binary.LittleEndian.AppendUint32(record, uint32(w.Term))
			record = binary.LittleEndian.AppendUint32(record, math.Float32bits(w.Value))
		}
		if _, err = out.Write(record); err != nil {
			break
		}
	}
	if err == nil {
		_, err = buffer.Write(hash.Sum(nil))
	}
	if err == nil {
		err = buffer.Flush()
	}
	if err != nil {
		return fmt.Errorf("save the index: %w", err)
	}
	return nil
}

// Load reads what Save wrote. Anything else is an error: another version, a
// stream cut short, a changed byte.
func Load(r io.Reader, progress func(stage string, done, total int)) (*Index, error) {
	if progress == nil {
		progress = silent
	}
	f, err := read(bufio.NewReaderSize(r, 1<<20), progress)
	if err != nil {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return nil, fmt.Errorf("load the index: %w", err)
	}
	return made(f, progress)
}

func read(r io.Reader, progress func(stage string, done, total int)) (*forward, error) {
	hash := sha256.New()
	in := io.TeeReader(r, hash)
	head := make([]byte, len(header)+4)
	if _, err := io.ReadFull(in, head); err != nil {
		return nil, err
	}
	if string(head[:len(header)]) != header {
		return nil, fmt.Errorf("it begins with %q, not with %q: not an index, or of another version; build it anew", head[:len(header)], header)
	}
	n := int(binary.LittleEndian.Uint32(head[len(header):]))
	f := &forward{}
	var last []byte
	var record []byte
	var terms []Weight
	for i := range n {
		record = slices.Grow(record[:0], 8)[:8]
		if _, err := io.ReadFull(in, record); err != nil {
			return nil, err
		}
		size, count := int(binary.LittleEndian.Uint32(record)), int(binary.LittleEndian.Uint32(record[4:]))
		if count > termsAtMost {
			return nil, fmt.Errorf("profile %d of %d has %d terms: damaged", i+1, n, count)
		}
		var err error
		if record, err = readN(in, record[:0], size+8*count); err != nil {
			return nil, err
		}
		key := record[:size]
		if i > 0 && bytes.Compare(last, key) >= 0 {
			return nil, fmt.Errorf("profile %d of %d, %q, is out of order: damaged", i+1, n, key)
		}
		terms = terms[:0]
		for at := size; at < len(record); at += 8 {
			w := Weight{Term(binary.LittleEndian.Uint32(record[at:])), math.Float32frombits(binary.LittleEndian.Uint32(record[at+4:]))}
			if !(w.Value > 0) || w.Value > math.MaxFloat32 || len(terms) > 0 && terms[len(terms)-1].Term >= w.Term {
				return nil, fmt.Errorf("profile %d of %d, %q, has a wrong weight for term %d: damaged", i+1, n, key, w.Term)
			}
			terms = append(terms, w)
		}
		if err := f.push(string(key), terms); err != nil {
			return nil, err
		}
		last = append(last[:0], key...)
		if (i+1)%10_000 == 0 || i+1 == n {
			progress("read", i+1, n)
		}
	}
	want := hash.Sum(nil)
	digest := make([]byte, len(want)+1)
	switch got, err := io.ReadFull(r, digest); {
	case err == nil:
		return nil, errors.New("there is more after its end: damaged")
	case !errors.Is(err, io.ErrUnexpectedEOF) || got < len(want):
		return nil, err
	case !bytes.Equal(digest[:got], want):
		return nil, errors.New("its digest does not fit what it holds: damaged")
	}
	return f, nil
}

// readN appends n bytes that follow. It takes memory only as they come, so that
// a wrong length cannot ask for more than there is.
func readN(r io.Reader, to []byte, n int) ([]byte, error) {
	for n > 0 {
		step := min(n, 1<<16)
		at := len(to)
		to = slices.Grow(to, step)[:at+step]
		if _, err := io.ReadFull(r, to[at:]); err != nil {
			return nil, err
		}
		n -= step
	}
	return to, nil
}

// rising goes through all profiles by rising key. The weights are good until the
// next.
func (s *state) rising(yield func(string, []Weight) bool) {
	type source struct {
		part *part
		at   int // in byKey
	}
	var sources []source
	for i := range s.parts {
		sources = append(sources, source{&s.parts[i], 0})
	}
	tail := slices.Clone(s.tail)
	slices.SortFunc(tail, func(a, b profile) int { return cmp.Compare(a.key, b.key) })
	var buffer []Weight
	for {
		least, from := "", -1
		for i := range sources {
			o := &sources[i]
			for o.at < o.part.docs() && o.part.gone.has(o.part.byKey[o.at]) {
				o.at++
			}
			if o.at == o.part.docs() {
				continue
			}
			if key := o.part.key(o.part.byKey[o.at]); from < 0 || key < least {
				least, from = key, i
			}
		}
		switch {
		case len(tail) > 0 && (from < 0 || tail[0].key < least):
			if !yield(tail[0].key, tail[0].terms) {
				return
			}
			tail = tail[1:]
		case from < 0:
			return
		default:
			o := &sources[from]
			buffer = o.part.profile(buffer[:0], o.part.byKey[o.at])
			if !yield(least, buffer) {
				return
			}
			o.at++
		}
	}
}
