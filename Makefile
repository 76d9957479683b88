# Everything one does with this repository. `make help` lists the targets.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
BINARY := bin/pomchat
NPM := npm --prefix ui
GO_FILES := main.go app embed northwind
NODE_MODULES := ui/node_modules/.package-lock.json
CONFORMANCE := northwind/conformance
CONFORMANCE_BINARY := bin/pomchat-conformance
CONFORMANCE_MODULES := $(CONFORMANCE)/node_modules/.package-lock.json
AIMOCK := app/llm/aimock
AIMOCK_MODULES := $(AIMOCK)/node_modules/.package-lock.json
AIMOCK_FILES := $(AIMOCK)/serve.mjs $(AIMOCK)/fixtures.json $(AIMOCK)/package.json
CONFORMANCE_FILES := $(CONFORMANCE)/*.mjs $(CONFORMANCE)/baseline.yml $(CONFORMANCE)/package.json

.PHONY: help run dev demo-gateway build gen ui test lint postgres test-go test-ui test-dist e2e lab conformance aimock screenshots bench fmt clean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## serve the chat app, as `go run . serve` does
	go run . serve

dev: $(NODE_MODULES) ## serve with hot reload: the page at http://127.0.0.1:5173, the server restarts when Go changes
	trap 'kill 0' EXIT; \
	$(NPM) run dev & \
	go tool reflex --start-service --regex='\.go$$|northwind\.db$$' --inverse-regex='^ui/' -- go run . serve

demo-gateway: build ## serve behind a stand-in for Pomerium, with two MCP servers, at https://chat.localhost:8443
	go run ./app/pomerium/pomeriumtest/demo --binary $(BINARY)

build: ## build bin/pomchat
	go build -trimpath -ldflags='-s -w -X main.version=$(VERSION)' -o $(BINARY) .

gen: $(NODE_MODULES) ## rebuild all that is generated and committed
	go generate ./...
	go test ./app/web -run 'UpToDate|Recorded' -update
	go test . -run Readme -update
	$(MAKE) ui

ui: $(NODE_MODULES) ## build the page into embed/dist
	$(NPM) run build

test: lint test-ui test-dist test-go e2e conformance aimock ## install what is missing and run every check

lint: $(NODE_MODULES) ## gofmt, vet, staticcheck; tsc, oxlint, prettier
	@unformatted=$$(gofmt -l $(GO_FILES)); \
	if [ -n "$$unformatted" ]; then echo "gofmt: $$unformatted"; exit 1; fi
	go vet ./...
	go tool staticcheck ./...
	go vet -tags=conformance ./northwind
	go tool staticcheck -tags=conformance ./northwind
	$(NPM) run typecheck
	$(NPM) run lint
	$(NPM) run format:check
	ui/node_modules/.bin/oxlint --config=ui/.oxlintrc.json --deny-warnings $(CONFORMANCE_FILES) $(AIMOCK_FILES)
	ui/node_modules/.bin/prettier --config=ui/.prettierrc --check $(CONFORMANCE_FILES) $(AIMOCK_FILES)

postgres: ## see that there is a PostgreSQL for the tests
	@app/e2e/postgres || test -z "$${CI:-}"

test-go: postgres ## Go tests with the race detector, and without it those that only ask many things in turn
	go test -race -shuffle=on ./...
	go test -shuffle=on -run='Attacks|Random|OfTheSample|SampleIs|^Fuzz' ./northwind
	go test -shuffle=on -run='WrittenByHand|Declined' ./app/guide

test-ui: $(NODE_MODULES) ## tests of the page's code
	$(NPM) run test

test-dist: $(NODE_MODULES) ## the committed page is what its sources build
	app/e2e/dist-is-fresh

e2e: build $(NODE_MODULES) ## tests of the binary in a real browser
	app/e2e/chromium
	go build -o bin/demo-gateway ./app/pomerium/pomeriumtest/demo
	go build -o bin/fake-provider ./app/llm/llmtest/serve
	$(NPM) run e2e

lab: build $(NODE_MODULES) ## how fast the page is: every figure five times, as a table and in ui/e2e/.results
	app/e2e/chromium
	go build -o bin/fake-provider ./app/llm/llmtest/serve
	$(NPM) run lab

conformance: build $(CONFORMANCE_MODULES) ## Northwind against the official MCP suite and TypeScript clients
	go build -race -tags=conformance -o $(CONFORMANCE_BINARY) .
	$(CONFORMANCE)/node $(CONFORMANCE)/run.mjs $(BINARY) $(CONFORMANCE_BINARY)
	$(CONFORMANCE)/node --test --test-reporter=spec $(CONFORMANCE)/judge.test.mjs $(CONFORMANCE)/client.test.mjs
	POMCHAT_CONFORMANCE=$(CURDIR)/$(CONFORMANCE) go test -race -count=1 -run=External ./app/e2e

aimock: $(AIMOCK_MODULES) ## the client of model providers against @copilotkit/aimock
	POMCHAT_AIMOCK=$(CURDIR)/$(AIMOCK) go test -race -count=1 -run=Aimock ./app/llm

screenshots: build $(NODE_MODULES) ## take the pictures in docs/screenshots anew
	app/e2e/chromium
	$(NPM) run screenshots

bench: build postgres ## benchmarks, and northwind-mcp under load; compare only numbers of one run
	go test -run='^$$' -bench=. -benchmem ./...
	go run ./northwind/load --binary $(BINARY)

fmt: $(NODE_MODULES) ## format Go and TypeScript
	gofmt -w $(GO_FILES)
	$(NPM) run format
	ui/node_modules/.bin/prettier --config=ui/.prettierrc --write $(CONFORMANCE_FILES) $(AIMOCK_FILES)

clean: ## remove what can be built again and is not committed
	rm -rf bin ui/node_modules $(CONFORMANCE)/node_modules $(AIMOCK)/node_modules

$(NODE_MODULES): ui/package-lock.json
	@app/e2e/node-is-new-enough
	$(NPM) ci --no-audit --no-fund
	@touch $@

$(CONFORMANCE_MODULES): $(CONFORMANCE)/package-lock.json
	@app/e2e/node-is-new-enough
	npm --prefix $(CONFORMANCE) ci --no-audit --no-fund --loglevel=error
	@touch $@

$(AIMOCK_MODULES): $(AIMOCK)/package-lock.json
	@app/e2e/node-is-new-enough
	npm --prefix $(AIMOCK) ci --no-audit --no-fund --loglevel=error
	@touch $@
