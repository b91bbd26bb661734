package archtest

import (
	"fmt"
	"go/ast"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// ban forbids functions of a package, by name, where except does not allow them.
type ban struct {
	pkg    string // import path
	names  []string
	except func(source) bool
	why    string
}

var bans = []ban{
	{"time", []string{"Now"}, func(s source) bool {
		return s.test || s.folder == "." || s.folder == "internal/jobs" || testRoom(s)
	}, "time comes from the unit of work (tx.Now) or as an argument; only main and internal/jobs look at the clock"},
	{"github.com/gin-gonic/gin", []string{"Default"}, never,
		"it trusts every proxy and logs on its own; api/server.go makes the one engine"},
	{"net/http", []string{"ListenAndServe", "ListenAndServeTLS", "Serve", "ServeTLS"}, never,
		"a server without time-outs holds a connection for ever; main.go makes the one http.Server"},
	{"fmt", []string{"Print", "Printf", "Println"}, func(s source) bool { return s.test || s.file.Name.Name == "main" },
		"only a command speaks on standard output; log with slog"},
}

func never(source) bool { return false }

func testRoom(s source) bool {
	r, ok := roomOf(s)
	return ok && r.tools
}

// parsers are the functions that read a token, and without these options they accept what they must not.
var (
	parsers = []string{"Parse", "ParseWithClaims", "NewParser"}
	options = []string{"WithValidMethods", "WithExpirationRequired", "WithAudience"}
)

// engineRuns are the methods that make gin open a server of its own.
var engineRuns = []string{"Run", "RunTLS", "RunUnix", "RunFd", "RunListener", "RunQUIC"}

func checkCalls(s source, complain func(where, format string, args ...any)) {
	names := imports(s)
	var parses string
	used := map[string]bool{}
	ast.Inspect(s.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			used[n.Sel.Name] = true
			pkg := packageOf(names, n)
			for _, b := range bans {
				if b.pkg == pkg && slices.Contains(b.names, n.Sel.Name) && !b.except(s) {
					complain(where(s, n), "%s.%s: %s", path.Base(b.pkg), n.Sel.Name, b.why)
				}
			}
			if strings.HasPrefix(pkg, "github.com/golang-jwt/jwt") && slices.Contains(parsers, n.Sel.Name) {
				parses = where(s, n)
			}
		case *ast.CallExpr:
			if f, ok := n.Fun.(*ast.SelectorExpr); ok && !s.test && runsEngine(names, f) {
				complain(where(s, n), ".%s( on an engine: it opens a server without time-outs; main.go makes the one http.Server", f.Sel.Name)
			}
		}
		return true
	})
	for _, o := range options {
		if parses != "" && !used[o] {
			complain(parses, "a token is read in a file that never says jwt.%s", o)
		}
	}
}

// runsEngine guesses: in a file that imports gin, a method of that name on something that is no package.
func runsEngine(names map[string]string, f *ast.SelectorExpr) bool {
	if !slices.Contains(engineRuns, f.Sel.Name) || packageOf(names, f) != "" {
		return false
	}
	for _, imported := range names {
		if imported == "github.com/gin-gonic/gin" {
			return true
		}
	}
	return false
}

// imports maps the name a file uses for a package to its path.
func imports(s source) map[string]string {
	names := map[string]string{}
	for _, spec := range s.file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		if spec.Name != nil {
			names[spec.Name.Name] = imported
			continue
		}
		base := path.Base(imported)
		if version.MatchString(base) {
			base = path.Base(path.Dir(imported))
		}
		names[strings.TrimPrefix(base, "go-")] = imported
	}
	return names
}

var version = regexp.MustCompile(`^v\d+$`)

// packageOf is the import path of the package that a selector begins with, or empty.
func packageOf(names map[string]string, e *ast.SelectorExpr) string {
	id, ok := e.X.(*ast.Ident)
	if !ok {
		return ""
	}
	return names[id.Name]
}

func where(s source, n ast.Node) string {
	return fmt.Sprintf("%s:%d", s.name, s.fset.Position(n.Pos()).Line)
}
