package api

import (
	"strings"

	"jiebang/api/accounts"
	"jiebang/api/alliances"
	"jiebang/api/assignments"
	"jiebang/api/awards"
	"jiebang/api/batches"
	"jiebang/api/bids"
	"jiebang/api/catalogue"
	"jiebang/api/challenges"
	"jiebang/api/conflicts"
	"jiebang/api/documents"
	"jiebang/api/experts"
	"jiebang/api/integrity"
	"jiebang/api/matches"
	"jiebang/api/needs"
	"jiebang/api/notices"
	"jiebang/api/orgs"
	"jiebang/api/overview"
	"jiebang/api/rankings"
	"jiebang/api/reviews"
	"jiebang/api/teams"
	"jiebang/api/trail"
	"jiebang/api/webhooks"
)

// open hangs the doors of every domain, in the order of a challenge's life.
func (s *Server) open(t *tokens) {
	d := s.doors
	s.about()
	// who
	keys := s.keys(t)
	accounts.Routes(d, keys)
	orgs.Routes(d)
	alliances.Routes(d)
	teams.Routes(d)
	experts.Routes(d)
	integrity.Routes(d)
	// what is asked
	catalogue.Routes(d)
	batches.Routes(d)
	needs.Routes(d)
	challenges.Routes(d)
	challenges.Feeds(d, strings.TrimSuffix(s.config.PublicURL, "/"))
	matches.Routes(d)
	// who wins
	bids.Routes(d)
	assignments.Routes(d)
	conflicts.Routes(d)
	reviews.Routes(d, s.config.Blob)
	rankings.Routes(d)
	awards.Routes(d)
	// around it
	documents.Routes(d, s.config.Blob)
	notices.Routes(d, &notices.Post{Mail: s.config.Mail, Base: strings.TrimSuffix(s.config.PublicURL, "/"), ResetLink: keys.Links.Reset, SignupLink: keys.Links.Signup})
	webhooks.Routes(d, webhooks.NewCaller(s.config.Outward, strings.TrimSuffix(s.config.PublicURL, "/")))
	overview.Routes(d)
	trail.Routes(d)
}
