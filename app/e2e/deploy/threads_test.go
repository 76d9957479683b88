package deploy

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/pomerium/pomchat/app/store/postgres"
)

// TestThreadsInPostgreSQL puts on top of the compose files what docs/deploy.md says.
func TestThreadsInPostgreSQL(t *testing.T) {
	page := read(t, "docs/deploy.md")
	said := regexp.MustCompile("(?s)### Threads in PostgreSQL.*?`POMCHAT_DATA=([^`]+)`.*?```yaml\n(.*?)```").FindStringSubmatch(page)
	if said == nil {
		t.Fatal("docs/deploy.md says nothing of it any more")
	}
	override := filepath.Join(t.TempDir(), "docker-compose.override.yaml")
	if err := os.WriteFile(override, []byte(said[2]), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, v := range variants() {
		t.Run(v.name, func(t *testing.T) {
			v.env = append(v.env, "POMCHAT_DATA="+said[1])
			p, err := composed(t, v, override)
			if err != nil {
				t.Fatal(err)
			}
			chat, database := p.Services["chat"], p.Services["postgres"]
			compare(t, []string{"chat", "threads"}, slices.Sorted(maps.Keys(chat.Networks)))
			compare(t, []string{"postgres", "threads"}, slices.Sorted(maps.Keys(database.Networks)))
			compare(t, true, bool(p.Networks["threads"].Internal))
			compare(t, "service_healthy", chat.DependsOn["postgres"].Condition)
			if data := chat.Environment["POMCHAT_DATA"]; data == nil || *data != said[1] || !postgres.Names(*data) {
				t.Errorf("POMCHAT_DATA is %v", data)
			}
		})
	}
}
