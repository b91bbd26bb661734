package main

import (
	"fmt"
	"io"
	"os"
	"sync"
)

// progress is a line on the error stream that says how far long work is: over
// and over on one line of a terminal, a line a stage anywhere else. A nil
// progress is silent. It may be told from several goroutines.
type progress struct {
	w        io.Writer
	terminal bool
	mu       sync.Mutex
	stage    string
	percent  int
}

// newProgress is silent unless w is a terminal or always is set.
func newProgress(w io.Writer, always bool) *progress {
	terminal := isTerminal(w)
	if !terminal && !always {
		return nil
	}
	return &progress{w: w, terminal: terminal}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// tell says that done of total are done; it writes only what is news to a reader.
func (p *progress) tell(stage string, done, total int) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	percent := 100 * done / max(1, total)
	switch {
	case p.terminal && (stage != p.stage || percent > p.percent):
		fmt.Fprintf(p.w, "\r\x1b[K%s %d %%", stage, percent)
	case !p.terminal && stage != p.stage:
		fmt.Fprintln(p.w, stage)
	default:
		return
	}
	p.stage, p.percent = stage, percent
}

// within puts a name before every stage.
func (p *progress) within(name string) func(stage string, done, total int) {
	if p == nil {
		return nil
	}
	return func(stage string, done, total int) { p.tell(name+": "+stage, done, total) }
}

// end clears the line, so that what follows stands alone.
func (p *progress) end() {
	if p != nil && p.terminal && p.stage != "" {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
