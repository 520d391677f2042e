# The words of the README: `make demo`, `make test`, `make bench` ...

RELEASE := .build-release
KB := $(RELEASE)/release/kb
# Functions may be inlined across our modules: that saves a twentieth of the time.
OPTIMIZED := -Xswiftc -cross-module-optimization
# On Linux the binary carries Swift's library with it, and starts in a few milliseconds.
STATIC := $(if $(filter Linux,$(shell uname -s)),--static-swift-stdlib)
# Homebrew's libstemmer tells pkg-config nothing: the compiler has to be told where it is.
BREW := $(if $(filter Darwin,$(shell uname -s)),$(shell brew --prefix))
BREWED := $(if $(BREW),-Xcc -I$(BREW)/include -Xlinker -L$(BREW)/lib)

# Built with AddressSanitizer: a folder of its own, or each build would undo the other. Leaks are not looked for: libgit2 and
# Swift's runtime keep what they need to the end.
ASAN := .build-asan
# The suites that go through the modules which call C, and those of any input.
C_WALLS := KBDocumentTests|KBGitTests|KBSearchTests|KBSheetTests|KBSecretsTests|CacheFileTests|Any input

PREFIX ?= /usr/local
SHARE := $(DESTDIR)$(PREFIX)/share

.PHONY: demo build docs release dist smoke reproducible install uninstall man test test-long test-asan fuzz test-browser test-docs test-sheets test-opensearch test-firefox
.PHONY: bench bench-peers bench-serve relevance format lint bootstrap clean

demo: build ## Build the example's site
	$(KB) build -C kb-example -o kb-example/_site
	@echo
	@echo "Open in a browser:  file://$(CURDIR)/kb-example/_site/index.html"

build: bootstrap ## Build kb in release mode
	swift build -c release --scratch-path $(RELEASE) $(STATIC) $(OPTIMIZED) $(BREWED) --product kb

release: bootstrap ## dist/kb, one file for any Linux, from the last commit
	Scripts/release.sh

dist: release ## And its packages: Debian, tar, wheel, SPDX, checksums
	Scripts/dist.sh

smoke: ## dist/kb from init to serve in Debian 12, 13, sid and a bare folder; as root
	Scripts/chroots.sh

reproducible: ## Two builds of the last commit in two folders: the same bytes
	Scripts/reproducible.sh

docs: build ## The manual, in English and German, in dist/manual
	Scripts/manual.sh $(KB) dist/manual

man: build ## The manual page, in .build-release/kb.1
	$(KB) manual > $(RELEASE)/kb.1

$(KB):
	$(MAKE) --no-print-directory build

# Nothing is built where kb is there: under sudo there may be no Swift.
install: $(KB) ## kb, its manual and manual page and the completions of bash, zsh and fish, below PREFIX
	install -d $(DESTDIR)$(PREFIX)/bin $(SHARE)/man/man1 $(SHARE)/bash-completion/completions \
	  $(SHARE)/zsh/site-functions $(SHARE)/fish/vendor_completions.d
	install -m 755 $(KB) $(DESTDIR)$(PREFIX)/bin/kb
	$(KB) manual > $(SHARE)/man/man1/kb.1
	$(KB) completions bash > $(SHARE)/bash-completion/completions/kb
	$(KB) completions zsh > $(SHARE)/zsh/site-functions/_kb
	$(KB) completions fish > $(SHARE)/fish/vendor_completions.d/kb.fish
	Scripts/manual-site.sh $(KB) $(SHARE)/doc/kb/manual

uninstall: ## Remove what install puts there
	rm -f $(DESTDIR)$(PREFIX)/bin/kb $(SHARE)/man/man1/kb.1 $(SHARE)/bash-completion/completions/kb \
	  $(SHARE)/zsh/site-functions/_kb $(SHARE)/fish/vendor_completions.d/kb.fish
	rm -rf $(SHARE)/doc/kb/manual

test: ## Every test: first in a browser, then Swift's
	Scripts/bootstrap.sh test
	Scripts/dependencies.py
	Scripts/imports.py
	swift build --build-tests
	$(MAKE) --no-print-directory test-docs
	$(MAKE) --no-print-directory test-browser
	$(MAKE) --no-print-directory test-sheets
	$(MAKE) --no-print-directory test-opensearch
	Scripts/test.sh

test-long: ## Every test of Swift's, the properties with many seeds
	Scripts/bootstrap.sh test
	swift build --build-tests
	KB_TEST_LONG=1 KB_TEST_LIMIT=6h Scripts/test.sh
	$(MAKE) --no-print-directory test-asan

test-asan: ## What calls C (md4c, libyaml, libgit2, zlib, libstemmer, xxhash), built with AddressSanitizer
	Scripts/bootstrap.sh test
	swift build --build-tests --sanitize=address --scratch-path $(ASAN) -Xswiftc -gnone
	ASAN_OPTIONS=detect_leaks=0:abort_on_error=1 KB_TEST_SLOWDOWN=8 Scripts/test.sh --scratch-path $(ASAN) --sanitize=address --filter '$(C_WALLS)'

fuzz: ## A million seeded inputs for everything that reads: files, settings, queries, requests
	Scripts/bootstrap.sh test
	swift build --build-tests
	KB_FUZZ=1000000 KB_TEST_LIMIT=12h Scripts/test.sh --filter 'Any input'

test-docs: ## The manual, with the debug build: no findings, and every command of the tutorials prints what is written
	Scripts/manual.sh .build/debug/kb

test-browser: ## The example's site in headless Chromium
	Tests/Browser/run.sh

test-sheets: ## Sheets and calendars, read and written by openpyxl, LibreOffice and icalendar
	Tests/Sheets/run.sh

test-opensearch: ## The export for OpenSearch, loaded into an in-memory engine, with the debug build
	Tests/OpenSearch/run.sh

test-firefox: ## Its pages in Firefox (Debian: firefox-esr), with the debug build
	Tests/Browser/run.sh firefox

bench: build ## Times, memory, and the ratios to two lower bounds
	Scripts/bench.sh $(CURDIR)/$(KB)

bench-peers: build ## The same, with Hugo beside it
	Scripts/bench.sh $(CURDIR)/$(KB) --peers

bench-serve: build ## From a saved file to the changed page, with Hugo beside it
	Scripts/bench-serve.sh $(CURDIR)/$(KB)

relevance: build ## How often the search puts an answer on top, beside SQLite FTS5 and Pagefind
	Tests/Relevance/run.sh --peers

format: ## Format the Swift sources
	swift format --in-place --recursive Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources

lint: ## Say where the sources are not formatted, have grown too long, or where folders know each other both ways
	swift format lint --strict --recursive Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources
	Scripts/sizes.py
	Scripts/circles.py
	Scripts/imports.py
	Scripts/dependencies.py

bootstrap:
	Scripts/bootstrap.sh

clean:
	rm -rf .build $(RELEASE) $(ASAN) dist Benchmarks/.build kb-example/_site
