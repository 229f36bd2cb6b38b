# The one entry. CI calls `make check` and nothing else.

MVN = mvn -B
JDK ?= $(JAVA_HOME)
JAVA = $(if $(JDK),$(JDK)/bin/)java

.PHONY: check build format it it-jdks it-main it-image coverage corpus reliability picture soak bench-build bench bench-quick jtreg jtreg-all clean

check: ## what is here, build, every test, every check that this JDK's javac can run
	@MVN=$(firstword $(MVN)) checks/inventory
	lint=$$(MVN=$(firstword $(MVN)) checks/lint) && $(MVN) $$lint clean verify

build: ## the two jars, as the README builds them
	$(MVN) -Dmaven.test.skip=true package

format: ## brings the sources into the one format
	$(MVN) -q spotless:apply

it: ## the integration tests alone, and what they need built
	$(MVN) verify -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false

it-jdks: ## the integration tests whose result depends on the JDK of the watched program
	$(MVN) verify -Dtest=None -Dgroups=every-jdk -Dsurefire.failIfNoSpecifiedTests=false

MAIN_TESTS = AttachIT,ClosesIT,DetachIT,EndOfFileIT,InheritedIT,KindsIT,ListenersIT,TotalsIT,ViewerIT
it-main: ## the main integration tests: sockets of every kind, their closes, attach and detach, the viewer
	$(MVN) verify -Dtest=None -Dit.test=$(MAIN_TESTS) -Dsurefire.failIfNoSpecifiedTests=false

IMAGE = integration-tests/target/image
it-image: ## the main integration tests in a runtime image with the modules that JMX and the programs' TLS keys need
	rm -rf $(IMAGE) && mkdir -p $(dir $(IMAGE))
	$(if $(JDK),$(JDK)/bin/)jlink --add-modules java.base,java.instrument,jdk.management.agent,jdk.crypto.ec --output $(IMAGE)
	$(MVN) verify -Dtest=None -Dit.test=$(MAIN_TESTS) -Dtarget.jdks=$(abspath $(IMAGE)) -Dsurefire.failIfNoSpecifiedTests=false

coverage: ## walks on every JDK, and writes docs/generated/coverage.md
coverage: TESTS = RandomWalkIT
coverage: OPTIONS = -Dwalk.steps=10000
coverage: DOCUMENTS = docs/generated/coverage.md

corpus: ## plays the corpus of real libraries, and writes docs/generated/corpus.md
corpus: TESTS = CorpusIT
corpus: DOCUMENTS = docs/generated/corpus.md

reliability: ## makes everything fail, and writes docs/generated/faults-*.md
reliability: TESTS = SabotageIT,KernelFaultsIT,FaultsAroundIT
reliability: DOCUMENTS = docs/generated/faults-inside.md docs/generated/faults-of-the-kernel.md docs/generated/faults-around.md

picture: ## runs the viewer in a terminal, and draws the pictures of the README
picture: TESTS = PictureIT
picture: DOCUMENTS = docs/leaks.svg docs/top.svg

# What these tests make is published when all of them ran and passed; until then the documents stay as they are.
NEW = integration-tests/target/work/new
coverage corpus reliability picture:
	rm -rf $(NEW)
	$(MVN) verify -Dtest=None -Dit.test=$(TESTS) $(OPTIONS) -Dpublish=true -Dsurefire.failIfNoSpecifiedTests=false || \
	  { echo "$(DOCUMENTS): nothing is published, because a test failed or could not run here; see above" >&2; exit 1; }
	$(JAVA) -cp integration-tests/target/test-classes io.github.sockblame.it.docs.Publish $(NEW) $(DOCUMENTS)

soak: ## twenty minutes of churn on every JDK, and prints what it did
	$(MVN) verify -Dtest=None -Dit.test=SoakIT -Dsoak.seconds=1200 -Dsurefire.failIfNoSpecifiedTests=false

BENCH = $(JAVA) -cp "benchmarks/target/classes:benchmarks/target/lib/*" io.github.sockblame.bench.Bench

bench-build: ## the agent's jar and the benchmarks
	$(MVN) -q -DskipTests -pl benchmarks -am package

bench: bench-build ## prints what the agent costs, as ratios, in one table; BENCH_ARGS="churn --rounds=3" chooses, JDK=HOME runs it
	$(BENCH) $(BENCH_ARGS)

bench-quick: bench-build ## the same in less than five minutes, and coarser
	$(BENCH) --quick $(BENCH_ARGS)

jtreg: OF_THE_JDK = short
jtreg: ## about 215 of the JDK's own tests without and with the agent; fails if one always differs. 'checks/jtreg setup' gets them
jtreg-all: OF_THE_JDK = all
jtreg-all: ## the same with every test of sockets and of what is built on them; takes more than an hour

jtreg jtreg-all:
	$(MVN) -q -DskipTests -pl agent -am package
	JAVA_HOME=$(JDK) checks/jtreg $(OF_THE_JDK)

clean:
	$(MVN) -q clean
