# The words of the README: `make demo`, `make test`, `make bench` ...

RELEASE := .build-release
KB := $(RELEASE)/release/kb
# Functions may be inlined across our modules: that saves a twentieth of the time.
OPTIMIZED := -Xswiftc -cross-module-optimization
# On Linux the binary carries Swift's library with it, and starts in a few milliseconds.
STATIC := $(if $(filter Linux,$(shell uname -s)),--static-swift-stdlib)

PREFIX ?= /usr/local
SHARE := $(DESTDIR)$(PREFIX)/share

.PHONY: demo build install uninstall man test test-long fuzz test-browser test-firefox bench bench-peers bench-serve relevance format lint bootstrap clean

demo: build ## Build the example's site
	$(KB) build -C kb-example -o kb-example/_site
	@echo
	@echo "Open in a browser:  file://$(CURDIR)/kb-example/_site/index.html"

build: bootstrap ## Build kb in release mode
	swift build -c release --scratch-path $(RELEASE) $(STATIC) $(OPTIMIZED) --product kb

man: build ## The manual page, in .build-release/kb.1
	$(KB) manual > $(RELEASE)/kb.1

$(KB):
	$(MAKE) --no-print-directory build

# Nothing is built where kb is there: under sudo there may be no Swift.
install: $(KB) ## kb, its manual page and the completions of bash, zsh and fish, below PREFIX
	install -d $(DESTDIR)$(PREFIX)/bin $(SHARE)/man/man1 $(SHARE)/bash-completion/completions \
	  $(SHARE)/zsh/site-functions $(SHARE)/fish/vendor_completions.d
	install -m 755 $(KB) $(DESTDIR)$(PREFIX)/bin/kb
	$(KB) manual > $(SHARE)/man/man1/kb.1
	$(KB) completions bash > $(SHARE)/bash-completion/completions/kb
	$(KB) completions zsh > $(SHARE)/zsh/site-functions/_kb
	$(KB) completions fish > $(SHARE)/fish/vendor_completions.d/kb.fish

uninstall: ## Remove what install puts there
	rm -f $(DESTDIR)$(PREFIX)/bin/kb $(SHARE)/man/man1/kb.1 $(SHARE)/bash-completion/completions/kb \
	  $(SHARE)/zsh/site-functions/_kb $(SHARE)/fish/vendor_completions.d/kb.fish

test: ## Every test: first in a browser, then Swift's
	Scripts/bootstrap.sh test
	swift build --build-tests
	$(MAKE) --no-print-directory test-browser
	Scripts/test.sh

test-long: ## Every test of Swift's, the properties with many seeds
	Scripts/bootstrap.sh test
	swift build --build-tests
	KB_TEST_LONG=1 KB_TEST_LIMIT=6h Scripts/test.sh

fuzz: ## A million seeded inputs for everything that reads: files, settings, queries, requests
	Scripts/bootstrap.sh test
	swift build --build-tests
	KB_FUZZ=1000000 KB_TEST_LIMIT=12h Scripts/test.sh --filter 'Any input'

test-browser: ## The example's site in headless Chromium
	Tests/Browser/run.sh

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

bootstrap:
	Scripts/bootstrap.sh

clean:
	rm -rf .build $(RELEASE) Benchmarks/.build kb-example/_site
