# The one entry. CI calls `make check` and nothing else.

MVN = mvn -B

.PHONY: check build format it it-jdks coverage corpus reliability picture soak bench-build bench bench-quick clean

check: ## what is here, build, every test, every check that this JDK's javac can run
	@checks/inventory
	lint=$$(checks/lint) && $(MVN) $$lint clean verify

build: ## the two jars, as the README builds them
	$(MVN) -Dmaven.test.skip=true package

format: ## brings the sources into the one format
	$(MVN) -q spotless:apply

it: ## the integration tests alone, and what they need built
	$(MVN) verify -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false

it-jdks: ## of the integration tests those that look at the JDK of the watched program
	$(MVN) verify -Dtest=None -Dgroups=every-jdk -Dsurefire.failIfNoSpecifiedTests=false

coverage: ## walks on every JDK, and writes docs/coverage.md
	rm -f integration-tests/target/work/coverage.md
	$(MVN) verify -Dtest=None -Dit.test=RandomWalkIT -Dwalk.steps=10000 -Dsurefire.failIfNoSpecifiedTests=false || true
	cp integration-tests/target/work/coverage.md docs/coverage.md

corpus: ## plays the corpus of real libraries, and writes its tables into docs/diagnoses.md
	rm -f integration-tests/target/work/corpus.md
	$(MVN) verify -Dtest=None -Dit.test=CorpusIT -Dsurefire.failIfNoSpecifiedTests=false || true
	test -s integration-tests/target/work/corpus.md
	sed -i -e '/^<!-- corpus: /,/^<!-- end of corpus /{//!d}' -e '/^<!-- corpus: /r integration-tests/target/work/corpus.md' docs/diagnoses.md

reliability: ## makes everything fail, and writes what was seen into docs/reliability.md
	rm -f integration-tests/target/work/faults\ *.md
	$(MVN) verify -Dtest=None -Dit.test='SabotageIT,KernelFaultsIT,FaultsAroundIT' -Dsurefire.failIfNoSpecifiedTests=false || true
	for section in "faults inside" "faults of the kernel" "faults around"; do \
	  test -s "integration-tests/target/work/$$section.md" || exit 1; \
	  sed -i -e "/^<!-- $$section: /,/^<!-- end of $$section /{//!d}" \
	    -e "/^<!-- $$section: /r integration-tests/target/work/$$section.md" docs/reliability.md; \
	done

picture: ## runs the viewer in a terminal, and draws the pictures of the README
	rm -f integration-tests/target/work/leaks.svg integration-tests/target/work/top.svg
	$(MVN) verify -Dtest=None -Dit.test=PictureIT -Dsurefire.failIfNoSpecifiedTests=false || true
	cp integration-tests/target/work/leaks.svg integration-tests/target/work/top.svg docs/

soak: ## twenty minutes of churn on every JDK, and prints what it did
	$(MVN) verify -Dtest=None -Dit.test=SoakIT -Dsoak.seconds=1200 -Dsurefire.failIfNoSpecifiedTests=false

JDK ?= $(JAVA_HOME)
BENCH = $(if $(JDK),$(JDK)/bin/)java -cp "benchmarks/target/classes:benchmarks/target/lib/*" io.github.sockblame.bench.Bench

bench-build: ## the agent's jar and the benchmarks
	$(MVN) -q -DskipTests -pl benchmarks -am package

bench: bench-build ## prints what the agent costs, as ratios, in one table; BENCH_ARGS="churn --rounds=3" chooses, JDK=HOME runs it
	$(BENCH) $(BENCH_ARGS)

bench-quick: bench-build ## the same in less than five minutes, and coarser
	$(BENCH) --quick $(BENCH_ARGS)

clean:
	$(MVN) -q clean
