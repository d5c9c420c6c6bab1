# Two commands do everything on a fresh Debian machine:
#   make corpus   installs what is missing, builds, runs the main job on Corpus/scans and says where to look
#   make test     installs what is missing, runs all tests
#   make install  puts the command, its lexicons, manual and completions below PREFIX (/usr/local)

BUILD := .build/release
OUT ?= out
PREFIX ?= /usr/local

# Debian packages: the system libraries that Package.swift names.
LIBRARIES := libicu-dev libxml2-dev libsqlite3-dev libarchive-dev \
  libbz2-dev liblzma-dev libzstd-dev nettle-dev zlib1g-dev

.PHONY: corpus test build install requirements format lint bench clean help

help:
	@sed -n 's/^#   /  /p' Makefile

corpus: build
	$(BUILD)/emend build Corpus/scans -o $(OUT) --force
	@echo
	@echo "The corpus is in $(OUT)/. Open $(OUT)/report.html in a browser, or ask it:"
	@echo "  $(BUILD)/emend kwic $(OUT) sanctions"
	@echo "  $(BUILD)/emend table $(OUT) --rows initiator --columns mechanism"

build: requirements
	swift build -c release --product emend

install: build
	install -d "$(PREFIX)/bin" "$(PREFIX)/share/emend" "$(PREFIX)/share/man/man1" \
	  "$(PREFIX)/share/bash-completion/completions" "$(PREFIX)/share/zsh/site-functions" \
	  "$(PREFIX)/share/fish/vendor_completions.d"
	install -s $(BUILD)/emend "$(PREFIX)/bin/emend"
	rm -rf "$(PREFIX)/share/emend/Lexicons"
	cp -r Lexicons "$(PREFIX)/share/emend/Lexicons"
	$(BUILD)/emend manual > "$(PREFIX)/share/man/man1/emend.1"
	$(BUILD)/emend --generate-completion-script bash > "$(PREFIX)/share/bash-completion/completions/emend"
	$(BUILD)/emend --generate-completion-script zsh > "$(PREFIX)/share/zsh/site-functions/_emend"
	$(BUILD)/emend --generate-completion-script fish > "$(PREFIX)/share/fish/vendor_completions.d/emend.fish"

# Tests use public and package declarations only, so they run against the release build that is shipped.
test: requirements
	swift build -c release --build-tests --disable-xctest
	swift test -c release --skip-build --disable-xctest

requirements:
	@missing=""; for package in $(LIBRARIES); do \
	  dpkg -s $$package >/dev/null 2>&1 || missing="$$missing $$package"; done; \
	if [ -n "$$missing" ]; then \
	  echo "installing$$missing"; \
	  if [ "$$(id -u)" = 0 ]; then sudo=""; else sudo=sudo; fi; \
	  $$sudo apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -q $$missing >/dev/null; \
	fi
	@command -v swift >/dev/null || { echo "Swift 6.3 or later is needed: https://www.swift.org/install/linux/"; exit 1; }

format:
	swift format -i --recursive --parallel Sources Tests Package.swift

lint:
	swift format lint --strict --recursive --parallel Sources Tests Package.swift

clean:
	rm -rf .build $(OUT)

# Compares with other programs on the same text; see Benchmarks/README.md.
bench: LIBRARIES += hunspell hunspell-en-us
bench: build
	@python3 -c 'import ftfy' 2>/dev/null || pip install -q --disable-pip-version-check ftfy
	Benchmarks/run
