// Package archtest holds the tree to its layout: who may import whom, and the habits that a compiler does not check.
//
// It parses the files itself. A version that asked `go list` passed from Go's test cache while a rule was broken.
package archtest

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

const module = "jiebang"

// source is one Go file.
type source struct {
	name   string // path from the root, with slashes
	folder string // "." for the root
	test   bool
	file   *ast.File
	fset   *token.FileSet
}

// Check returns one line for everything below root that breaks a rule; none when all is well.
func Check(root string) ([]string, error) {
	files, folders, err := load(root)
	if err != nil {
		return nil, err
	}
	var found []string
	complain := func(where, format string, args ...any) {
		found = append(found, where+": "+fmt.Sprintf(format, args...))
	}
	for _, f := range folders {
		if slices.Contains(emptyNames, path.Base(f)) {
			complain(f, "a folder named %q says nothing about what is in it", path.Base(f))
		}
	}
	for _, s := range files {
		checkImports(s, complain)
		checkCalls(s, complain)
		checkNames(s, complain)
	}
	checkDocs(files, complain)
	slices.Sort(found)
	return slices.Compact(found), nil
}

// Missing returns the rooms of the table that no folder below root belongs to: a rule about nothing protects nothing.
func Missing(root string) ([]string, error) {
	_, folders, err := load(root)
	if err != nil {
		return nil, err
	}
	var gone []string
	for _, r := range rooms {
		if !slices.ContainsFunc(folders, func(f string) bool { return match(r.folder, f) }) {
			gone = append(gone, r.folder)
		}
	}
	return gone, nil
}

// emptyWords at the end of a name say nothing; otherWords anywhere in one are not this field's
// (docs/words.md has the word that is).
var (
	emptyWords = []string{"Service", "Manager", "Helper", "Impl", "Data", "Info", "Dto", "DTO"}
	otherWords = map[string]string{"Reviewer": "Expert", "Tender": "Bid", "Proposal": "Bid", "Issuer": "Owner", "Vendor": "Org", "Committee": "Panel",
		"Lottery": "Draw", "Complaint": "Objection", "Leaderboard": "Ranking", "Kpi": "Indicator", "KPI": "Indicator", "Announcement": "Publicity", "Auditing": "Check"}
)

// checkNames holds the names of types, functions and top-level values to the words of the house.
func checkNames(s source, complain func(where, format string, args ...any)) {
	if s.test {
		return
	}
	judge := func(id *ast.Ident) {
		where := fmt.Sprintf("%s:%d", s.name, s.fset.Position(id.Pos()).Line)
		for _, w := range emptyWords {
			if strings.HasSuffix(id.Name, w) {
				complain(where, "%s: a name that ends in %s says nothing about what it is", id.Name, w)
			}
		}
		for w, ours := range otherWords {
			if strings.Contains(id.Name, w) {
				complain(where, "%s: the house's word is %s", id.Name, ours)
			}
		}
	}
	for _, d := range s.file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil || d.Name.Name != "Data" { // which a mail server's interface asks for
				judge(d.Name)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					judge(spec.Name)
				case *ast.ValueSpec:
					for _, id := range spec.Names {
						judge(id)
					}
				}
			}
		}
	}
}

// emptyNames are the folders where everything ends up that nobody has thought about.
var emptyNames = []string{"util", "utils", "common", "helper", "helpers", "base", "shared", "misc"}

func load(root string) (files []source, folders []string, err error) {
	fset := token.NewFileSet()
	err = filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			if errors.Is(err, fs.ErrNotExist) {
				return nil // gone while we walked
			}
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			if base := d.Name(); rel != "." && (strings.HasPrefix(base, ".") || base == "node_modules" || base == "testdata") {
				return filepath.SkipDir
			}
			if rel != "frontend" && strings.HasPrefix(rel, "frontend/") {
				return filepath.SkipDir // TypeScript, with lints of its own
			}
			folders = append(folders, rel)
			return nil
		}
		if path.Ext(rel) != ".go" {
			return nil
		}
		src, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(fset, rel, src, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		files = append(files, source{name: rel, folder: path.Dir(rel), test: strings.HasSuffix(rel, "_test.go"), file: f, fset: fset})
		return nil
	})
	return files, folders, err
}

// match compares a folder with a pattern: "matching/*" is every folder below matching, "matching" only that one, "*" all.
func match(pattern, folder string) bool {
	if pattern == "*" {
		return true
	}
	if above, ok := strings.CutSuffix(pattern, "/*"); ok {
		return strings.HasPrefix(folder, above+"/")
	}
	return pattern == folder
}

func roomOf(s source) (room, bool) {
	for _, r := range rooms {
		if match(r.folder, s.folder) {
			return r, true
		}
	}
	return room{}, false
}

func checkImports(s source, complain func(where, format string, args ...any)) {
	r, ok := roomOf(s)
	if !ok {
		complain(s.folder, "no room of the house: give it a row in internal/archtest/rooms.go, with what it may import and why")
		return
	}
	for _, spec := range s.file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue // the parser has seen to that
		}
		where := fmt.Sprintf("%s:%d", s.name, s.fset.Position(spec.Pos()).Line)
		if ours, ok := own(imported); ok {
			if !mayOurs(r, s, ours) {
				complain(where, "%s must not import %s: %s", r.folder, ours, r.why)
			}
		} else if foreign(imported) && !mayOthers(r, s, imported) {
			complain(where, "%s must not import %s: %s", r.folder, imported, r.why)
		}
	}
}

// own is the folder of an imported package of this module.
func own(imported string) (string, bool) {
	if imported == module {
		return ".", true
	}
	return strings.CutPrefix(imported, module+"/")
}

// foreign says whether a package is neither ours nor of the standard library, whose paths have no dot in their first part.
func foreign(imported string) bool {
	first, _, _ := strings.Cut(imported, "/")
	return strings.Contains(first, ".")
}

func mayOurs(r room, s source, folder string) bool {
	fits := func(pattern string) bool { return match(pattern, folder) }
	if slices.ContainsFunc(r.ours, fits) {
		return true
	}
	if extra, ok := r.files[path.Base(s.name)]; ok && slices.ContainsFunc(extra, fits) {
		return true
	}
	// An external test imports the package it tests; the rooms made for tests are open to all tests but those of the pure packages.
	return s.test && (folder == s.folder || slices.ContainsFunc(r.tests, fits))
}

func mayOthers(r room, s source, imported string) bool {
	fits := func(prefix string) bool { return imported == prefix || strings.HasPrefix(imported, prefix+"/") }
	return slices.ContainsFunc(r.others, fits) || s.test && slices.ContainsFunc(testLibraries, fits)
}

// checkDocs asks every package for a sentence that says what it is for.
func checkDocs(files []source, complain func(where, format string, args ...any)) {
	said := map[string]bool{}
	for _, s := range files {
		if s.test {
			continue
		}
		doc := strings.TrimSpace(s.file.Doc.Text())
		said[s.folder] = said[s.folder] || strings.Contains(doc, ".") && len(strings.Fields(doc)) > 3
	}
	for folder, ok := range said {
		if !ok {
			complain(folder, "the package does not say what it is for: begin one file with `// Package %s …` and a sentence", path.Base(folder))
		}
	}
}
