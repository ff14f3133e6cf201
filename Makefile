# Everything is two commands: `make demo` and `make test`. The rest is for those who change things.
# One Cargo profile serves all of them, so that DataFusion is built once: docs/adr/0003-build-profile.md.

BIN      := target/release/gnomon
DATA     := gnomon-data
PEOPLE   := 100000
SEED     := 1
ISLANDS  := crates/ui/dist
VENV     := target/venv
NODE     := $(shell command -v npm 2>/dev/null)

.PHONY: demo demo-clean build islands test e2e oracle bench bench-link bench-ties bench-volume lint fmt ci

## A fictional county, from department files to the console at http://127.0.0.1:8080
demo: build
	$(BIN) demo --people $(PEOPLE) --seed $(SEED) --dir $(DATA)

## Remove the demo's data
demo-clean:
	rm -rf $(DATA)

## The program, with its charts where Node is there
build: islands
	cargo build --release --workspace

## Charts, graphs and fonts; without Node the program shows tables in their place
islands:
ifdef NODE
islands: $(ISLANDS)/htmx.esm.min.js
else
	@echo "npm is not here: building without charts; tables stand in their place"
endif

# Only when their sources have changed: whatever is touched here has the console built again.
$(ISLANDS)/htmx.esm.min.js: $(wildcard crates/ui/islands/*.js*) crates/ui/islands/build.mjs
	cd crates/ui/islands && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && node build.mjs
	touch $@

## Everything that needs no browser; PostgreSQL, MariaDB, an S3 and an SFTP server are met where their programs are found
test: islands
	scripts/with-postgres.sh scripts/with-mariadb.sh scripts/with-s3.sh scripts/with-sshd.sh cargo test --release --workspace

## Journeys in a real browser on a demo county of its own
e2e: build
	cd e2e && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && node run.mjs ../$(BIN)

## Every model's SQL on a second engine must find the same
oracle: build $(VENV)/ready
	scripts/oracle.sh $(BIN) $(VENV)/bin/python

## Measurements for docs/benchmarks.md
bench: build $(VENV)/ready
	benches/run.sh $(BIN) $(VENV)/bin/python

## A file of 5 GB, a table of 100 million rows, pushes a second
bench-volume: build $(VENV)/ready
	$(VENV)/bin/python benches/volume.py --gnomon $(BIN) --out target/bench-volume

## Linking beside splink: accuracy, households, seconds and memory up to five million rows; adding a hundredth to a million
bench-link: build $(VENV)-link/ready
	$(VENV)-link/bin/python benches/link.py $(BIN) --out target/bench-link
	cargo bench -p gnomon-resolve --bench adding -- $(CURDIR)/target/bench-link/families-han-easy-1000000/people.csv

## Ways between two of a million people: memory and milliseconds
bench-ties:
	cargo bench -p gnomon-ties

$(VENV)-link/ready: benches/link-requirements.txt
	python3 -m venv $(VENV)-link
	$(VENV)-link/bin/pip install --quiet --disable-pip-version-check -r benches/link-requirements.txt
	touch $@

$(VENV)/ready: oracle/requirements.txt
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -r oracle/requirements.txt
	touch $@

## Format, lints, crate boundaries, licences, sizes
lint:
	cargo fmt --check
	cargo clippy --workspace --all-targets --release -- -D warnings
	python3 scripts/check-tree.py

fmt:
	cargo fmt

ci: lint test oracle e2e
