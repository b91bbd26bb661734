package outward

import (
	"context"
	"net"
	"net/http"
)

// Dial opens a connection as the client would, past the look at the name.
func Dial(c *Client, ctx context.Context, address string) error {
	conn, err := c.http.Transport.(*http.Transport).DialContext(ctx, "tcp", address)
	if err == nil {
		_ = conn.Close()
	}
	return err
}

// Resolve lets a client ask another server for names.
func Resolve(c *Client, r *net.Resolver) { c.dialer.Resolver = r }
