//go:build !linux

package deploy

import "testing"

func runConfined(t *testing.T, _ image) { t.Skip("images are for Linux") }
