// Package deploy tests what one deploys: the image, the compose files, the
// configuration of Pomerium and the script that prepares them.
package deploy

import (
	"cmp"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
)

// root is the folder of the repository.
func root(t testing.TB) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", "..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func read(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root(t), name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// variant is one way to deploy.
type variant struct {
	name    string
	envFile string
	env     []string // what stands in the shell or was filled in
	domain  string
	port    string // with its colon, unless it is that of https
	config  string // of Pomerium
	// published are the ports of this machine that are taken.
	published []string
}

// local reports whether it needs nothing but this machine.
func (v variant) local() bool { return v.port != "" }

func variants() []variant {
	return []variant{
		{
			name: "with a domain", envFile: ".env.example", env: []string{"DOMAIN=example.com", "OPENAI_API_KEY=sk-key"},
			domain: "example.com", config: "pomerium-config.yaml", published: []string{":443", ":80"},
		},
		{
			name: "on this machine alone", envFile: "local.env",
			domain: "localhost.pomerium.io", port: ":8443", config: "pomerium-config.local.yaml", published: []string{"127.0.0.1:8443"},
		},
	}
}

// composed loads the compose files, and more on top of them, as `docker compose --env-file`
// does, strictly.
func composed(t testing.TB, v variant, more ...string) (*types.Project, error) {
	t.Helper()
	dir := root(t)
	options, err := cli.NewProjectOptions(nil,
		cli.WithWorkingDirectory(dir),
		cli.WithEnv(v.env),
		cli.WithEnvFiles(filepath.Join(dir, v.envFile)),
		cli.WithDotEnv,
	)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range strings.Split(cmp.Or(options.Environment["COMPOSE_FILE"], "docker-compose.yaml"), ":") {
		options.ConfigPaths = append(options.ConfigPaths, filepath.Join(dir, name))
	}
	options.ConfigPaths = append(options.ConfigPaths, more...)
	return options.LoadProject(context.WithoutCancel(t.Context()))
}

func project(t testing.TB, v variant) *types.Project {
	t.Helper()
	p, err := composed(t, v)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// configured returns the text of the configuration of Pomerium with the domain filled in, as the documentation says.
func configured(t testing.TB, v variant) string {
	t.Helper()
	return strings.ReplaceAll(read(t, v.config), "YOUR-DOMAIN", v.domain)
}
