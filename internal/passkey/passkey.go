// Package passkey speaks WebAuthn with browsers: it asks for a key pair, and later for proof
// that its owner is there. What it keeps and what it sends are JSON texts for its callers.
package passkey

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// ErrRefused means that what the browser sent proves nothing here.
var ErrRefused = errors.New("the passkey's answer is not good")

// ErrCloned means that the key has been copied: its counter ran backwards.
var ErrCloned = errors.New("the passkey's counter ran backwards")

// Party is this site as browsers know it.
type Party struct{ web *webauthn.WebAuthn }

// New makes the party for the one origin people use, like https://jiebang.example.cn.
func New(origin, name string) (*Party, error) {
	u, err := url.Parse(origin)
	if err != nil || u.Hostname() == "" {
		return nil, fmt.Errorf("passkeys: %q is no origin", origin)
	}
	web, err := webauthn.New(&webauthn.Config{RPID: u.Hostname(), RPDisplayName: name, RPOrigins: []string{u.Scheme + "://" + u.Host},
		AuthenticatorSelection: protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired},
		AttestationPreference:  protocol.PreferNoAttestation})
	if err != nil {
		return nil, fmt.Errorf("passkeys: %w", err)
	}
	return &Party{web}, nil
}

// Owner is whose passkeys they are. Records are those of the passkeys he has.
type Owner struct {
	ID, Login, Name string
	Records         []string
}

type owner struct {
	Owner
	credentials []webauthn.Credential
}

func (o owner) WebAuthnID() []byte                         { return []byte(o.ID) }
func (o owner) WebAuthnName() string                       { return o.Login }
func (o owner) WebAuthnDisplayName() string                { return o.Name }
func (o owner) WebAuthnCredentials() []webauthn.Credential { return o.credentials }

func read(o Owner) (owner, error) {
	out := owner{Owner: o}
	for _, text := range o.Records {
		var c webauthn.Credential
		if err := json.Unmarshal([]byte(text), &c); err != nil {
			return out, fmt.Errorf("read passkey: %w", err)
		}
		out.credentials = append(out.credentials, c)
	}
	return out, nil
}

// Register begins to add a passkey: options go to the browser, kept stays with the server.
func (p *Party) Register(o Owner) (options map[string]any, kept string, err error) {
	who, err := read(o)
	if err != nil {
		return nil, "", err
	}
	creation, session, err := p.web.BeginRegistration(who, webauthn.WithExclusions(webauthn.Credentials(who.credentials).CredentialDescriptors()))
	if err != nil {
		return nil, "", fmt.Errorf("begin passkey: %w", err)
	}
	return both(creation.Response, session)
}

// Registered reads the browser's answer: the credential's name and the record to keep.
func (p *Party) Registered(o Owner, kept string, answer any) (credential, record string, err error) {
	who, err := read(o)
	if err != nil {
		return "", "", err
	}
	session, raw, err := halves(kept, answer)
	if err != nil {
		return "", "", err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(raw)
	if err != nil {
		return "", "", ErrRefused
	}
	c, err := p.web.CreateCredential(who, session, parsed)
	if err != nil {
		return "", "", ErrRefused
	}
	return write(c)
}

// Ask begins to prove: nobody is named, the passkey itself says whose it is.
func (p *Party) Ask() (options map[string]any, kept string, err error) {
	assertion, session, err := p.web.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return nil, "", fmt.Errorf("ask passkey: %w", err)
	}
	return both(assertion.Response, session)
}

// Credential reads which passkey an answer is from, before it is proved to be.
func Credential(answer any) (string, error) {
	raw, err := json.Marshal(answer)
	if err != nil {
		return "", ErrRefused
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(raw)
	if err != nil {
		return "", ErrRefused
	}
	return base64.RawURLEncoding.EncodeToString(parsed.RawID), nil
}

// Proved checks the browser's answer against the owner's one passkey that it is from, and
// returns the record to keep from now on.
func (p *Party) Proved(o Owner, kept string, answer any) (record string, err error) {
	who, err := read(o)
	if err != nil {
		return "", err
	}
	session, raw, err := halves(kept, answer)
	if err != nil {
		return "", err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(raw)
	if err != nil {
		return "", ErrRefused
	}
	c, err := p.web.ValidateDiscoverableLogin(func(_, handle []byte) (webauthn.User, error) {
		if string(handle) != o.ID {
			return nil, ErrRefused
		}
		return who, nil
	}, session, parsed)
	switch {
	case err != nil:
		return "", ErrRefused
	case c.Authenticator.CloneWarning:
		return "", ErrCloned
	}
	_, record, err = write(c)
	return record, err
}

func both(options, session any) (map[string]any, string, error) {
	raw, err := json.Marshal(options)
	if err != nil {
		return nil, "", err
	}
	out := map[string]any{}
	if err := json.Unmarshal(raw, &out); err != nil {
		return nil, "", err
	}
	kept, err := json.Marshal(session)
	return out, string(kept), err
}

func halves(kept string, answer any) (webauthn.SessionData, []byte, error) {
	var session webauthn.SessionData
	if err := json.Unmarshal([]byte(kept), &session); err != nil {
		return session, nil, fmt.Errorf("read ceremony: %w", err)
	}
	raw, err := json.Marshal(answer)
	return session, raw, err
}

func write(c *webauthn.Credential) (credential, record string, err error) {
	raw, err := json.Marshal(c)
	return base64.RawURLEncoding.EncodeToString(c.ID), string(raw), err
}
