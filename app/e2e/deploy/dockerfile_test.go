package deploy

import (
	"go/version"
	"regexp"
	"strings"
	"testing"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

// dockerfile is what the Dockerfile says, as far as it is used.
type dockerfile struct {
	base        string            // of the stage that builds
	last        string            // of the image
	buildEnv    map[string]string // of the stage that builds
	runs        []string          // its commands
	copies      []*instructions.CopyCommand
	env, labels map[string]string
	user        string
	volumes     []string
	ports       []string
	entrypoint  []string
	cmd         []string
	health      *instructions.HealthCheckCommand
}

func parsedDockerfile(t *testing.T) dockerfile {
	t.Helper()
	ast, err := parser.Parse(strings.NewReader(read(t, "Dockerfile")))
	if err != nil {
		t.Fatal(err)
	}
	if len(ast.Warnings) > 0 {
		t.Errorf("the parser warns: %v", ast.Warnings)
	}
	stages, _, err := instructions.Parse(ast.AST, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(stages) != 2 {
		t.Fatalf("there are %d stages, want 2", len(stages))
	}
	d := dockerfile{base: stages[0].BaseName, last: stages[1].BaseName, buildEnv: map[string]string{}, env: map[string]string{}, labels: map[string]string{}}
	for _, command := range stages[0].Commands {
		switch c := command.(type) {
		case *instructions.RunCommand:
			d.runs = append(d.runs, strings.Join(c.CmdLine, " "))
		case *instructions.EnvCommand:
			for _, pair := range c.Env {
				d.buildEnv[pair.Key] = pair.Value
			}
		}
	}
	for _, command := range stages[1].Commands {
		d.read(command)
	}
	return d
}

func (d *dockerfile) read(command instructions.Command) {
	switch c := command.(type) {
	case *instructions.CopyCommand:
		d.copies = append(d.copies, c)
	case *instructions.EnvCommand:
		for _, pair := range c.Env {
			d.env[pair.Key] = pair.Value
		}
	case *instructions.LabelCommand:
		for _, pair := range c.Labels {
			d.labels[pair.Key] = strings.Trim(pair.Value, `"`)
		}
	case *instructions.UserCommand:
		d.user = c.User
	case *instructions.VolumeCommand:
		d.volumes = append(d.volumes, c.Volumes...)
	case *instructions.ExposeCommand:
		d.ports = append(d.ports, c.Ports...)
	case *instructions.EntrypointCommand:
		d.entrypoint = c.CmdLine
	case *instructions.CmdCommand:
		d.cmd = c.CmdLine
	case *instructions.HealthCheckCommand:
		d.health = c
	}
}

func TestImageIsWhatItPromises(t *testing.T) {
	d := parsedDockerfile(t)
	compare(t, "scratch", d.last)
	compare(t, "65532:65532", d.user)
	compare(t, []string{"/data"}, d.volumes)
	compare(t, []string{"3000", "8080"}, d.ports)
	compare(t, []string{"/pomchat", "serve"}, append(d.entrypoint, d.cmd...))
	compare(t, []string{"CMD", "/pomchat", "healthcheck"}, d.health.Health.Test)
	compare(t, map[string]string{"CGO_ENABLED": "0"}, d.buildEnv)
	compare(t, map[string]string{
		"POMCHAT_LISTEN": "0.0.0.0:3000", "POMCHAT_DATA": "/data/pomchat.db", "POMCHAT_NORTHWIND_LISTEN": "0.0.0.0:8080",
	}, d.env)
	for _, label := range []string{"title", "description", "source", "documentation", "vendor", "licenses", "version", "revision"} {
		if d.labels["org.opencontainers.image."+label] == "" {
			t.Errorf("there is no label %s", label)
		}
	}
	if !strings.Contains(read(t, "Dockerfile"), "ARG BUILDKIT_SBOM_SCAN_STAGE=true") {
		t.Error("a bill of materials would not list the modules")
	}
}

// TestImageIsBuiltByAKnownGo makes sure that the base has a version, and one that go.mod accepts.
func TestImageIsBuiltByAKnownGo(t *testing.T) {
	base := regexp.MustCompile(`^golang:(\d+\.\d+\.\d+)-bookworm$`).FindStringSubmatch(parsedDockerfile(t).base)
	least := regexp.MustCompile(`(?m)^go (\S+)$`).FindStringSubmatch(read(t, "go.mod"))
	if base == nil || least == nil || version.Compare("go"+base[1], "go"+least[1]) < 0 {
		t.Errorf("the base is %q, go.mod wants %q", base, least)
	}
}
