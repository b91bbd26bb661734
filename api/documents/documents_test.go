package documents_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"jiebang/internal/apitest"
	"jiebang/internal/blob"
	"jiebang/models"
)

type events = []models.Action

var (
	pdf    = append([]byte("%PDF-1.7\n"), bytes.Repeat([]byte("0123456789abcdef"), 8000)...)
	octets = []string{"Content-Type", "application/octet-stream"}
)

func url(kind models.Kind, id, purpose, name string) string {
	return fmt.Sprintf("/documents?owner_kind=%s&owner_id=%s&purpose=%s&name=%s", kind, id, purpose, name)
}

// kept says whether the content lies in the store.
func kept(w *apitest.World, sha256 string) bool {
	_, err := w.Blobs.Stat(context.Background(), blob.Digest(sha256))
	return err == nil
}

type document struct {
	ID       models.DocumentID
	SHA256   string
	FileName string `json:"file_name"`
}

func TestUpload(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		uni, admin := w.Org("University", "university")
		team, lead := w.Team(uni, "Rotors")
		stranger := w.Person("stranger")
		id := string(team.ID)
		path := url("team", id, "evidence", "a.pdf")
		macro := []byte("PK\x03\x04" + strings.Repeat("\x00", 22) + "\x13\x00\x00\x00" + "word/vbaProject.bin....")
		w.Run(t,
			apitest.Row{Name: "visitor", Method: "POST", Path: path, Body: pdf, Header: octets, Status: 401},
			apitest.Row{Name: "stranger", As: stranger, Method: "POST", Path: path, Body: pdf, Header: octets, Status: 403},
			apitest.Row{Name: "nothing there", As: lead, Method: "POST", Path: url("team", "tem_"+strings.Repeat("a", 26), "evidence", "a.pdf"), Body: pdf, Header: octets, Status: 404},
			apitest.Row{Name: "as JSON", As: lead, Method: "POST", Path: path, Body: []byte("{}"), Status: 415},
			apitest.Row{Name: "for nothing", As: lead, Method: "POST", Path: url("team", id, "fund_proof", "a.pdf"), Body: pdf, Header: octets, Status: 422, Has: []string{"query.purpose"}},
			apitest.Row{Name: "without a name", As: lead, Method: "POST", Path: url("team", id, "evidence", ""), Body: pdf, Header: octets, Status: 422},
			apitest.Row{Name: "a program", As: lead, Method: "POST", Path: path, Body: []byte("\x7fELF0000"), Header: octets, Status: 422, Has: []string{"document.kind"}},
			apitest.Row{Name: "a page called pdf", As: lead, Method: "POST", Path: path, Body: []byte("<html><script>x</script>"), Header: octets, Status: 422},
			apitest.Row{Name: "macros", As: lead, Method: "POST", Path: path, Body: macro, Header: octets, Status: 422},
			apitest.Row{Name: "nothing in it", As: lead, Method: "POST", Path: path, Body: []byte{}, Header: octets, Status: 422},
			apitest.Row{Name: "unknown parameter", As: lead, Method: "POST", Path: path + "&x=1", Body: pdf, Header: octets, Status: 422},
			apitest.Row{Name: "ok", As: lead, Method: "POST", Path: path, Body: pdf, Header: append(octets, "Idempotency-Key", "one"), Status: 201,
				Has: []string{`"media_type":"application/pdf"`, fmt.Sprintf(`"size":%d`, len(pdf)), "附件-", `"parties"`}, Events: events{models.DocumentUpload}},
			apitest.Row{Name: "double click", As: lead, Method: "POST", Path: path, Body: pdf, Header: append(octets, "Idempotency-Key", "one"), Status: 201, Has: []string{"附件-"}},
			apitest.Row{Name: "the key for another file", As: lead, Method: "POST", Path: path, Body: append(bytes.Clone(pdf), 'x'), Header: append(octets, "Idempotency-Key", "one"), Status: 409, Has: []string{"request.key_reused"}},
			apitest.Row{Name: "list", As: admin, Method: "GET", Path: "/documents?owner_kind=team&owner_id=" + id, Status: 200, Has: []string{`"name":"a.pdf"`}},
			apitest.Row{Name: "a stranger's list", As: stranger, Method: "GET", Path: "/documents?owner_kind=team&owner_id=" + id, Status: 200, Has: []string{`"items":[]`}},
			apitest.Row{Name: "list of nothing", As: stranger, Method: "GET", Path: "/documents?owner_kind=bid&owner_id=bid_" + strings.Repeat("a", 26), Status: 404},
			apitest.Row{Name: "list of a kind without files", As: stranger, Method: "GET", Path: "/documents?owner_kind=expert&owner_id=x", Status: 422},
		)
		if refused := sha256.Sum256(append(bytes.Clone(pdf), 'x')); kept(w, hex.EncodeToString(refused[:])) {
			t.Error("a refused file left its bytes behind")
		}
		var d document
		w.Do(lead, "POST", url("team", id, "evidence", "..%2F..%2Fb.txt"), []byte("中试报告\n"), octets...).Must(201).JSON(&d)
		if strings.Contains(d.FileName, "b.txt") || !strings.HasSuffix(d.FileName, ".txt") || !kept(w, d.SHA256) {
			t.Errorf("%+v", d)
		}
		file := "/documents/" + string(d.ID)
		a := w.Do(admin, "GET", file+"/content", nil).Must(200)
		if string(a.Body) != "中试报告\n" || !strings.HasPrefix(a.Header.Get("Content-Disposition"), "attachment;") ||
			a.Header.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(a.Header.Get("Content-Security-Policy"), "sandbox") ||
			a.Header.Get("Content-Length") != "13" || a.Header.Get("Content-Type") != blob.Text {
			t.Errorf("%q %v", a.Body, a.Header)
		}
		w.Run(t,
			apitest.Row{Name: "a stranger's download", As: stranger, Method: "GET", Path: file + "/content", Status: 404},
			apitest.Row{Name: "a stranger's look", As: stranger, Method: "GET", Path: file, Status: 404},
			apitest.Row{Name: "look", As: admin, Method: "GET", Path: file, Status: 200, Has: []string{`"name":"b.txt"`}},
			apitest.Row{Name: "only the uploader removes", As: admin, Method: "DELETE", Path: file, Status: 403},
			apitest.Row{Name: "removed", As: lead, Method: "DELETE", Path: file, Status: 200, Has: []string{`"removed"`}, Events: events{models.DocumentRemove}},
			apitest.Row{Name: "twice", As: lead, Method: "DELETE", Path: file, Status: 409},
			apitest.Row{Name: "gone", As: lead, Method: "GET", Path: file + "/content", Status: 409},
		)
		if kept(w, d.SHA256) {
			t.Error("the bytes of a removed document stay")
		}
	})
}

// TestShared removes one of two documents with one content: the bytes stay for the other.
func TestShared(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		uni, _ := w.Org("University", "university")
		team, lead := w.Team(uni, "Rotors")
		var a, b document
		w.Do(lead, "POST", url("team", string(team.ID), "evidence", "a.pdf"), pdf, octets...).Must(201).JSON(&a)
		w.Do(lead, "POST", url("team", string(team.ID), "evidence", "b.pdf"), pdf, octets...).Must(201).JSON(&b)
		w.Do(lead, "DELETE", "/documents/"+string(a.ID), nil).Must(200)
		if a.ID == b.ID || a.SHA256 != b.SHA256 || !kept(w, b.SHA256) {
			t.Errorf("%+v %+v", a, b)
		}
		w.Do(lead, "GET", "/documents/"+string(b.ID)+"/content", nil).Must(200)
		w.Do(lead, "DELETE", "/documents/"+string(b.ID), nil).Must(200)
		if kept(w, b.SHA256) {
			t.Error("the bytes stay without a document")
		}
	})
}

// endless is a body that never ends.
type endless struct{ sent int64 }

func (e *endless) Read(p []byte) (int, error) {
	n := copy(p, bytes.Repeat([]byte("x"), len(p)))
	if e.sent == 0 {
		copy(p, "%PDF-1.7\n")
	}
	e.sent += int64(n)
	return n, nil
}

// TestLimits uploads over a real connection: too much, and less than was announced.
func TestLimits(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		uni, admin := w.Org("University", "university")
		server := httptest.NewServer(w.Server.Handler())
		defer server.Close()
		path := server.URL + "/api/v1" + url("org", string(uni.ID), "credential", "a.pdf")
		send := func(body io.Reader, length int64) (*http.Response, error) {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, path, body)
			if err != nil {
				t.Fatal(err)
			}
			r.ContentLength = length
			r.Header.Set("Content-Type", "application/octet-stream")
			r.Header.Set("Authorization", admin.Bearer())
			return http.DefaultClient.Do(r)
		}
		e := &endless{}
		if res, err := send(e, -1); err == nil { // the server may also hang up on who does not stop
			body, _ := io.ReadAll(res.Body)
			res.Body.Close()
			if res.StatusCode != 422 || !bytes.Contains(body, []byte("document.too_large")) {
				t.Errorf("too large: %d %s", res.StatusCode, body)
			}
		}
		if e.sent > 40<<20 {
			t.Errorf("%d bytes were read of what may have 20 MB", e.sent)
		}
		half := io.MultiReader(bytes.NewReader(pdf), failing{})
		if _, err := send(half, int64(len(pdf))+1000); err == nil {
			t.Error("a body that breaks off was answered")
		}
		res, err := send(bytes.NewReader(pdf), int64(len(pdf)))
		if err != nil || res.StatusCode != 201 {
			t.Fatal(res, err)
		}
		res.Body.Close()
		w.Write(func(tx *models.Tx) error {
			list, err := tx.DocumentsOf(models.KindOrg, string(uni.ID))
			if len(list) != 1 {
				t.Errorf("%d documents are recorded, want 1", len(list))
			}
			return err
		})
	})
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("the line is cut") }

// TestSlow sends a file with a pause that is longer than the server gives a whole request:
// as long as it moves, it arrives.
func TestSlow(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		uni, admin := w.Org("University", "university")
		server := httptest.NewUnstartedServer(w.Server.Handler())
		server.Config.ReadTimeout, server.Config.WriteTimeout = 300*time.Millisecond, 300*time.Millisecond
		server.Start()
		defer server.Close()
		conn, err := net.Dial("tcp", server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		fmt.Fprintf(conn, "POST /api/v1%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/octet-stream\r\nAuthorization: %s\r\nContent-Length: %d\r\n\r\n",
			url("org", string(uni.ID), "credential", "a.pdf"), admin.Bearer(), len(pdf))
		for part := range 4 {
			time.Sleep(150 * time.Millisecond)
			if _, err := conn.Write(pdf[part*len(pdf)/4 : (part+1)*len(pdf)/4]); err != nil {
				t.Fatal(err)
			}
		}
		answer, err := io.ReadAll(conn)
		if err != nil || !bytes.HasPrefix(answer, []byte("HTTP/1.1 201")) {
			t.Errorf("%v %s", err, answer)
		}
	})
}

// TestConfidential lets strangers have the files of a public challenge, signed-in people
// those of one that is told in summary, and only the parties the rest.
func TestConfidential(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		ev := w.Evaluation(1, 0)
		var open, proof *models.Document
		w.Write(func(tx *models.Tx) error {
			for _, p := range []struct {
				d        **models.Document
				audience string
			}{{&open, "readers"}, {&proof, "parties"}} {
				d := models.NewDocument(models.KindChallenge, string(ev.Challenge.ID))
				d.Purpose, d.Name, d.Media, d.SHA256, d.Audience = "attachment", "a.pdf", blob.PDF, strings.Repeat("a", 64), p.audience
				d.State, d.Version, d.CreatedAt, d.UpdatedAt = models.DocumentStored, 1, tx.Now, tx.Now
				*p.d = d
				if err := tx.Plant(d); err != nil {
					return err
				}
			}
			return nil
		})
		look := func(d *models.Document, p apitest.Person) int {
			return w.Do(p, "GET", "/documents/"+string(d.ID), nil).Status
		}
		for level, want := range map[string][4]int{ // visitor, stranger, owner, officer
			"public": {200, 200, 200, 200}, "summary": {404, 200, 200, 200}, "nda": {404, 404, 200, 200},
		} {
			ev.Change(func(c *models.Challenge) { c.Confidential = level })
			for i, p := range []apitest.Person{{}, ev.Stranger, ev.Owner, ev.Officer} {
				if got := look(open, p); got != want[i] {
					t.Errorf("%s, person %d: %d, want %d", level, i, got, want[i])
				}
			}
			if look(proof, ev.Stranger) != 404 || look(proof, ev.Officer) != 200 {
				t.Errorf("%s: the proof is not the parties'", level)
			}
		}
	})
}
