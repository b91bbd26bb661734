package seal

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Receipt is what a team gets for a sealed bid. Its text holds everything a check needs: the
// digest of the content, the digests of the files, and a last line over all lines before it.
type Receipt struct {
	Challenge string // its public code
	Bid       string
	Version   int
	Digest    string // of the canonical content
	Files     []File // in the order the bid names them
	At        time.Time
}

// File is an attachment of the bid with the digest of its bytes.
type File struct {
	ID     string
	SHA256 string
}

const title = "揭榜密封回执 · receipt of a sealed bid · v1"

// Text writes the receipt. Every line is "name: value"; the last is the SHA-256 of all
// bytes before it, so that a slip of the hand shows. It is no signature: it proves what
// was handed in to whoever holds the same text.
func (r Receipt) Text() string {
	var b strings.Builder
	fmt.Fprintln(&b, title)
	fmt.Fprintln(&b, "challenge:", r.Challenge)
	fmt.Fprintln(&b, "bid:", r.Bid)
	fmt.Fprintln(&b, "version:", r.Version)
	fmt.Fprintln(&b, "sealed_at:", r.At.UTC().Format(time.RFC3339Nano))
	fmt.Fprintln(&b, "content_sha256:", r.Digest)
	for _, f := range r.Files {
		fmt.Fprintln(&b, "file_sha256:", f.ID, f.SHA256)
	}
	fmt.Fprintln(&b, "check: sha256 of the content as canonical JSON (RFC 8785) is content_sha256")
	fmt.Fprintln(&b, "receipt_sha256:", Digest([]byte(b.String())))
	return b.String()
}

// Check says whether a receipt's text is whole and, given the content as JSON text in any
// form, whether it is a receipt for that content.
func Check(text string, content []byte) error {
	i := strings.LastIndex(text, "receipt_sha256: ")
	if i < 0 || !strings.HasPrefix(text, title+"\n") {
		return errors.New("this is no receipt")
	}
	if got := strings.TrimSpace(strings.TrimPrefix(text[i:], "receipt_sha256: ")); got != Digest([]byte(text[:i])) {
		return errors.New("the receipt was changed: its last line does not fit the lines before it")
	}
	if content == nil {
		return nil
	}
	canonical, err := CanonicalText(content)
	if err != nil {
		return err
	}
	if !strings.Contains(text, "\ncontent_sha256: "+Digest(canonical)+"\n") {
		return errors.New("the receipt is for another content")
	}
	return nil
}
