// Package passkeytest is an authenticator for tests: it answers as a browser with a security
// key would, and can be told to lie.
package passkeytest

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"testing"
)

// Device holds one key pair, for one site.
type Device struct {
	Origin string // of the page that asks
	RP     string // the site the device believes to speak with
	Count  uint32 // goes up by one with each answer
	// Present and Verified are what the device says of its owner.
	Present, Verified bool
	// Challenge takes the place of the one that was asked, where it is set.
	Challenge string

	t    testing.TB
	key  *ecdsa.PrivateKey
	id   []byte
	user []byte
}

// New makes a device with a fresh ES256 key.
func New(t testing.TB, origin, rp string) *Device {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	id := make([]byte, 32)
	_, _ = rand.Read(id)
	return &Device{Origin: origin, RP: rp, Present: true, Verified: true, t: t, key: key, id: id}
}

// Clone is the same key in another device: what a thief would have.
func (d *Device) Clone() *Device {
	c := *d
	return &c
}

// Claim makes the device say that its key belongs to somebody else.
func (d *Device) Claim(user string) { d.user = []byte(user) }

const (
	userPresent  = 1 << 0
	userVerified = 1 << 2
	attested     = 1 << 6
)

var b64 = base64.RawURLEncoding

// Make answers a wish for a fresh key pair, without an attestation.
func (d *Device) Make(options map[string]any) map[string]any {
	d.t.Helper()
	user, _ := options["user"].(map[string]any)
	text, _ := user["id"].(string)
	id, err := b64.DecodeString(text)
	if err != nil {
		d.t.Fatalf("the user's id: %v", err)
	}
	d.user = id
	client := d.client("webauthn.create", options)
	// authData is a byte string of some hundred bytes, so its length takes two.
	data := d.data(attested)
	object := bytes.Join([][]byte{{0xa3}, words("fmt"), words("none"), words("attStmt"), {0xa0}, words("authData"), {0x59}, binary.BigEndian.AppendUint16(nil, uint16(len(data))), data}, nil)
	return d.answer(map[string]any{"clientDataJSON": b64.EncodeToString(client), "attestationObject": b64.EncodeToString(object)})
}

// Show answers a wish for proof.
func (d *Device) Show(options map[string]any) map[string]any {
	d.t.Helper()
	client := d.client("webauthn.get", options)
	data := d.data(0)
	hash := sha256.Sum256(client)
	whole := sha256.Sum256(append(bytes.Clone(data), hash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, d.key, whole[:])
	if err != nil {
		d.t.Fatal(err)
	}
	return d.answer(map[string]any{"clientDataJSON": b64.EncodeToString(client), "authenticatorData": b64.EncodeToString(data),
		"signature": b64.EncodeToString(signature), "userHandle": b64.EncodeToString(d.user)})
}

func (d *Device) answer(response map[string]any) map[string]any {
	return map[string]any{"id": b64.EncodeToString(d.id), "rawId": b64.EncodeToString(d.id), "type": "public-key", "response": response, "clientExtensionResults": map[string]any{}}
}

func (d *Device) client(kind string, options map[string]any) []byte {
	challenge, _ := options["challenge"].(string)
	if d.Challenge != "" {
		challenge = d.Challenge
	}
	text, err := json.Marshal(map[string]any{"type": kind, "challenge": challenge, "origin": d.Origin, "crossOrigin": false})
	if err != nil {
		d.t.Fatal(err)
	}
	return text
}

// data is what an authenticator says: for which site, what it knows of its owner, how often it
// was used, and the public key where it is fresh.
func (d *Device) data(flags byte) []byte {
	if d.Present {
		flags |= userPresent
	}
	if d.Verified {
		flags |= userVerified
	}
	d.Count++
	site := sha256.Sum256([]byte(d.RP))
	out := append(site[:], flags)
	out = binary.BigEndian.AppendUint32(out, d.Count)
	if flags&attested == 0 {
		return out
	}
	out = append(out, make([]byte, 16)...)
	out = binary.BigEndian.AppendUint16(out, uint16(len(d.id)))
	out = append(out, d.id...)
	point, err := d.key.PublicKey.Bytes()
	if err != nil {
		d.t.Fatal(err)
	}
	// COSE: 1 kty: 2 EC2, 3 alg: -7 ES256, -1 crv: 1 P-256, -2 x, -3 y
	out = append(out, 0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20)
	out = append(out, point[1:33]...)
	out = append(out, 0x22, 0x58, 0x20)
	return append(out, point[33:65]...)
}

// words is a short text in CBOR.
func words(s string) []byte { return append([]byte{0x60 + byte(len(s))}, s...) }
