package pomerium

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"slices"
)

// maxImage is how large a picture may be, in bytes.
const maxImage = 256 << 10

// Image is a picture that was fetched. Type is found out from Content. One of type
// image/svg+xml may hold a script: serve it so that no browser runs it.
type Image struct {
	Type    string
	Content []byte
}

// svgType is the one type whose pictures are documents.
const svgType = "image/svg+xml"

// safeTypes are those of [http.DetectContentType] that hold nothing but a picture.
var safeTypes = []string{"image/png", "image/jpeg", "image/webp", "image/gif", "image/x-icon"}

// recognise finds out, from the content alone, what picture this is.
func recognise(content []byte) (Image, error) {
	if kind := http.DetectContentType(content); slices.Contains(safeTypes, kind) {
		return Image{kind, content}, nil
	}
	if isSVG(content) {
		return Image{svgType, content}, nil
	}
	return Image{}, errors.New("it is no picture of a known type")
}

// isSVG reports whether the content is well-formed XML whose root is an SVG.
func isSVG(content []byte) bool {
	decoder := xml.NewDecoder(bytes.NewReader(content))
	rooted := false
	for {
		token, err := decoder.Token()
		if err != nil {
			return rooted && errors.Is(err, io.EOF)
		}
		if root, ok := token.(xml.StartElement); ok && !rooted {
			if root.Name.Local != "svg" || root.Name.Space != "http://www.w3.org/2000/svg" {
				return false
			}
			rooted = true
		}
	}
}
