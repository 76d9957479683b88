package chattest_test

import (
	"testing"

	"github.com/pomerium/pomchat/app/chat/chattest"
)

func TestMemory(t *testing.T) {
	chattest.TestStore(t, func(*testing.T) chattest.Storage { return chattest.NewStore() })
}
