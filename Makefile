# make help lists the targets. Every target is a thin name for a command that also works without make.
.DEFAULT_GOAL := help
export CGO_ENABLED := 0

GO    ?= go
GOBIN ?= $(CURDIR)/.cache/bin

# What `make gen` writes, and `make drift` holds to the sources.
GENERATED := api/openapi.json api/endpoint/words.json frontend/src/client docs ':(glob)**/testdata/**'

.PHONY: help run test quick dev gen drift lint race bench soak clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## start with demo data on http://127.0.0.1:8080 (builds the pages first if they changed)
	@$(GO) run ./internal/check pages
	@$(GO) run . serve --demo

test: ## every check and test, on SQLite and PostgreSQL and in a browser; brings what it needs
	@$(GO) run ./internal/check

quick: ## format, import rules, vet and the Go tests, without the browser; PostgreSQL where it is found
	@$(GO) run ./internal/check format layout
	@$(GO) vet ./...
	@$(GO) run ./internal/testpg -- $(GO) test ./...

dev: ## server with demo data, and the pages rebuilt as you type on http://127.0.0.1:5173
	@$(GO) run . serve --demo & trap 'kill $$!' EXIT INT TERM; cd frontend && npm run dev

gen: ## write again what is generated: openapi.json, the client, docs/rules.md, golden files
	$(GO) run . openapi > .openapi.new && mv .openapi.new api/openapi.json
	cd frontend && npm run gen
	$(GO) test $$(grep -rl --include='*_test.go' 'flag.Bool("update"' models api matching internal | xargs -n1 dirname | sort -u | sed 's|^|./|') -update

drift: gen ## fail if what is generated differs from what is committed
	git diff --exit-code -- $(GENERATED)

lint: ## golangci-lint, kept out of go.mod (the first run builds it)
	@test -x $(GOBIN)/golangci-lint || GOBIN=$(GOBIN) $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
	$(GOBIN)/golangci-lint run ./...

race: ## Go tests under the race detector, on PostgreSQL (needs gcc; SQLite in Go is some 30 times slower under it)
	CGO_ENABLED=1 $(GO) run ./internal/testpg -- $(GO) test -race -timeout 60m ./...

bench: ## benchmarks of the computing packages, six runs each, for benchstat
	$(GO) test -run '^$$' -bench . -benchmem -count 6 ./matching/...

soak: ## long forms of the random and fault tests (SOAK=1), about an hour
	SOAK=1 $(GO) run ./internal/testpg -- $(GO) test -count=1 -timeout 90m ./...

clean: ## remove what was built and downloaded here, but no data
	rm -rf .cache jiebang frontend/node_modules
	find frontend/dist -mindepth 1 ! -name .keep -delete
