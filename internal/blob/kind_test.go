package blob_test

import (
	"archive/zip"
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"jiebang/internal/blob"
)

// archive makes a zip with entries of these names, each with some bytes that do not compress to nothing.
func archive(t *testing.T, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, n := range names {
		f, err := w.Create(n)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte("<x>" + n + "</x>")); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func picture(t *testing.T, encode func(*bytes.Buffer, image.Image) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := encode(&b, image.NewGray(image.Rect(0, 0, 3, 3))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestKind(t *testing.T) {
	t.Parallel()
	const types = "[Content_Types].xml"
	pngBytes := picture(t, func(b *bytes.Buffer, m image.Image) error { return png.Encode(b, m) })
	jpegBytes := picture(t, func(b *bytes.Buffer, m image.Image) error { return jpeg.Encode(b, m, nil) })
	docx := archive(t, types, "_rels/.rels", "word/document.xml")
	long := strings.Repeat("榜", blob.HeadSize) // three bytes each: the head ends inside a character

	for _, row := range []struct {
		name, file string
		content    []byte
		want       string // empty: refused
	}{
		{"pdf", "a.pdf", []byte("%PDF-1.7\n…"), blob.PDF},
		{"pdf under another name", "a.exe", []byte("%PDF-1.7\n…"), blob.PDF},
		{"png", "a.png", pngBytes, blob.PNG},
		{"jpeg", "照片.JPG", jpegBytes, blob.JPEG},
		{"docx", "申报书.docx", docx, blob.DOCX},
		{"xlsx", "a.xlsx", archive(t, types, "xl/workbook.xml"), blob.XLSX},
		{"xlsx with its types last", "a.xlsx", archive(t, "xl/workbook.xml", types), blob.XLSX},
		{"pptx", "a.pptx", archive(t, types, "ppt/presentation.xml"), blob.PPTX},
		{"docx that claims to be xlsx", "a.xlsx", docx, blob.DOCX},
		{"text", "说明.txt", []byte("技术指标：≥ 95 %\r\n"), blob.Text},
		{"text with a byte order mark", "a.txt", []byte("\xef\xbb\xbf指标"), blob.Text},
		{"text without extension", "README", []byte("plain"), blob.Text},
		{"text longer than the head", "a.txt", []byte(long), blob.Text},
		{"csv", "预算.CSV", []byte("科目,金额\n设备,100\n"), blob.CSV},

		{"zip", "a.zip", archive(t, "a.txt", "b.txt"), ""},
		{"zip that claims to be docx", "a.docx", archive(t, "a.txt"), ""},
		{"zip with a list of types and no parts", "a.docx", archive(t, types, "a.txt"), ""},
		{"zip with parts and no list of types", "a.docx", archive(t, "word/document.xml"), ""},
		{"jar", "a.jar", archive(t, "META-INF/MANIFEST.MF", "A.class"), ""},
		{"macros", "a.docm", archive(t, types, "word/document.xml", "word/vbaProject.bin"), ""},
		{"empty zip", "a.docx", []byte("PK\x05\x06" + strings.Repeat("\x00", 18)), ""},
		{"cut zip", "a.docx", []byte("PK\x03\x04"), ""},
		{"html", "a.html", []byte("<!DOCTYPE html><script>alert(1)</script>"), ""},
		{"html called txt", "a.txt", []byte("\n  <!DOCTYPE html><script>alert(1)</script>"), ""},
		{"html in a comment", "a.txt", []byte("<!-- x --><html>"), ""},
		{"svg", "a.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), ""},
		{"svg called txt", "a.txt", []byte("<?xml version='1.0'?><svg/>"), ""},
		{"svg called csv", "a.csv", []byte("<SVG/>"), ""},
		{"javascript", "a.js", []byte("alert(1)"), ""},
		{"shell script", "run", []byte("#!/bin/sh\nrm -rf /\n"), ""},
		{"exe", "a.exe", []byte("MZ\x90\x00\x03"), ""},
		{"exe called txt", "a.txt", []byte("MZ\x90\x00\x03"), ""},
		{"elf called pdf", "a.pdf", []byte("\x7fELF\x02\x01\x01"), ""},
		{"pdf that begins later", "a.pdf", []byte("x%PDF-1.7"), ""},
		{"gif", "a.gif", []byte("GIF89a"), ""},
		{"old Office", "a.doc", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), ""},
		{"GBK text", "a.txt", []byte("\xbd\xd2\xb0\xf1"), ""},
		{"text with NUL", "a.txt", []byte("a\x00b"), ""},
		{"text with escape", "a.txt", []byte("a\x1b[2Jb"), ""},
		{"text cut inside a character", "a.txt", []byte("榜"[:2]), ""},
		{"nothing", "a.txt", nil, ""},
	} {
		head := row.content[:min(len(row.content), blob.HeadSize)]
		got, ok := blob.Kind(head, row.file)
		if got != row.want || ok != (row.want != "") {
			t.Errorf("%s: Kind = %q, %v; want %q", row.name, got, ok, row.want)
		}
	}
}

func TestExtension(t *testing.T) {
	t.Parallel()
	for mediaType, want := range map[string]string{blob.PDF: ".pdf", blob.JPEG: ".jpg", blob.CSV: ".csv", "text/html": ".bin", "": ".bin"} {
		if got := blob.Extension(mediaType); got != want {
			t.Errorf("Extension(%q) = %q, want %q", mediaType, got, want)
		}
	}
}

func FuzzKind(f *testing.F) {
	f.Add([]byte("PK\x03\x04"), "a.docx")
	f.Add([]byte("榜\xe6"), "a.txt")
	f.Fuzz(func(t *testing.T, head []byte, name string) {
		kind, ok := blob.Kind(head, name)
		if ok == (blob.Extension(kind) == ".bin") {
			t.Errorf("Kind = %q, %v, but its extension is %q", kind, ok, blob.Extension(kind))
		}
	})
}
