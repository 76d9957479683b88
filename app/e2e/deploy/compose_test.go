package deploy

import (
	"cmp"
	"maps"
	"net"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/types"
	gocmp "github.com/google/go-cmp/cmp"
)

// TestEveryContainerIsConfined lists for each promise the services that break it.
func TestEveryContainerIsConfined(t *testing.T) {
	for _, promise := range []struct {
		name string
		kept func(s types.ServiceConfig) bool
	}{
		{"its root cannot be written", func(s types.ServiceConfig) bool { return s.ReadOnly }},
		{"it has no capabilities", func(s types.ServiceConfig) bool {
			return slices.Equal(s.CapDrop, []string{"ALL"}) && len(s.CapAdd) == 0 && !s.Privileged
		}},
		{"it gains no rights", func(s types.ServiceConfig) bool {
			return slices.Equal(s.SecurityOpt, []string{"no-new-privileges:true"})
		}},
		{"its memory has a limit", func(s types.ServiceConfig) bool { return s.MemLimit > 0 && s.MemLimit <= 2<<30 }},
		{"its processes have a limit", func(s types.ServiceConfig) bool { return s.PidsLimit > 0 && s.PidsLimit <= 1024 }},
		{"its log has a limit", func(s types.ServiceConfig) bool {
			return s.Logging != nil && s.Logging.Options["max-size"] != "" && s.Logging.Options["max-file"] != ""
		}},
		{"its /tmp has a limit", func(s types.ServiceConfig) bool {
			return slices.ContainsFunc(s.Tmpfs, func(mount string) bool {
				return strings.HasPrefix(mount, "/tmp:") && strings.Contains(mount, "size=")
			})
		}},
		{"only Pomerium may run what is in /tmp", func(s types.ServiceConfig) bool {
			return s.Name == "pomerium" || !slices.ContainsFunc(s.Tmpfs, func(mount string) bool { return strings.Contains(mount, "exec") })
		}},
		{"it shares nothing with the machine", func(s types.ServiceConfig) bool {
			return s.Pid == "" && s.Ipc == "" && s.Uts == "" && s.UserNSMode == "" && (s.NetworkMode == "" || s.NetworkMode == "none")
		}},
		{"files of the machine are read-only", func(s types.ServiceConfig) bool {
			return !slices.ContainsFunc(s.Volumes, func(v types.ServiceVolumeConfig) bool { return v.Type == types.VolumeTypeBind && !v.ReadOnly })
		}},
		{"its image has a version", func(s types.ServiceConfig) bool {
			_, tag, _ := strings.Cut(s.Image, ":")
			return tag != "" && tag != "latest" && tag != "main"
		}},
		{"it starts again, unless its work is done", func(s types.ServiceConfig) bool {
			return s.Restart == "unless-stopped" || s.Name == "prepare" && s.Restart == "no"
		}},
		{"it says how it is", func(s types.ServiceConfig) bool {
			return s.HealthCheck != nil || s.Name == "prepare" || s.Name == "chat" // which the image tells
		}},
	} {
		for _, v := range variants() {
			t.Run(promise.name+", "+v.name, func(t *testing.T) {
				var broken []string
				for name, service := range project(t, v).Services {
					if !promise.kept(service) {
						broken = append(broken, name)
					}
				}
				if diff := gocmp.Diff([]string(nil), broken); diff != "" {
					t.Errorf("services that break it (-want +got)\n%s", diff)
				}
			})
		}
	}
}

func TestOnlyPomeriumIsReached(t *testing.T) {
	for _, v := range variants() {
		t.Run(v.name, func(t *testing.T) {
			p := project(t, v)
			ports := map[string][]string{}
			together := map[string][]string{}
			for name, service := range p.Services {
				for _, port := range service.Ports {
					ports[name] = append(ports[name], net.JoinHostPort(port.HostIP, port.Published))
				}
				slices.Sort(ports[name])
				for network := range service.Networks {
					together[network] = append(together[network], name)
				}
			}
			if diff := gocmp.Diff(map[string][]string{"pomerium": v.published}, ports); diff != "" {
				t.Errorf("published ports (-want +got)\n%s", diff)
			}
			for network, members := range together {
				others := slices.DeleteFunc(slices.Clone(members), func(name string) bool { return name == "pomerium" })
				if len(members) == len(others) || len(others) > 1 {
					t.Errorf("on the network %s are %v: it is to join Pomerium and one other at most", network, members)
				}
			}
			var open []string
			for name, network := range p.Networks {
				if !network.Internal {
					open = append(open, name)
				}
			}
			slices.Sort(open)
			if diff := gocmp.Diff([]string{"chat", "front"}, open); diff != "" {
				t.Errorf("networks with a way out (-want +got)\n%s", diff)
			}
		})
	}
}

func TestContainersStartInOrder(t *testing.T) {
	want := map[string]map[string]string{
		"prepare":   {},
		"postgres":  {"prepare": "service_completed_successfully"},
		"chat":      {"prepare": "service_completed_successfully"},
		"northwind": {"prepare": "service_completed_successfully"},
		"pomerium":  {"postgres": "service_healthy", "chat": "service_healthy", "northwind": "service_healthy"},
	}
	for _, v := range variants() {
		t.Run(v.name, func(t *testing.T) {
			got := map[string]map[string]string{}
			for name, service := range project(t, v).Services {
				got[name] = map[string]string{}
				for other, how := range service.DependsOn {
					got[name][other] = how.Condition
				}
			}
			if v.local() {
				compare(t, map[string]string{"prepare": "service_completed_successfully"}, got["login"])
				compare(t, "service_healthy", got["pomerium"]["login"])
				delete(got, "login")
				delete(got["pomerium"], "login")
			}
			compare(t, want, got)
		})
	}
}

func compare[T any](t *testing.T, want, got T) {
	t.Helper()
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestSecretsReachOnlyTheirReaders lists who mounts what, and who is told what in the environment.
func TestSecretsReachOnlyTheirReaders(t *testing.T) {
	want := map[string][]string{
		"pomerium-secrets": {"pomerium ro", "prepare"}, "postgres-secrets": {"postgres ro", "prepare"},
		"certificates": {"login ro", "pomerium ro", "prepare"}, "authority": {"chat ro", "northwind ro", "prepare"},
		"chat": {"chat"}, "postgres": {"postgres"}, "pomerium-autocert": {"pomerium"},
	}
	for _, v := range variants() {
		t.Run(v.name, func(t *testing.T) {
			want := maps.Clone(want)
			if !v.local() {
				delete(want, "certificates")
				delete(want, "authority")
			}
			mounted, told := map[string][]string{}, map[string][]string{}
			for name, service := range project(t, v).Services {
				for _, volume := range service.Volumes {
					if volume.Type != types.VolumeTypeVolume {
						continue
					}
					how := name
					if volume.ReadOnly {
						how += " ro"
					}
					mounted[volume.Source] = append(mounted[volume.Source], how)
				}
				for variable := range service.Environment {
					if strings.Contains(variable, "SECRET") || strings.HasSuffix(variable, "KEY") {
						told[variable] = append(told[variable], name)
					}
				}
			}
			for _, names := range mounted {
				slices.Sort(names)
			}
			compare(t, want, mounted)
			compare(t, map[string][]string{"OPENAI_API_KEY": {"chat"}, "IDP_CLIENT_SECRET": {"pomerium"}}, told)
		})
	}
}

func TestComposeSaysWhatIsMissing(t *testing.T) {
	for _, tt := range []struct {
		name string
		file string
		env  []string
		want string
	}{
		{"the example as it is", ".env.example", nil, "set it in .env to what replaces YOUR-DOMAIN in pomerium-config.yaml"},
		{"a domain alone, and the key left empty", ".env.example", []string{"DOMAIN=example.com"}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := composed(t, variant{envFile: tt.file, env: tt.env})
			if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want …%s…", err, tt.want)
			}
		})
	}
}

// TestNamesFitTogether holds the compose files and the routes of Pomerium to one another.
func TestNamesFitTogether(t *testing.T) {
	for _, v := range variants() {
		t.Run(v.name, func(t *testing.T) {
			p, config := project(t, v), parsed(t, configured(t, v))
			pomerium := p.Services["pomerium"]
			compare(t, "northwind."+v.domain, *p.Services["chat"].Environment["POMCHAT_TRUST"])
			for _, route := range config.Routes {
				service, port, _ := strings.Cut(strings.TrimPrefix(route.To, "http://"), ":")
				env := p.Services[service].Environment
				public := cmp.Or(env["POMCHAT_PUBLIC_URL"], env["POMCHAT_NORTHWIND_PUBLIC_URL"])
				if service == "login" {
					continue
				}
				if public == nil || *public != route.From {
					t.Errorf("%s is told that it is %v, but its route is %s", service, public, route.From)
				}
				if want := map[string]string{"chat": "3000", "northwind": "8080"}[service]; port != want {
					t.Errorf("the route to %s goes to port %s, want %s", service, port, want)
				}
				host := strings.TrimSuffix(strings.TrimPrefix(route.From, "https://"), v.port)
				for _, network := range []string{"chat", service} {
					if aliases := pomerium.Networks[network].Aliases; !slices.Contains(aliases, host) {
						t.Errorf("on the network %s, Pomerium is not found as %s but as %v", network, host, aliases)
					}
				}
			}
		})
	}
}
