package data

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCommittedFileIsWhatBuildMakes(t *testing.T) {
	built, err := Build(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(built, readCommitted(t)) {
		t.Fatal("embed/northwind.db is stale; run go generate ./northwind/data")
	}
}

func TestBuildsAtTheSameTimeMakeTheSameBytes(t *testing.T) {
	var files [2][]byte
	var errs [2]error
	var both sync.WaitGroup
	for i := range files {
		both.Go(func() { files[i], errs[i] = Build(t.Context()) })
	}
	both.Wait()
	if err := errors.Join(errs[:]...); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("two builds differ")
	}
}

func TestBuildStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if file, err := Build(ctx); !errors.Is(err, context.Canceled) || file != nil {
		t.Errorf("Build = %d bytes, %v; want none and context.Canceled", len(file), err)
	}
}

// The offsets are those of the database header in the SQLite file format, section 1.3.
func TestFileHeader(t *testing.T) {
	file := readCommitted(t)
	type header struct {
		Magic                              string
		PageSize                           uint16
		WriteVersion, ReadVersion          byte
		Pages, Encoding, AutoVacuum        uint32
		FreePages, UserVersion, Identifier uint32
	}
	word := func(at int) uint32 { return binary.BigEndian.Uint32(file[at:]) }
	got := header{
		Magic:        string(file[:16]),
		PageSize:     binary.BigEndian.Uint16(file[16:]),
		WriteVersion: file[18],
		ReadVersion:  file[19],
		Pages:        word(28),
		FreePages:    word(36),
		AutoVacuum:   word(52),
		Encoding:     word(56),
		UserVersion:  word(60),
		Identifier:   word(68),
	}
	const rollbackJournal, utf8 = 1, 1
	want := header{
		Magic:        "SQLite format 3\x00",
		PageSize:     4096,
		WriteVersion: rollbackJournal,
		ReadVersion:  rollbackJournal,
		Pages:        uint32(len(file) / 4096),
		Encoding:     utf8,
		UserVersion:  1,
		Identifier:   0x4E574E44,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestFileIsSound(t *testing.T) {
	db := openCommitted(t)
	if diff := cmp.Diff([][]any{row("ok")}, query(t, db, "PRAGMA integrity_check")); diff != "" {
		t.Error(diff)
	}
	if orphans := query(t, db, "PRAGMA foreign_key_check"); orphans != nil {
		t.Errorf("rows that refer to nothing: %v", orphans)
	}
}

func TestReadingLeavesNothingBesideTheFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "northwind.db")
	before := readCommitted(t)
	if err := os.WriteFile(path, before, 0o400); err != nil {
		t.Fatal(err)
	}
	db := openFile(t, path, "mode=ro")
	query(t, db, `SELECT * FROM Invoices ORDER BY ExtendedPrice`)

	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 1 {
		t.Errorf("the directory holds %v", entries)
	}
	after, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(before, after) {
		t.Error("reading changed the file")
	}
}
