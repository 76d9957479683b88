package main

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
)

// logo draws a sheet with lines on it.
func logo() ([]byte, error) {
	const side = 32
	paper, ink := color.NRGBA{0xf2, 0xc1, 0x4e, 0xff}, color.NRGBA{0x5a, 0x3d, 0x0a, 0xff}
	picture := image.NewNRGBA(image.Rect(0, 0, side, side))
	for y := 2; y < side-2; y++ {
		for x := 4; x < side-4; x++ {
			picture.Set(x, y, paper)
			if y%7 == 2 && y > 6 && x > 8 && x < side-9 {
				picture.Set(x, y, ink)
			}
		}
	}
	var out bytes.Buffer
	err := png.Encode(&out, picture)
	return out.Bytes(), err
}
