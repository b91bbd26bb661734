package archtest_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jiebang/internal/archtest"
)

const root = "../.."

func TestHouse(t *testing.T) {
	t.Parallel()
	found, err := archtest.Check(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		t.Error(f)
	}
}

// soon are rooms of the table that are still to be built. Delete a name once its folder is there.
var soon = map[string]bool{
	"internal/mail": true,
}

func TestRooms(t *testing.T) {
	t.Parallel()
	gone, err := archtest.Missing(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range gone {
		if !soon[r] {
			t.Errorf("%s is in the table and not in the tree: a rule about nothing protects nothing", r)
		}
	}
}

// Every rule must refuse something: a check that nothing can fail is no check. The rows are small trees, each with what must be said
// about them; an empty list says that nothing may be.
func TestRefuses(t *testing.T) {
	t.Parallel()
	const doc = "// Package x is here to be judged by the rules.\npackage x\n"
	for _, row := range []struct {
		name, file, source string
		want               []string
	}{
		{"clean", "matching/rank/rank.go", doc + `import ("sort"; "jiebang/matching/explain")`, nil},
		{"matching imports models", "matching/rank/rank.go", doc + `import "jiebang/models"`, []string{"matching/* must not import models"}},
		{"a matching test imports the database room", "matching/rank/rank_test.go", `package rank_test; import "jiebang/internal/dbtest"`, []string{"must not import internal/dbtest"}},
		{"matching imports a library", "matching/rank/rank.go", doc + `import "gonum.org/v1/gonum/mat"`, []string{"must not import gonum.org/v1/gonum/mat"}},
		{"models imports matching", "models/bid.go", doc + `import "jiebang/matching/rank"`, []string{"models must not import matching/rank"}},
		{"models imports api", "models/bid.go", doc + `import "jiebang/api/bids"`, []string{"models must not import api/bids"}},
		{"models may use gorm", "models/bid.go", doc + `import ("gorm.io/gorm"; "gorm.io/driver/sqlite"; "jiebang/internal/seal")`, nil},
		{"migrations import models", "models/migrations/m.go", doc + `import "jiebang/models"`, []string{"models/migrations must not import models"}},
		{"migrations import gorm", "models/migrations/m.go", doc + `import "gorm.io/gorm"`, []string{"models/migrations must not import gorm.io/gorm"}},
		{"a use case imports gorm", "api/bids/submit.go", doc + `import "gorm.io/gorm"`, []string{"api/* must not import gorm.io/gorm"}},
		{"a use case imports gin", "api/bids/submit.go", doc + `import "github.com/gin-gonic/gin"`, []string{"must not import github.com/gin-gonic/gin"}},
		{"a domain imports another", "api/bids/submit.go", doc + `import "jiebang/api/teams"`, []string{"must not import api/teams"}},
		{"a use case imports doors", "api/bids/submit.go", doc + `import "jiebang/api/endpoint"`, []string{"must not import api/endpoint"}},
		{"routes import doors", "api/bids/routes.go", doc + `import "jiebang/api/endpoint"`, nil},
		{"a use case imports main", "api/bids/submit.go", doc + `import "jiebang"`, []string{"must not import ."}},
		{"a use case loads demo data", "api/bids/submit.go", doc + `import "jiebang/demo"`, []string{"must not import demo"}},
		{"a test loads demo data", "api/bids/submit_test.go", `package bids_test; import ("jiebang/demo"; "jiebang/api/bids"; "jiebang/internal/dbtest")`, nil},
		{"doors know a domain", "api/endpoint/door.go", doc + `import "jiebang/api/bids"`, []string{"api/endpoint must not import api/bids"}},
		{"the server uses gorm", "api/server.go", doc + `import "gorm.io/gorm"`, []string{"api must not import gorm.io/gorm"}},
		{"a leaf imports models", "internal/workday/w.go", doc + `import "jiebang/models"`, []string{"internal/* must not import models"}},
		{"a leaf imports a leaf", "internal/jobs/j.go", doc + `import "jiebang/internal/workday"`, []string{"must not import internal/workday"}},
		{"a leaf imports a library without a row", "internal/jobs/j.go", doc + `import "github.com/robfig/cron"`, []string{"must not import github.com/robfig/cron"}},
		{"the pages import something", "frontend/embed.go", doc + `import "jiebang/models"`, []string{"frontend must not import models"}},
		{"main imports all", "main.go", "// Command x is here to be judged.\npackage main\n" + `import ("jiebang/api"; "jiebang/models"; "jiebang/demo"; "github.com/caarlos0/env/v11")`, nil},
		{"a room without a row", "services/s.go", doc, []string{"no room of the house"}},

		{"empty name", "internal/utils/u.go", doc, []string{`"utils" says nothing`}},
		{"empty name further down", "matching/common/u.go", doc, []string{`"common" says nothing`}},
		{"a name that says nothing", "models/bid.go", doc + `type BidManager struct{}`, []string{"BidManager: a name that ends in Manager"}},
		{"another field's word", "api/bids/submit.go", doc + `func SubmitProposal() {}`, []string{"SubmitProposal: the house's word is Bid"}},
		{"words of the house", "api/bids/submit.go", doc + `func SubmitBid() {}`, nil},
		{"no doc", "internal/jobs/j.go", "package jobs\n", []string{"does not say what it is for"}},
		{"doc without a sentence", "internal/jobs/j.go", "// Package jobs\npackage jobs\n", []string{"does not say what it is for"}},

		{"time.Now in models", "models/bid.go", doc + `import "time"; var t = time.Now()`, []string{"time.Now"}},
		{"time.Now as a value", "models/bid.go", doc + `import "time"; var t = time.Now`, []string{"time.Now"}},
		{"time.Now under another name", "matching/rank/r.go", doc + `import clock "time"; var t = clock.Now()`, []string{"time.Now"}},
		{"time.Now in a test", "models/bid_test.go", `package models_test; import "time"; var t = time.Now()`, nil},
		{"time.Now in the loop", "internal/jobs/j.go", doc + `import "time"; var t = time.Now()`, nil},
		{"Now of something else", "models/bid.go", doc + `import "time"; type tx struct{ Now time.Time }; func f(t tx) time.Time { return t.Now }`, nil},
		{"gin.Default", "api/server.go", doc + `import "github.com/gin-gonic/gin"; var e = gin.Default()`, []string{"gin.Default"}},
		{"gin.New", "api/server.go", doc + `import "github.com/gin-gonic/gin"; var e = gin.New()`, nil},
		{"engine.Run", "api/server.go", doc + `import "github.com/gin-gonic/gin"; func f(e *gin.Engine) { e.Run(":80") }`, []string{".Run( on an engine"}},
		{"engine.RunTLS in a field", "api/server.go", doc + `import "github.com/gin-gonic/gin"; type s struct{e *gin.Engine}; func (x s) f() { x.e.RunTLS("", "", "") }`, []string{".RunTLS( on an engine"}},
		{"Run of a package", "api/server.go", doc + `import ("github.com/gin-gonic/gin"; "jiebang/internal/jobs"); var e = gin.New(); func f() { jobs.Run(nil, nil, nil) }`, nil},
		{"http.ListenAndServe", "main.go", "// Command x is here to be judged.\npackage main\n" + `import "net/http"; func main() { http.ListenAndServe(":80", nil) }`, []string{"http.ListenAndServe"}},
		{"ListenAndServe of a server", "main.go", "// Command x is here to be judged.\npackage main\n" + `import "net/http"; func f(s *http.Server) { s.ListenAndServe() }`, nil},
		{"fmt.Println in models", "models/bid.go", doc + `import "fmt"; func f() { fmt.Println() }`, []string{"fmt.Println"}},
		{"fmt.Println in a command", "internal/check/c.go", "// Command x is here to be judged.\npackage main\n" + `import "fmt"; func f() { fmt.Println() }`, nil},
		{"fmt.Sprint in models", "models/bid.go", doc + `import "fmt"; var s = fmt.Sprint()`, nil},
		{"a token read without options", "api/signin.go", doc + `import "github.com/golang-jwt/jwt/v5"; var t, e = jwt.Parse("", nil)`,
			[]string{"never says jwt.WithValidMethods", "never says jwt.WithExpirationRequired", "never says jwt.WithAudience"}},
		{"a token read without an audience", "api/signin.go", doc + `import "github.com/golang-jwt/jwt/v5"; var p = jwt.NewParser(jwt.WithValidMethods(nil), jwt.WithExpirationRequired())`,
			[]string{"never says jwt.WithAudience"}},
		{"a token read with care", "api/signin.go", doc + `import "github.com/golang-jwt/jwt/v5"; var p = jwt.NewParser(jwt.WithValidMethods(nil), jwt.WithExpirationRequired(), jwt.WithAudience("a"))`, nil},
		{"node_modules are not ours", "frontend/node_modules/x/golang/x.go", "package x\n", nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			file := filepath.Join(dir, filepath.FromSlash(row.file))
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(row.source), 0o644); err != nil {
				t.Fatal(err)
			}
			found, err := archtest.Check(dir)
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range row.want {
				if !strings.Contains(strings.Join(found, "\n"), want) {
					t.Errorf("nobody said %q; found %q", want, found)
				}
			}
			if len(found) != len(row.want) {
				t.Errorf("%d findings, want %d: %q", len(found), len(row.want), found)
			}
		})
	}
}

// A table with a room that has no folder must be noticed.
func TestMissing(t *testing.T) {
	t.Parallel()
	gone, err := archtest.Missing(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if len(gone) == 0 {
		t.Error("an empty tree lacks no room")
	}
}
