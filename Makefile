# Two commands: `make run` and `make test`. Both set up what they need: Python tools in .venv, npm packages in
# web/node_modules, Debian's Chromium. Everything is pinned by rust-toolchain.toml, Cargo.lock, requirements*.txt
# and web/package-lock.json.

SHELL := /bin/bash
.DELETE_ON_ERROR:
.PHONY: run release bench-browser test lane-rust lane-aws lane-pages test-quick check check-rust check-web check-template test-rust test-crash test-soak soak test-web test-browser \
  test-emulated test-artifacts test-fuzz artifacts fake openapi template deploy-web screenshots bench setup clean

VENV := $(CURDIR)/.venv
# The SAM CLI, in an environment of its own: it pins another boto3 than the AWS command line's.
SAM := $(CURDIR)/.venv-sam
# Debian's browser without windows: a page takes it a fifth to a third less than `chromium --headless`.
CHROMIUM ?= /usr/bin/chromium-headless-shell
export PATH := $(VENV)/bin:$(SAM)/bin:$(PATH)
# One choice of packages and features for everything that is built for tests: another choice builds every crate again.
ALL := --workspace --all-features
# What is not for production is compiled by Clippy's driver, which is rustc and lints on the way: a check of its own would read
# every dependency once more (docs/adr/0075). While a warning is to stand: make run DENY=
DENY := -D__CLIPPY_HACKERY__warnings
# Cargo takes the cores that there are, however many lanes run beside it.
CARGO := MAKEFLAGS= RUSTC_WORKSPACE_WRAPPER=clippy-driver CLIPPY_ARGS='$(DENY)' cargo

# ------------------------------------------------------------------ run

# Settings are environment variables: make run DEMO=0 PORT=8080; all of them: make run ARGS=--help
run: web/dist/index.html
	$(CARGO) build $(ALL) --quiet --bin netbird-platform
	exec ./target/debug/netbird-platform $(ARGS)

# What a server runs (docs/adr/0015): target/release/netbird-platform, with the web app's files in web/dist.
release: web/dist/index.html
	cargo build --release --quiet --package platform_local --bin netbird-platform

# ------------------------------------------------------------------ test

# Three lanes at once, since half of the tests wait: for a browser, a server, a process that is killed. Each begins once what it needs
# is set up, and Rust at once; Cargo, which lets one build at a time, has a lane wait for the other. A lane that fails lets the others
# come to their end. One after the other: make test LANES=1
LANES := 3
test:
	@$(MAKE) --no-print-directory --jobs=$(LANES) lane-rust lane-pages lane-aws
	@echo 'make test: all passed'

lane-rust:
	@for part in test-rust test-crash test-soak; do $(MAKE) --no-print-directory $$part || exit 1; done

# After the tests are built, which build most of what is deployed.
lane-aws: $(VENV)/.done $(SAM)/.done web/dist/index.html
	@$(CARGO) test $(ALL) --no-run --quiet
	@for part in test-emulated test-fuzz; do $(MAKE) --no-print-directory $$part || exit 1; done

# What needs no browser beside the compiler; the browser after it: two of them would have the compiler take twice as long, and what
# the two other lanes wait for is its end.
lane-pages: $(VENV)/.done web/dist/index.html $(CHROMIUM)
	@for part in check-web check-template test-web; do $(MAKE) --no-print-directory $$part || exit 1; done
	@$(CARGO) test $(ALL) --no-run --quiet
	@for part in test-browser check-rust; do $(MAKE) --no-print-directory $$part || exit 1; done

# No release build, no browser, no emulator.
test-quick: check-rust check-web test-rust test-web

check: check-rust check-web check-template

check-rust: $(VENV)/.done
	cargo fmt --all --check
	$(CARGO) test $(ALL) --no-run --quiet
	$(CARGO) build $(ALL) --bins --quiet
	cargo deny --all-features check bans licenses sources --hide-inclusion-graph
	@# The advisories come from a repository that not every machine reaches; where it is not, this says so.
	@cargo deny check advisories 2>/dev/null || \
	  { git ls-remote --quiet https://github.com/RustSec/advisory-db HEAD >/dev/null 2>&1 && exit 1; \
	    echo 'advisories not checked: the advisory database cannot be reached'; }

check-web: web/node_modules/.done
	npm --prefix web run --silent check:generated
	npm --prefix web run --silent typecheck
	npm --prefix web run --silent lint

check-template: $(VENV)/.done
	@# I3010: a template comes near to CloudFormation's 500 resources. W3002: it is packaged before it is deployed.
	cfn-lint --include-checks I3010 --ignore-checks W3002 -- template.yaml infra/*.yaml infra/areas/*.yaml

test-rust:
	$(CARGO) test $(ALL) --quiet

test-crash:
	$(CARGO) build $(ALL) --quiet --bin netbird-platform --bin fake-netbird
	$(CARGO) test $(ALL) --test platform crash:: -- --ignored --nocapture

# Attacks on the local host, one after the other; what they leave behind is bounded.
test-soak:
	$(CARGO) build $(ALL) --quiet --bin netbird-platform
	$(CARGO) test $(ALL) --test platform soak:: -- --ignored --nocapture

# Many more stories than `make test` plays, docs/SIMULATION.md, and the longer of its tests at full length. Other stories:
# make soak SIM_SEEDS=500; one: make soak SIM_SEED=7
SIM_SEEDS := 20000
soak: $(VENV)/.done
	LONG_RUN=1 $(CARGO) test $(ALL) --test platform -- --nocapture aggregates:: neighbourhood:: mail_cannon:: access_reviews:: story::
	SIM_SEEDS=$(SIM_SEEDS) $(CARGO) test $(ALL) --test platform simulation:: -- --nocapture
	FUZZ_EXAMPLES=100 $(MAKE) --no-print-directory test-fuzz

test-web: web/node_modules/.done
	npm --prefix web run --silent test

test-browser: web/dist/index.html $(CHROMIUM)
	npm --prefix web run --silent size
	npm --prefix web run --silent test:states
	$(CARGO) build $(ALL) --quiet --bin netbird-platform
	python3 tests/browser.py

# A picture of every state, in web/browser/screenshots, for people to look at. Of some: make screenshots PART=alerts-states
screenshots: web/dist/index.html $(CHROMIUM)
	SCREENSHOTS=1 npm --prefix web run --silent test:states -- $(PART)

# With the functions as the Rust tests have compiled them. With what Lambda runs: make test-artifacts, before a release.
test-emulated: web/dist/index.html $(VENV)/.done $(SAM)/.done
	$(CARGO) build $(ALL) --quiet --bins
	pytest tests/emulated --quiet

test-artifacts: artifacts fake web/dist/index.html $(VENV)/.done $(SAM)/.done
	FUNCTIONS=artifacts pytest tests/emulated --quiet

# Sends the local host whatever its API document allows, and what it does not.
test-fuzz: $(VENV)/.done
	$(CARGO) build $(ALL) --quiet --bin netbird-platform
	pytest tests/fuzz --quiet

# ------------------------------------------------------------------ build

web/dist/index.html: web/node_modules/.done docs/openapi.json $(shell find web/src web/public -type f 2>/dev/null) web/index.html web/vite.config.ts
	npm --prefix web run --silent build
	@touch $@

# What Lambda runs, one zip an area. Without entropy from the CPU's jitter, which costs a cold start 33 ms (docs/adr/0014).
# For the template's Architecture=arm64: make artifacts ARTIFACT_FLAGS=--arm64
artifacts: $(VENV)/.done
	AWS_LC_SYS_NO_JITTER_ENTROPY=1 cargo lambda build --profile artifact --output-format zip $(ARTIFACT_FLAGS) --package platform_lambda

fake:
	$(CARGO) build $(ALL) --quiet --bin fake-netbird

# After a row was added or changed: writes the OpenAPI document from the code, the web app's client from the document, the
# templates and a sample event from the rows.
openapi: web/node_modules/.done
	UPDATE_OPENAPI=1 UPDATE_TEMPLATE=1 $(CARGO) test $(ALL) --test platform --quiet -- openapi:: template::the_committed
	npm --prefix web run generate

# Only the templates and sample events.
template:
	UPDATE_TEMPLATE=1 $(CARGO) test $(ALL) --test platform --quiet template::the_committed

# ------------------------------------------------------------------ deploy

STACK := netbird-platform
stack_output = aws cloudformation describe-stacks --stack-name $(STACK) --output text \
  --query "Stacks[0].Outputs[?OutputKey=='$(1)'].OutputValue"

# Puts the web app's files where the deployed stack serves them from. What index.html names is there before it, and what an
# older one names stays: somebody may have it open.
deploy-web: web/dist/index.html $(VENV)/.done
	set -euo pipefail; bucket=$$($(call stack_output,WebBucket)); distribution=$$($(call stack_output,DistributionId)); \
	aws s3 sync web/dist/assets "s3://$$bucket/assets" --size-only --no-progress \
	  --cache-control 'public, max-age=31536000, immutable'; \
	aws s3 cp web/dist "s3://$$bucket" --recursive --exclude 'assets/*' --exclude index.html --no-progress \
	  --cache-control 'public, max-age=300'; \
	aws s3 cp web/dist/index.html "s3://$$bucket/index.html" --no-progress --cache-control no-cache; \
	aws cloudfront create-invalidation --distribution-id "$$distribution" --output text --query Invalidation.Id \
	  --paths / $$(cd web/dist && find . -type f -not -path './assets/*' | sed 's/^\.//')

# Everything, or one part: make bench PART=sync (or read, access, live, attack, export, cost, cold)
bench: artifacts fake
	AWS_LC_SYS_NO_JITTER_ENTROPY=1 cargo lambda build --profile artifact --output-format zip --package bare
	cargo build --release --quiet --package platform_local
	cargo run --release --package platform_bench -- $(PART)
	@echo '### The cross-tenant matrix'
	$(CARGO) test $(ALL) --quiet --test platform isolation:: -- --nocapture | grep '^isolation:'
	$(MAKE) --no-print-directory bench-browser

# The web app on a network of 25,000 peers, in Chromium: frames, requests, answers, first paint.
bench-browser: web/dist/index.html $(CHROMIUM)
	npm --prefix web run --silent bench:browser

# ------------------------------------------------------------------ set-up

setup: $(VENV)/.done $(SAM)/.done web/node_modules/.done $(CHROMIUM)

$(VENV)/.done: requirements.txt
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@touch $@

$(SAM)/.done: requirements-sam.txt
	python3 -m venv $(SAM)
	$(SAM)/bin/pip install --quiet --disable-pip-version-check --requirement requirements-sam.txt
	@touch $@

web/node_modules/.done: web/package-lock.json web/package.json
	@# Not `npm ci`: it refuses a lock file without the native parts of other platforms, which not every registry has.
	npm --prefix web install --no-save --no-audit --no-fund --silent
	@touch $@

$(CHROMIUM):
	$$([ "$$(id -u)" = 0 ] || echo sudo) apt-get update -qq
	$$([ "$$(id -u)" = 0 ] || echo sudo) apt-get install -y -qq chromium-headless-shell

clean:
	rm -rf target web/dist web/node_modules $(VENV) $(SAM)
