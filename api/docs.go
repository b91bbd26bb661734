package api

import (
	_ "embed"
	"net/http"

	"github.com/gin-gonic/gin"
)

//go:embed docs.html
var docsPage []byte

//go:embed docs.js
var docsScript []byte

// serveDocs shows the description for people, from this binary alone: no other host is asked.
func serveDocs(c *gin.Context) {
	if c.Query("script") != "" {
		c.Data(http.StatusOK, "text/javascript; charset=utf-8", docsScript)
		return
	}
	c.Data(http.StatusOK, "text/html; charset=utf-8", docsPage)
}
