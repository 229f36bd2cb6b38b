# The one entry. CI calls `make check` and nothing else.

MVN = mvn -B

.PHONY: check build format it bench clean

check: ## build, every test, every check
	$(MVN) clean verify

build: ## the two jars, no tests
	$(MVN) -q -DskipTests package

format: ## brings the sources into the one format
	$(MVN) -q spotless:apply

it: ## the integration tests alone, and what they need built
	$(MVN) verify -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false

bench: build ## prints the ratios of the README, both sides in one run
	benchmarks/startup.sh

clean:
	$(MVN) -q clean
