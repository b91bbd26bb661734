// Package api is what one can do: the server, and a room per domain with one file per verb.
package api

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"jiebang/api/endpoint"
	"jiebang/api/question"
	"jiebang/internal/blob"
	"jiebang/internal/jobs"
	"jiebang/internal/mail"
	"jiebang/internal/oidc"
	"jiebang/internal/outward"
	"jiebang/internal/passkey"
	"jiebang/internal/password"
	"jiebang/internal/problem"
	"jiebang/models"
)

// Config is what a server needs. A zero Store is enough to describe the API, not to serve it.
type Config struct {
	Store          *models.Store
	Secret         []byte // keys are derived from it, one for each purpose
	Blob           blob.Store
	Pages          fs.FS // the built frontend; nil serves the API alone
	Demo           *Demo // nil outside demo mode
	TrustedProxies []string
	// Secure says that people reach the server by HTTPS only.
	Secure       bool
	Log          *slog.Logger
	Clock        func() time.Time
	Version      string
	PasswordCost password.Cost
	// PublicURL is the address people use: passkeys belong to it, and one-time links begin with it.
	PublicURL string
	// OIDC is another server to sign in by; nil where there is none.
	OIDC *oidc.Provider
	// Wall is the time that people's devices show, where Clock may be ahead of it.
	Wall func() time.Time
	Mail mail.Sender // nil where there is no mail server
	// Outward calls webhooks; nil is one that contacts nobody inside.
	Outward *outward.Client
	// Pool says how much of the teams is kept in memory for matching; zero is the default.
	Pool question.PoolSettings
}

// Server is the API with its pages, clock doors and followers.
type Server struct {
	config Config
	router *gin.Engine
	doors  *endpoint.Doors
	ready  atomic.Bool
	meter  *meter

	passkeys *passkey.Party
}

// New hangs every door. It fails when a trusted proxy is not an address.
func New(c Config) (*Server, error) {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.PasswordCost == (password.Cost{}) {
		c.PasswordCost = password.Default
	}
	if c.Store != nil && c.Pool.Whole > 0 {
		question.SetPool(c.Store, c.Pool)
	}
	if c.Store != nil && c.Demo == nil {
		c.Store = c.Store.Demanding()
	}
	s := &Server{config: c, meter: newMeter()}
	if c.PublicURL != "" {
		var err error
		if s.passkeys, err = passkey.New(c.PublicURL, "揭榜台 Jiebang"); err != nil {
			return nil, err
		}
	}
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	if err := r.SetTrustedProxies(c.TrustedProxies); err != nil {
		return nil, fmt.Errorf("trusted proxies: %w", err)
	}
	r.HandleMethodNotAllowed = true
	tokens := newTokens(c.Secret, c.Clock)
	r.Use(s.observe, s.recover, secure(c.Secure), endpoint.Strict, sameOrigin(), s.limit(), tokens.identify, func(c *gin.Context) { s.doors.Export(c) })

	cfg := huma.DefaultConfig("揭榜台 Jiebang", "1")
	cfg.Info.Description = "Post the challenge, whoever can solve it takes command. Money is in fen, time in UTC (RFC 3339), lists are paged by cursor. " +
		"Every thing carries `actions`: what the caller may do to it now. Errors are RFC 9457 problems with stable codes."
	cfg.CreateHooks, cfg.DocsPath, cfg.SchemasPath, cfg.OpenAPIPath = nil, "", "", ""
	cfg.RejectUnknownQueryParameters = true
	cfg.Formats = map[string]huma.Format{"application/json": endpoint.JSONFormat(), "json": endpoint.JSONFormat()}
	cfg.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"bearer": {Type: "http", Scheme: "bearer", BearerFormat: "JWT"}}
	cfg.Transformers = append(cfg.Transformers, func(ctx huma.Context, _ string, v any) (any, error) {
		if p, ok := v.(*endpoint.Problem); ok && p.Instance == "" {
			u := ctx.URL()
			p.Instance = u.Path
			if p.Errors == nil {
				p.Errors = []problem.Field{}
			}
		}
		return v, nil
	})
	humaAPI := humagin.New(r, cfg)
	humaAPI.UseMiddleware(endpoint.Headers)
	s.router, s.doors = r, &endpoint.Doors{API: humaAPI, Store: c.Store, Log: c.Log, Secure: c.Secure}
	s.open(tokens)
	endpoint.Bound(humaAPI)
	r.GET("/livez", func(c *gin.Context) { c.String(http.StatusOK, "alive\n") })
	r.GET("/readyz", s.readyz)
	r.GET("/metrics", s.meter.serve)
	r.GET("/api/openapi.json", s.serveOpenAPI)
	r.GET("/api/docs", serveDocs)
	r.NoMethod(func(c *gin.Context) {
		(&endpoint.Problem{Type: "urn:jiebang:request.method", Title: http.StatusText(405), Status: 405, Code: "request.method",
			Detail: "This address does not take that method."}).Write(c)
	})
	r.NoRoute(s.pages)
	s.Ready(true)
	return s, nil
}

// Handler is the whole server as one handler.
func (s *Server) Handler() http.Handler { return s.router }

// Ready sets what /readyz answers; a server that is stopping is not ready.
func (s *Server) Ready(yes bool) { s.ready.Store(yes) }

// Doors are the operations there are, for the tests that walk them all.
func (s *Server) Doors() []endpoint.Door { return s.doors.Open }

// Exported are the paths of the lists that can be had as a file.
func (s *Server) Exported() []string { return s.doors.Exported() }

// Unspoken are the values of lists that a file could not say in words.
func (s *Server) Unspoken() []string { return s.doors.Unspoken() }

// Describe returns the OpenAPI document as it is committed and served.
func (s *Server) Describe() ([]byte, error) {
	return s.doors.API.OpenAPI().MarshalJSON()
}

// Jobs are the clock doors as jobs for the loop, and the draining of deliveries.
func (s *Server) Jobs() []jobs.Job {
	list := []jobs.Job{}
	for _, c := range s.doors.Clocks {
		list = append(list, jobs.Job{Name: string(c.Action), Every: c.Every, Run: c.Run})
	}
	return list
}

// Deliver hands waiting events to their followers; see models.Store.Deliver.
func (s *Server) Deliver(ctx context.Context) (int, error) { return s.config.Store.Deliver(ctx) }

func (s *Server) readyz(c *gin.Context) {
	ctx, cancel := context.WithTimeout(c.Request.Context(), 2*time.Second)
	defer cancel()
	if !s.ready.Load() {
		c.String(http.StatusServiceUnavailable, "stopping\n")
		return
	}
	if err := s.config.Store.Ping(ctx); err != nil {
		c.String(http.StatusServiceUnavailable, "database\n")
		return
	}
	c.String(http.StatusOK, "ready\n")
}

// observe logs one line per request and counts it: the route's template, never the path,
// which would tell of whom and of how many bids; no query, no body, no address.
func (s *Server) observe(c *gin.Context) {
	start := s.config.Clock()
	id := requestID()
	c.Header("X-Request-Id", id)
	c.Next()
	if form := c.Request.MultipartForm; form != nil {
		_ = form.RemoveAll() // gin forgets it when the request was replaced on the way
	}
	method, route := told(c)
	took := s.config.Clock().Sub(start)
	s.meter.count(method, route, c.Writer.Status(), took)
	s.config.Log.Info("request", "id", id, "method", method, "route", route, "status", c.Writer.Status(), "ms", took.Milliseconds())
}

// told is what the log and the counters may know of a request. Whatever is done to bids is
// one route to them: who counts the submissions, even over all challenges, learns of one
// challenge's when it is the only one open.
func told(c *gin.Context) (method, route string) {
	switch route = c.FullPath(); {
	case route == "":
		return c.Request.Method, "other"
	case strings.HasPrefix(route, "/api/v1/bids/") || strings.Contains(route, "/{id}/bid") || strings.Contains(route, "/:id/bid"):
		return "ANY", "/api/v1/bids"
	}
	return c.Request.Method, route
}

func requestID() string {
	var raw [8]byte
	_, _ = rand.Read(raw[:])
	return hex.EncodeToString(raw[:])
}

// recover turns a panic into a problem with an incident number.
func (s *Server) recover(c *gin.Context) {
	defer func() {
		r := recover()
		if r == nil {
			return
		}
		if err, ok := r.(error); ok && errors.Is(err, http.ErrAbortHandler) {
			panic(r)
		}
		incident := models.RandomToken()[:10]
		s.config.Log.Error("panic", "incident", incident, "route", c.FullPath(), "panic", fmt.Sprint(r), "stack", string(debug.Stack()))
		if !c.Writer.Written() {
			(&endpoint.Problem{Type: "urn:jiebang:request.failed", Title: http.StatusText(500), Status: 500, Code: "request.failed", Incident: incident,
				Detail: "Something went wrong on our side. Quote the incident when you ask about it."}).Write(c)
		}
	}()
	c.Next()
}
