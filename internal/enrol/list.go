package enrol

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/store"
)

// Bounds of the list of an import.
const (
	maxList    = 32 << 20 // bytes
	maxColumns = 64
	maxCell    = 4096 // characters
)

// The columns of a list that are no metadata.
const (
	columnFile     = "file"        // name of the file
	columnPerson   = "person_id"   // of a person who is there already
	columnExternal = "external_id" // photos with the same one are of one new person
	columnTags     = "tags"        // separated by |
)

// listing reads the list of an import: CSV in UTF-8, with a header, separated by commas
// or semicolons. What stands in it is text, whatever a spreadsheet would make of it.
// Errors are CodeValue and name the line.
type listing struct {
	meta    bonafide.Meta // of every person
	limit   intake.MetaLimit
	columns []string
	files   []store.ImportFile
	names   map[string]bool
	persons map[string]*bonafide.Person // new ones, by their external id
}

func readList(content io.Reader, meta bonafide.Meta, limit intake.MetaLimit) ([]store.ImportFile, error) {
	raw, err := io.ReadAll(io.LimitReader(content, maxList+1))
	if err != nil {
		return nil, err
	}
	if len(raw) > maxList {
		return nil, bonafide.Errorf(bonafide.CodeTooLarge, "The list is too large, at most %d bytes", maxList)
	}
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(raw) || bytes.IndexByte(raw, 0) >= 0 {
		return nil, bonafide.Errorf(bonafide.CodeValue, "The list is no text in UTF-8")
	}
	r := csv.NewReader(bytes.NewReader(raw))
	head, _, _ := bytes.Cut(raw, []byte("\n"))
	if bytes.Count(head, []byte(";")) > bytes.Count(head, []byte(",")) {
		r.Comma = ';'
	}
	l := listing{meta: meta, limit: limit, names: map[string]bool{}, persons: map[string]*bonafide.Person{}}
	for line := 1; ; line++ {
		cells, err := r.Read()
		if err == io.EOF {
			return l.end()
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			return nil, bonafide.Errorf(bonafide.CodeValue, "Line %d of the list cannot be read: %v", bad.Line, bad.Err)
		}
		if err != nil {
			return nil, err
		}
		if at, _ := r.FieldPos(0); at > line {
			line = at
		}
		if err := l.take(line, cells); err != nil {
			return nil, err
		}
	}
}

func (l *listing) end() ([]store.ImportFile, error) {
	if len(l.files) == 0 {
		return nil, bonafide.Errorf(bonafide.CodeValue, "The list names no file")
	}
	return l.files, nil
}

func (l *listing) take(line int, cells []string) error {
	for _, cell := range cells {
		if utf8.RuneCountInString(cell) > maxCell {
			return bonafide.Errorf(bonafide.CodeValue, "Line %d of the list has a value of more than %d characters", line, maxCell)
		}
	}
	if l.columns == nil {
		return l.header(cells)
	}
	if len(l.files) == store.MaxImportFiles {
		return bonafide.Errorf(bonafide.CodeTooLarge, "The list names more than %d files", store.MaxImportFiles)
	}
	return l.file(line, cells)
}

// header reads the names of the columns.
func (l *listing) header(cells []string) error {
	if len(cells) > maxColumns {
		return bonafide.Errorf(bonafide.CodeValue, "The list has %d columns, at most %d", len(cells), maxColumns)
	}
	seen := map[string]bool{}
	for _, cell := range cells {
		name := strings.TrimSpace(cell)
		if name == "" || seen[name] {
			return bonafide.Errorf(bonafide.CodeValue, "The list has a column %s without a name of its own", bonafide.Quote(name))
		}
		seen[name] = true
		l.columns = append(l.columns, name)
	}
	if !seen[columnFile] {
		return bonafide.Errorf(bonafide.CodeValue, "The list has no column %s; its columns are %s", columnFile, bonafide.Quote(strings.Join(l.columns, ", ")))
	}
	return nil
}

// file reads a line about a file.
func (l *listing) file(line int, cells []string) error {
	f := store.ImportFile{State: store.ImportMissing, PersonID: bonafide.NewID()}
	own := bonafide.Meta{}
	for i, cell := range cells {
		cell = strings.TrimSpace(cell)
		switch name := l.columns[i]; {
		case cell == "":
		case name == columnFile:
			f.Name = plain(cell)
		case name == columnExternal:
			f.ExternalID, own[name] = cell, cell
		case name == columnTags:
			for tag := range strings.SplitSeq(cell, "|") {
				f.Tags = append(f.Tags, strings.TrimSpace(tag))
			}
		case name == columnPerson:
			id, err := bonafide.ParseID(cell)
			if err != nil {
				return bonafide.Errorf(bonafide.CodeValue, "Line %d of the list has person_id %s, which is no identifier", line, bonafide.Quote(cell))
			}
			f.PersonID, f.Existing = id, true
		default:
			own[name] = cell
		}
	}
	switch {
	case f.Name == "":
		return bonafide.Errorf(bonafide.CodeValue, "Line %d of the list names no file", line)
	case l.names[f.Name]:
		return bonafide.Errorf(bonafide.CodeValue, "Line %d of the list names the file %s again", line, bonafide.Quote(f.Name))
	case f.Existing && f.ExternalID != "":
		return bonafide.Errorf(bonafide.CodeValue, "Line %d of the list has both person_id and external_id", line)
	}
	if err := intake.CheckTags(f.Name, f.Tags); err != nil {
		return err
	}
	l.names[f.Name] = true
	return l.person(line, f, own)
}

// person adds a file with what is known of its person. Whose photos are several has the
// metadata of all their lines.
func (l *listing) person(line int, f store.ImportFile, own bonafide.Meta) error {
	p := &bonafide.Person{ID: f.PersonID}
	if old := l.persons[f.ExternalID]; f.ExternalID != "" && old != nil {
		p = old
	}
	if p.Meta == nil {
		p.Meta = bonafide.Meta{}
		for name, value := range l.meta {
			p.Meta[name] = value
		}
	}
	for name, value := range own {
		p.Meta[name] = value
	}
	if _, err := l.limit.Merge(nil, p.Meta); err != nil {
		return bonafide.Wrap(bonafide.CodeOf(err), "Line "+itoa(line)+" of the list has too much metadata", err)
	}
	if f.ExternalID != "" {
		l.persons[f.ExternalID] = p
	}
	f.PersonID, f.Meta = p.ID, p.Meta
	l.files = append(l.files, f)
	return nil
}
