package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/pprof"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/pomerium/pomchat/app/chat"
)

// admin is what the operator may ask, on an address of its own: metrics for Prometheus
// at /metrics, and Go's profiles below /debug/pprof/. It tells nothing of what people
// write, but whoever reaches it can slow the process down, so it is off unless an
// address is given, which must not be reachable for all.
type admin struct {
	server   *http.Server
	listener net.Listener
}

// openAdmin listens, and serves once told to. Without an address it returns nil.
func openAdmin(address, version string, engine *chat.Engine, log *slog.Logger) (*admin, error) {
	if address == "" {
		return nil, nil
	}
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("--admin-listen %s: %w", address, err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(metrics(version, engine), promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	return &admin{listener: l, server: &http.Server{
		Handler: mux, ReadHeaderTimeout: 10 * time.Second, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}}, nil
}

// serve answers until close.
func (a *admin) serve(ctx context.Context, log *slog.Logger) {
	log.LogAttrs(ctx, slog.LevelInfo, "metrics for the operator", slog.String("at", "http://"+a.listener.Addr().String()+"/metrics"))
	if err := a.server.Serve(a.listener); !errors.Is(err, http.ErrServerClosed) {
		log.LogAttrs(ctx, slog.LevelError, "metrics are not served any more", slog.Any("error", err))
	}
}

func (a *admin) close() { _ = a.server.Close() }

// metrics are those of the process, of Go, and of the engine's runs.
func metrics(version string, engine *chat.Engine) *prometheus.Registry {
	runs := func(name, help string, count func(chat.Load) int) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Namespace: "pomchat", Name: name, Help: help},
			func() float64 { return float64(count(engine.Load())) })
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Namespace: "pomchat", Name: "build_info", Help: "Always 1; the version is its label.", ConstLabels: prometheus.Labels{"version": version},
	})
	build.Set(1)
	r := prometheus.NewRegistry()
	r.MustRegister(
		build,
		runs("runs_working", "Answers that are being written.", func(l chat.Load) int { return l.Working }),
		runs("runs_parked", "Answers that wait for a person.", func(l chat.Load) int { return l.Parked }),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		collectors.NewGoCollector(collectors.WithGoCollectorRuntimeMetrics(collectors.MetricsGC, collectors.MetricsMemory)),
	)
	return r
}
