// Package password keeps passwords as argon2id hashes and bounds how many are computed at
// once, since each takes memory and tens of milliseconds.
package password

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// Cost is the work of one hash: OWASP's second choice for argon2id, 19 MiB and two passes.
type Cost struct {
	Time, KiB uint32
	Threads   uint8
}

// Default is used for new hashes.
var Default = Cost{Time: 2, KiB: 19 * 1024, Threads: 1}

// Test is for tests only: fast, and no protection at all.
var Test = Cost{Time: 1, KiB: 64, Threads: 1}

const (
	saltLength = 16
	keyLength  = 32
)

// gate bounds concurrent hashes, so that a flood of sign-ins cannot eat the memory.
var gate = make(chan struct{}, 4)

func enter(ctx context.Context) error {
	select {
	case gate <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func leave() { <-gate }

// Hash makes the PHC text of a password. It waits for its turn and fails only with ctx.
func Hash(ctx context.Context, c Cost, password string) (string, error) {
	if err := enter(ctx); err != nil {
		return "", err
	}
	defer leave()
	salt := make([]byte, saltLength)
	_, _ = rand.Read(salt)
	key := argon2.IDKey([]byte(password), salt, c.Time, c.KiB, c.Threads, keyLength)
	b := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.KiB, c.Time, c.Threads, b.EncodeToString(salt), b.EncodeToString(key)), nil
}

// Absent is a hash no password fits; verifying against it takes as long as against a real
// one, so that an unknown login cannot be told from a wrong password by time.
const Absent = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// Verify reports whether a password fits a hash. A hash it cannot read fits nothing.
func Verify(ctx context.Context, hash, password string) (bool, error) {
	parts := strings.Split(hash, "$")
	var version int
	var c Cost
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, nil
	}
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return false, nil
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.KiB, &c.Time, &c.Threads); err != nil {
		return false, nil
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	want, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	if err1 != nil || err2 != nil || len(want) != keyLength || c.Time == 0 || c.Threads == 0 || c.KiB > 1<<20 {
		return false, nil
	}
	if err := enter(ctx); err != nil {
		return false, err
	}
	defer leave()
	got := argon2.IDKey([]byte(password), salt, c.Time, c.KiB, c.Threads, keyLength)
	return subtle.ConstantTimeCompare(got, want) == 1, nil
}
