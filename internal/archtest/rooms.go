package archtest

// room is a row of the house: which packages a folder may import. Folders are matched in the order of the table, first row wins.
type room struct {
	folder string
	ours   []string            // of this module, besides the standard library
	others []string            // of other modules, by prefix
	tests  []string            // of this module, in _test.go files only
	files  map[string][]string // of this module, in files of that name only
	tools  bool                // for tests and checks: may look at the clock
	why    string
}

// testRooms are for tests everywhere but in the pure packages.
var testRooms = []string{"internal/dbtest", "internal/apitest", "internal/blob/*", "internal/mail/*", "internal/oidc/*", "internal/passkey/*"}

// testLibraries may be imported by any _test.go file.
var testLibraries = []string{
	"github.com/google/go-cmp",
	"pgregory.net/rapid",
	"github.com/anishathalye/porcupine",
	"github.com/getkin/kin-openapi",
	"github.com/goccy/go-yaml",
	"github.com/descope/virtualwebauthn",
	"github.com/golang-jwt/jwt",
	"github.com/xuri/excelize",
}

var rooms = []room{
	// The floors, from the bottom.
	{folder: "internal/seal", others: []string{"filippo.io/age", "golang.org/x/crypto"},
		why: "a leaf knows nothing of ours, and of others only what it is made of"},
	{folder: "internal/password", others: []string{"golang.org/x/crypto"},
		why: "a leaf knows nothing of ours, and of others only what it is made of"},
	{folder: "internal/otp", others: []string{"github.com/pquerna/otp", "github.com/boombuler/barcode"},
		why: "a leaf knows nothing of ours, and of others only what it is made of"},
	{folder: "internal/sheet", others: []string{"github.com/xuri/excelize", "golang.org/x/text"},
		why: "a leaf knows nothing of ours, and of others only what it is made of"},
	{folder: "internal/passkey", others: []string{"github.com/go-webauthn/webauthn"},
		why: "a leaf knows nothing of ours, and of others only what it is made of"},
	{folder: "internal/oidc", others: []string{"github.com/coreos/go-oidc", "golang.org/x/oauth2"},
		why: "a leaf knows nothing of ours, and of others only what it is made of"},
	{folder: "internal/passkey/*", tools: true, why: "the test room is a security key and knows only what browsers say"},
	{folder: "internal/oidc/*", tools: true, why: "the test room is a server to sign in by and knows only the protocol"},
	{folder: "internal/mail", others: []string{"github.com/wneessen/go-mail"},
		tests: []string{"internal/mail/*"}, why: "a leaf knows nothing of ours, and of others only what it is made of"},
	{folder: "internal/mail/*", ours: []string{"internal/mail"}, others: []string{"github.com/emersion/go-smtp"}, tools: true,
		why: "the test room is a mail server and knows only who sends to it"},
	{folder: "internal/phrases", tests: []string{"models"}, why: "sentences know nothing of ours; their test asks whether any is missing"},
	{folder: "internal/blob", tests: []string{"internal/blob/*"}, why: "a leaf knows nothing of ours"},
	{folder: "internal/blob/*", ours: []string{"internal/blob"}, tools: true, why: "the suite of a seam knows the seam alone"},
	{folder: "internal/dbtest", ours: []string{"models"}, others: []string{"github.com/jackc/pgx"}, tools: true,
		why: "the test room makes databases and opens stores on them, no more"},
	{folder: "internal/apitest", ours: []string{"models", "api", "api/*", "internal/*", "demo"}, others: []string{"github.com/google/go-cmp"},
		tools: true, why: "the test room speaks to the program over HTTP and looks at its store"},
	{folder: "internal/testpg", ours: []string{"internal/pgserver"}, tools: true, why: "the command is only a frame around the server"},
	{folder: "internal/check", ours: []string{"internal/pgserver"}, tools: true, why: "the test command drives other commands and knows nothing of the product"},
	{folder: "internal/peers", ours: []string{"matching/index", "matching/index/*"}, others: []string{"github.com/blevesearch/bleve", "modernc.org/sqlite"}, tools: true,
		why: "a module of its own measures an engine beside its peers, so that the product depends on none of them"},
	{folder: "internal/pgserver", tools: true, why: "it starts another program and needs no library for that"},
	{folder: "internal/archtest", tools: true, why: "who checks the imports of all had better have none"},
	{folder: "internal/*", why: "a leaf knows nothing of ours; a vendor's library needs a row of its own"},

	{folder: "matching/*", ours: []string{"matching/*"},
		why: "what can be computed is told everything it needs: no database, no HTTP, no library"},

	{folder: "models/migrations", why: "it is SQL and knows nothing of ours"},
	{folder: "models", ours: []string{"models/*", "internal/codes", "internal/problem", "internal/seal", "internal/workday"},
		others: []string{"gorm.io", "github.com/jackc/pgx", "modernc.org/sqlite", "github.com/pressly/goose", "golang.org/x/crypto", "golang.org/x/mod"},
		tests:  testRooms,
		why:    "what is true speaks to the database and to nobody else; it is the only room that does"},

	{folder: "api/endpoint", ours: []string{"models", "internal/problem", "internal/sheet", "internal/workday"}, others: []string{"github.com/danielgtaylor/huma", "github.com/gin-gonic/gin"},
		tests: testRooms, why: "a door decodes, opens the unit of work and calls; it knows HTTP, and no domain"},
	{folder: "api/question", ours: []string{"models", "matching/*"}, tests: append([]string{"demo"}, testRooms...),
		why: "it only translates, between what is true and what can be computed, for every domain that asks an engine"},
	{folder: "api/question", ours: []string{"models", "matching/*", "internal/problem"}, tests: testRooms,
		why: "it puts what is true into the engine's words, for several domains, and decides nothing"},
	{folder: "api/*", ours: []string{"models", "api/question", "matching/*", "api/question", "internal/codes", "internal/problem", "internal/blob", "internal/ical", "internal/mail", "internal/oidc", "internal/otp", "internal/outward", "internal/passkey", "internal/password", "internal/phrases", "internal/seal", "internal/sheet", "internal/workday"},
		files: map[string][]string{"routes.go": {"api/endpoint"}},
		tests: append([]string{"api", "api/endpoint", "demo"}, testRooms...),
		why:   "a use case knows neither HTTP nor other domains; only its routes.go knows doors"},
	{folder: "api", ours: []string{"api/*", "models", "internal/problem", "internal/blob", "internal/mail", "internal/outward", "internal/jobs", "internal/oidc", "internal/otp", "internal/passkey", "internal/password", "internal/workday"},
		others: []string{"github.com/gin-gonic/gin", "github.com/gin-contrib", "github.com/danielgtaylor/huma", "github.com/golang-jwt/jwt",
			"github.com/prometheus/client_golang", "golang.org/x/time"},
		tests: append([]string{"demo", "matching/*", "internal/*"}, testRooms...),
		why:   "the server puts the domains behind one engine; it computes nothing and knows no tables"},

	{folder: "frontend", why: "it holds the built pages and knows nothing of ours"},
	{folder: "demo", ours: []string{"models", "api", "api/*", "matching/*", "internal/*"},
		why: "demo data enters as people would enter it; only main and tests load it"},
	{folder: ".", ours: []string{"*"}, others: []string{"github.com/caarlos0/env"},
		why: "main wires the rooms together and does nothing a library is needed for, but to read its settings"},
}
