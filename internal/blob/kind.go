package blob

import (
	"bytes"
	"encoding/binary"
	"path"
	"strings"
	"unicode/utf8"
)

// HeadSize is how much of a content Kind wants to see. Office programs write the entries that tell a document from any other zip
// archive first or after small ones, so this is ample; a content that is shorter is shown whole.
const HeadSize = 64 << 10

// The media types that are accepted, each with the extension a download gets.
const (
	PDF  = "application/pdf"
	DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
	PNG  = "image/png"
	JPEG = "image/jpeg"
	Text = "text/plain; charset=utf-8"
	CSV  = "text/csv; charset=utf-8"
)

var extensions = map[string]string{
	PDF: ".pdf", DOCX: ".docx", XLSX: ".xlsx", PPTX: ".pptx", PNG: ".png", JPEG: ".jpg", Text: ".txt", CSV: ".csv",
}

// Extension is the extension for an accepted media type, and ".bin" for any other. Downloads take it instead of what the uploader
// called his file, so that no name can make a program of a document.
func Extension(mediaType string) string {
	if ext, ok := extensions[mediaType]; ok {
		return ext
	}
	return ".bin"
}

// Kind says what a content is, by its first HeadSize bytes and not by what anybody claims; ok is false for everything that is not on
// the list above: archives, programs, pages, drawings with scripts, documents with macros. The name decides only between plain text
// and CSV, and which Office document an archive is when its head leaves that open.
//
// It tells kinds apart; it does not prove that a document is harmless or even whole.
func Kind(head []byte, name string) (mediaType string, ok bool) {
	switch {
	case bytes.HasPrefix(head, []byte("%PDF-")):
		return PDF, true
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")):
		return PNG, true
	case bytes.HasPrefix(head, []byte("\xff\xd8\xff")):
		return JPEG, true
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return office(head, name)
	}
	return text(head, name)
}

// office looks through the entries of a zip archive that begin in the head.
func office(head []byte, name string) (string, bool) {
	var types, macros bool
	var kind string
	for rest := head; ; {
		i := bytes.Index(rest, []byte("PK\x03\x04"))
		if i < 0 || len(rest) < i+30 {
			break
		}
		rest = rest[i:]
		n := int(binary.LittleEndian.Uint16(rest[26:28]))
		entry := string(rest[30:min(30+n, len(rest))])
		switch {
		case entry == "[Content_Types].xml":
			types = true
		case strings.HasSuffix(entry, "/vbaProject.bin"):
			macros = true
		case kind != "":
		case strings.HasPrefix(entry, "word/"):
			kind = DOCX
		case strings.HasPrefix(entry, "xl/"):
			kind = XLSX
		case strings.HasPrefix(entry, "ppt/"):
			kind = PPTX
		}
		rest = rest[30:]
	}
	whole := len(head) < HeadSize
	if kind == "" && types && !whole { // the parts begin later: the name may say which kind it claims to be
		switch strings.ToLower(path.Ext(name)) {
		case ".docx":
			kind = DOCX
		case ".xlsx":
			kind = XLSX
		case ".pptx":
			kind = PPTX
		}
	}
	if kind != "" && !types && !whole { // some writers put the list of types last; the parts are as telling
		types = true
	}
	if kind == "" || !types || macros {
		return "", false
	}
	return kind, true
}

// text accepts UTF-8 without control characters that does not begin like a page or a drawing.
func text(head []byte, name string) (string, bool) {
	ext := strings.ToLower(path.Ext(name))
	if ext != ".txt" && ext != ".csv" && ext != ".md" && ext != "" {
		return "", false // a script is text as well, and so is much else
	}
	if len(head) >= HeadSize { // the head may end inside a character
		head = head[:HeadSize]
		for i := 0; i < utf8.UTFMax-1 && len(head) > 0; i++ {
			if r, size := utf8.DecodeLastRune(head); r != utf8.RuneError || size != 1 {
				break
			}
			head = head[:len(head)-1]
		}
	}
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	if len(head) == 0 || !utf8.Valid(head) {
		return "", false
	}
	for _, c := range head {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' {
			return "", false
		}
	}
	start := strings.ToLower(string(bytes.TrimLeft(head[:min(len(head), 1024)], "\t\n\r\f ")))
	for _, markup := range []string{"<!doctype", "<!--", "<html", "<head", "<body", "<script", "<svg", "<?xml", "<iframe", "<?php", "#!", "{\\rtf"} {
		if strings.HasPrefix(start, markup) {
			return "", false
		}
	}
	if ext == ".csv" {
		return CSV, true
	}
	return Text, true
}
