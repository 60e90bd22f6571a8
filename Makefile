# Thin: what the targets do stands in ntm_tracker/tools/.
PYTHON ?= python3
TOOL = @$(PYTHON) -m ntm_tracker.tools

.PHONY: help run test bench lint format messages schema screenshots clean
help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' $(MAKEFILE_LIST) | expand -t 20
run: ## set up and serve on http://127.0.0.1:8000 (PORT=, DATABASE_URL=, ILLUSTRATION=0)
	$(TOOL) run
test: ## every check, on SQLite, on PostgreSQL and in a browser
	$(TOOL) test
bench: ## measure pages: queries, times, bytes
	$(TOOL) bench
lint: ## the checks that need no running test
	$(TOOL) lint
format: ## bring Python files and templates into their form
	$(TOOL) format
messages: ## collect and compile the translations
	$(TOOL) messages
schema: ## write the API's schema to docs/openapi.yaml
	$(TOOL) schema
screenshots: ## take the pictures of the README
	$(TOOL) screenshots
clean: ## remove what can be made again; the data in var/ stays
	$(TOOL) clean
