package endpoint

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"jiebang/models"
)

type validatorKey struct{}

// Feed hands out a document that programs fetch again and again: a feed, a calendar. Its ETag is
// made of its content, and who has it already gets 304 and no body. It opens a reading unit of
// work.
func Feed[I any](d *Doors, action models.Action, path, summary, media string, fn func(*models.Tx, *I) ([]byte, error)) {
	op := huma.Operation{OperationID: string(action), Method: http.MethodGet, Path: "/api/v1" + path, Summary: summary,
		Tags: []string{strings.SplitN(string(action), ".", 2)[0]}, Errors: []int{404, 422}}
	op.Responses = map[string]*huma.Response{
		"200": {Description: "The document", Content: map[string]*huma.MediaType{media: {Schema: &huma.Schema{Type: huma.TypeString}}}},
		"304": {Description: "It has not changed"}}
	op.Middlewares = huma.Middlewares{func(ctx huma.Context, next func(huma.Context)) {
		next(huma.WithValue(ctx, validatorKey{}, ctx.Header("If-None-Match")))
	}}
	d.Open = append(d.Open, Door{Action: action, Method: op.Method, Path: op.Path})
	huma.Register(d.API, op, func(ctx context.Context, in *I) (*huma.StreamResponse, error) {
		var body []byte
		err := d.Store.Read(ctx, WhoOf(ctx), func(tx *models.Tx) (err error) {
			body, err = fn(tx, in)
			return err
		})
		if err != nil {
			return nil, d.fail(ctx, action, err)
		}
		sum := sha256.Sum256(body)
		tag := `"` + hex.EncodeToString(sum[:12]) + `"`
		have, _ := ctx.Value(validatorKey{}).(string)
		return &huma.StreamResponse{Body: func(hc huma.Context) {
			hc.SetHeader("ETag", tag)
			hc.SetHeader("Cache-Control", "no-cache") // keep it, and ask each time
			if holds(have, tag) {
				hc.SetStatus(http.StatusNotModified)
				return
			}
			hc.SetHeader("Content-Type", media+"; charset=utf-8")
			hc.SetStatus(http.StatusOK)
			_, _ = hc.BodyWriter().Write(body)
		}}, nil
	})
}

// holds reports whether a list of validators names the tag, weakly compared as RFC 9110 wants.
func holds(list, tag string) bool {
	for v := range strings.SplitSeq(list, ",") {
		if v = strings.TrimSpace(v); v == "*" || strings.TrimPrefix(v, "W/") == tag {
			return true
		}
	}
	return false
}
