// Package oidc lets people sign in by an account at another server (OpenID Connect): the code
// flow with PKCE, state and nonce.
package oidc

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// Settings name the other server and this client of it.
type Settings struct {
	Issuer, ClientID, ClientSecret string
	Redirect                       string // the page here that people come back to
	Name                           string // of the other server, for the button
}

// ErrRefused means that the other server does not vouch for what came back.
var ErrRefused = errors.New("the other server does not vouch for this sign-in")

// Provider is the other server. It is asked for its keys and addresses when first needed, so
// that this platform starts while the other server is down.
type Provider struct {
	settings Settings
	client   *http.Client
	mu       sync.Mutex
	found    *oidc.Provider
}

// New makes a provider; nothing is sent yet.
func New(s Settings) *Provider {
	return &Provider{settings: s, client: &http.Client{Timeout: 10 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// Name is what people call the other server.
func (p *Provider) Name() string { return p.settings.Name }

// Server is the other server's name for itself.
func (p *Provider) Server() string { return p.settings.Issuer }

func (p *Provider) discover(ctx context.Context) (*oidc.Provider, oauth2.Config, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found == nil {
		// The keys are fetched later with the context given here, so it must not end with the request.
		found, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), p.client), p.settings.Issuer)
		if err != nil {
			return nil, oauth2.Config{}, fmt.Errorf("ask %s who it is: %w", p.settings.Issuer, err)
		}
		p.found = found
	}
	return p.found, oauth2.Config{ClientID: p.settings.ClientID, ClientSecret: p.settings.ClientSecret, RedirectURL: p.settings.Redirect,
		Endpoint: p.found.Endpoint(), Scopes: []string{oidc.ScopeOpenID, "profile", "email"}}, nil
}

// Request is one sign-in on its way: where to send the person, and what to keep meanwhile.
type Request struct {
	URL                    string
	State, Nonce, Verifier string
}

// Begin makes a request with fresh secrets.
func (p *Provider) Begin(ctx context.Context, state, nonce string) (Request, error) {
	_, config, err := p.discover(ctx)
	if err != nil {
		return Request{}, err
	}
	r := Request{State: state, Nonce: nonce, Verifier: oauth2.GenerateVerifier()}
	r.URL = config.AuthCodeURL(r.State, oidc.Nonce(r.Nonce), oauth2.S256ChallengeOption(r.Verifier))
	return r, nil
}

// Claims are what the other server says of a person.
type Claims struct {
	Issuer, Subject, Email, Name string
	Verified                     bool // the other server knows that the address is his
}

// Finish exchanges the code that came back. The state must be the one that was sent, and
// what the other server signs must be for this client, fresh, and hold the nonce. It answers
// ErrRefused when it is not, and any other error when the other server cannot be asked.
func (p *Provider) Finish(ctx context.Context, r Request, state, code string, now time.Time) (Claims, error) {
	found, config, err := p.discover(ctx)
	if err != nil {
		return Claims{}, err
	}
	if state == "" || state != r.State {
		return Claims{}, ErrRefused
	}
	ctx = oidc.ClientContext(ctx, p.client)
	token, err := config.Exchange(ctx, code, oauth2.VerifierOption(r.Verifier))
	var refused *oauth2.RetrieveError
	switch {
	case errors.As(err, &refused) && refused.Response != nil && refused.Response.StatusCode < 500:
		return Claims{}, ErrRefused
	case err != nil:
		return Claims{}, fmt.Errorf("exchange the code: %w", err)
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := found.Verifier(&oidc.Config{ClientID: p.settings.ClientID, Now: func() time.Time { return now }}).Verify(ctx, raw)
	if err != nil || id.Nonce != r.Nonce || id.Subject == "" {
		return Claims{}, ErrRefused
	}
	var c struct {
		Email    string `json:"email"`
		Name     string `json:"name"`
		Verified any    `json:"email_verified"` // some servers send the word
	}
	if err := id.Claims(&c); err != nil {
		return Claims{}, ErrRefused
	}
	return Claims{Issuer: id.Issuer, Subject: id.Subject, Email: c.Email, Name: c.Name, Verified: c.Verified == true || c.Verified == "true"}, nil
}
