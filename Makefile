# The one entry. CI calls `make check` and nothing else.

MVN = mvn -B

.PHONY: check build format it bench clean

check: ## build, every test, every check
	$(MVN) clean verify

build: ## the two jars, no tests
	$(MVN) -q -DskipTests package

format: ## brings the sources into the one format
	$(MVN) -q spotless:apply

it: build ## the integration tests alone
	$(MVN) -pl integration-tests verify

bench: build ## prints the ratios of the README, both sides in one run
	benchmarks/startup.sh

clean:
	$(MVN) -q clean
