package northwind

import (
	"bytes"
	"io/fs"
	"time"
)

// imageName is the only file an [image] holds.
const imageName = "northwind.db"

// image is a read-only file system of one file: the database. SQLite sees nothing else, so no statement can name a
// file of the host. The bytes are shared by all open files and never written.
type image []byte

func (m image) Open(name string) (fs.File, error) {
	if name != imageName {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &imageFile{Reader: bytes.NewReader(m)}, nil
}

type imageFile struct{ *bytes.Reader }

func (f *imageFile) Stat() (fs.FileInfo, error) { return imageInfo(f.Reader.Size()), nil }
func (f *imageFile) Close() error               { return nil }

// imageInfo is the size of the image.
type imageInfo int64

func (imageInfo) Name() string       { return imageName }
func (i imageInfo) Size() int64      { return int64(i) }
func (imageInfo) Mode() fs.FileMode  { return 0o444 }
func (imageInfo) ModTime() time.Time { return time.Time{} }
func (imageInfo) IsDir() bool        { return false }
func (imageInfo) Sys() any           { return nil }
