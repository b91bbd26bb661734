// Package embedding asks an embedding service for the vectors of texts. Nothing needs it:
// where no service is named, texts are compared by what the pool itself teaches.
package embedding

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Model is a model behind an endpoint of the shape that OpenAI made common: POST URL/embeddings with
// {"model", "input": [texts]}, answered by {"data": [{"index", "embedding": [numbers]}]}.
type Model struct {
	URL  string // base, e.g. http://127.0.0.1:8081/v1
	Name string
	Key  string // sent as a bearer token where it is set
	// Client is used for the calls; nil means one that gives up after a minute.
	Client *http.Client
}

// New checks what a person set. An empty URL is no service: nil, without an error.
func New(base, model, key string) (*Model, error) {
	if base == "" {
		return nil, nil
	}
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, errors.New("the address of the embedding service must look like https://host/v1")
	}
	if model == "" {
		return nil, errors.New("the embedding service needs the name of a model")
	}
	return &Model{URL: strings.TrimRight(base, "/"), Name: model, Key: key}, nil
}

const (
	batch    = 64       // texts a call
	attempts = 4        // of a call that a busy server refuses
	largest  = 64 << 20 // bytes of an answer
	longest  = 8_000    // characters of a text; services refuse or cut more
	patience = time.Minute
)

// Embed returns one vector a text, in their order, all of one length. It fails when the
// service does not answer, answers for another number of texts, or with what is no number.
func (s *Model) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	out := make([][]float32, 0, len(texts))
	for len(out) < len(texts) {
		part := texts[len(out):min(len(out)+batch, len(texts))]
		vectors, err := s.ask(ctx, part)
		if err != nil {
			return nil, fmt.Errorf("embed texts %d to %d of %d: %w", len(out)+1, len(out)+len(part), len(texts), err)
		}
		for _, v := range vectors {
			if len(out) > 0 && len(v) != len(out[0]) {
				return nil, fmt.Errorf("the embedding service answers with vectors of %d and of %d numbers", len(out[0]), len(v))
			}
			out = append(out, v)
		}
	}
	return out, nil
}

// errBusy is an answer that another try may better.
var errBusy = errors.New("the embedding service is busy")

func (s *Model) ask(ctx context.Context, texts []string) ([][]float32, error) {
	input := make([]string, len(texts))
	for i, t := range texts {
		if input[i] = clip(strings.ToValidUTF8(t, " ")); strings.TrimSpace(input[i]) == "" {
			input[i] = "-" // services refuse an empty text
		}
	}
	body, err := json.Marshal(map[string]any{"model": s.Name, "input": input})
	if err != nil {
		return nil, err
	}
	for try := 1; ; try++ {
		vectors, err := s.call(ctx, body, len(texts))
		if !errors.Is(err, errBusy) || try == attempts {
			return vectors, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(time.Duration(try*try) * 250 * time.Millisecond):
		}
	}
}

func clip(s string) string {
	if r := []rune(s); len(r) > longest {
		return string(r[:longest])
	}
	return s
}

func (s *Model) call(ctx context.Context, body []byte, n int) ([][]float32, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL+"/embeddings", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	if s.Key != "" {
		req.Header.Set("Authorization", "Bearer "+s.Key)
	}
	client := s.Client
	if client == nil {
		client = &http.Client{Timeout: patience}
	}
	res, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(res.Body, largest+1))
	switch {
	case err != nil:
		return nil, err
	case res.StatusCode == http.StatusTooManyRequests || res.StatusCode >= 500:
		return nil, fmt.Errorf("%w: %s", errBusy, res.Status)
	case res.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("the embedding service answers %s", res.Status)
	case len(raw) > largest:
		return nil, fmt.Errorf("the answer of the embedding service is longer than %d bytes", largest)
	}
	return read(raw, n)
}

func read(raw []byte, n int) ([][]float32, error) {
	var answer struct {
		Data []struct {
			Index     *int      `json:"index"`
			Embedding []float32 `json:"embedding"`
		} `json:"data"`
	}
	if err := json.Unmarshal(raw, &answer); err != nil {
		return nil, fmt.Errorf("the answer of the embedding service cannot be read: %w", err)
	}
	if len(answer.Data) != n {
		return nil, fmt.Errorf("the embedding service answers for %d texts, %d were asked", len(answer.Data), n)
	}
	out := make([][]float32, n)
	for i, d := range answer.Data {
		at := i
		if d.Index != nil {
			at = *d.Index
		}
		if at < 0 || at >= n || out[at] != nil || len(d.Embedding) == 0 {
			return nil, fmt.Errorf("the embedding service gives no vector, or two, for text %d", at)
		}
		for _, x := range d.Embedding {
			if f := float64(x); math.IsNaN(f) || math.IsInf(f, 0) {
				return nil, fmt.Errorf("the embedding service gives no number in the vector of text %d", at)
			}
		}
		out[at] = d.Embedding
	}
	return out, nil
}
