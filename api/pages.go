package api

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"jiebang/api/endpoint"
)

// pages serves the built frontend: assets with their hash in the name for a year, anything
// else fresh, and index.html for addresses the frontend routes itself.
func (s *Server) pages(c *gin.Context) {
	p := strings.TrimPrefix(path.Clean(c.Request.URL.Path), "/")
	if c.Request.Method != http.MethodGet && c.Request.Method != http.MethodHead || p == "api" || strings.HasPrefix(p, "api/") {
		(&endpoint.Problem{Type: "urn:jiebang:request.not_found", Title: http.StatusText(404), Status: 404, Code: "request.not_found",
			Detail: "There is no such thing, or you may not see it."}).Write(c)
		return
	}
	if s.config.Pages == nil {
		c.String(http.StatusNotFound, "This server has no pages; its API is described at /api/openapi.json.\n")
		return
	}
	if p != "" && s.file(c, p) {
		return
	}
	if path.Ext(p) != "" { // a missing asset must not be answered with a page
		c.String(http.StatusNotFound, "not found\n")
		return
	}
	if !s.file(c, "index.html") {
		c.String(http.StatusServiceUnavailable, "The pages are not built yet: run `make run`, or `npm ci && npm run build` in frontend/.\n")
	}
}

func (s *Server) file(c *gin.Context, name string) bool {
	if !fs.ValidPath(name) || strings.HasSuffix(name, ".gz") {
		return false
	}
	served, zipped := name, false
	if strings.Contains(c.GetHeader("Accept-Encoding"), "gzip") {
		if _, err := fs.Stat(s.config.Pages, name+".gz"); err == nil {
			served, zipped = name+".gz", true
		}
	}
	info, err := fs.Stat(s.config.Pages, served)
	if err != nil || info.IsDir() {
		return false
	}
	body, err := fs.ReadFile(s.config.Pages, served)
	if err != nil {
		return false
	}
	h := c.Writer.Header()
	if kind := mime.TypeByExtension(path.Ext(name)); kind != "" {
		h.Set("Content-Type", kind)
	}
	h.Set("Vary", "Accept-Encoding")
	if zipped {
		h.Set("Content-Encoding", "gzip")
	}
	if strings.HasPrefix(name, "assets/") {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		h.Set("Cache-Control", "no-cache")
	}
	http.ServeContent(c.Writer, c.Request, name, time.Time{}, bytes.NewReader(body))
	return true
}

func (s *Server) serveOpenAPI(c *gin.Context) {
	body, err := s.Describe()
	if err != nil {
		(&endpoint.Problem{Type: "urn:jiebang:request.failed", Title: http.StatusText(500), Status: 500, Code: "request.failed",
			Detail: "The description cannot be made."}).Write(c)
		return
	}
	c.Data(http.StatusOK, "application/json", body)
}

// Indented is the description as it is committed: readable in a diff.
func (s *Server) Indented() ([]byte, error) {
	raw, err := s.Describe()
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, raw, "", "  "); err != nil {
		return nil, err
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}
