#!/usr/bin/env bash
# What the agent adds to the start of a program, as ratios to what an agent that does nothing adds.
#
#   usage: benchmarks/startup.sh [ROUNDS]        (JAVA_HOME chooses the JDK; after `make build`)
#
# Two programs: a hello-world, and one that opens a listener and connects to it once. Each is run without an agent, with an agent that
# does nothing, with the JaCoCo agent (from Maven Central), with one that advises one JDK method through Byte Buddy's AgentBuilder (the
# version that ours is built with, from Maven Central) and with ours, one after the other in every round, so that a machine
# whose speed drifts is the same for all. Printed: CPU time (user and system, median over the rounds, and the smallest and
# largest), what it adds to the run without agent, and the classes loaded. Seconds are this machine's; the ratios are the result.
set -euo pipefail
cd "$(dirname "$0")/.."

rounds=${1:-11}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
javac=${JAVA_HOME:+$JAVA_HOME/bin/}javac
jar=${JAVA_HOME:+$JAVA_HOME/bin/}jar
agent=agent/target/sockblame-agent.jar
jacoco_version=0.8.15
bytebuddy_version=$(sed -n 's:.*<byte-buddy.version>\(.*\)</byte-buddy.version>.*:\1:p' pom.xml)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

[ -f "$agent" ] || { echo "startup.sh: no $agent: run 'make build' first" >&2; exit 2; }
mvn -B -q -N dependency:copy -Dartifact="org.jacoco:org.jacoco.agent:$jacoco_version:jar:runtime" \
    -DoutputDirectory="$work" >&2
jacoco=$(ls "$work"/org.jacoco.agent*.jar)
mvn -B -q -N dependency:copy -Dartifact="net.bytebuddy:byte-buddy:$bytebuddy_version" -DoutputDirectory="$work" >&2
bytebuddy=$(ls "$work"/byte-buddy*.jar)

cat > "$work/Hello.java" <<'J'
public class Hello {
    public static void main(String[] args) {
        System.out.println("hello");
    }
}
J
cat > "$work/Connects.java" <<'J'
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

public class Connects {
    public static void main(String[] args) throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
                Socket accepted = listener.accept()) {
            accepted.getOutputStream().write(1);
            System.out.println(client.getInputStream().read());
        }
    }
}
J
mkdir "$work/apart" # its jar is where it must be loaded from, as with the other agents
cat > "$work/apart/Nothing.java" <<'J'
public class Nothing {
    public static void premain(String options) {}
}
J
mkdir "$work/built"
cat > "$work/built/OneAdvice.java" <<'J'
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.none;

import java.lang.instrument.Instrumentation;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;

public class OneAdvice {
    @Advice.OnMethodEnter
    static void enter() {}

    public static void premain(String options, Instrumentation instrumentation) {
        new AgentBuilder.Default()
                .disableClassFormatChanges()
                .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
                .ignore(none())
                .type(named("sun.nio.ch.NioSocketImpl"))
                .transform((builder, type, loader, module, domain) ->
                        builder.visit(Advice.to(OneAdvice.class).on(named("close"))))
                .installOn(instrumentation);
    }
}
J
"$javac" -nowarn -proc:none -cp "$bytebuddy" -d "$work/built" "$work"/built/*.java 2>/dev/null # its annotations are not all on the path
printf 'Premain-Class: OneAdvice\nCan-Retransform-Classes: true\n' > "$work/manifest-built"
cp "$bytebuddy" "$work/built.jar"
"$jar" -ufm "$work/built.jar" "$work/manifest-built" -C "$work/built" . 2>/dev/null
"$javac" -d "$work" "$work"/*.java
"$javac" -d "$work/apart" "$work"/apart/*.java
printf 'Premain-Class: Nothing\n' > "$work/manifest"
"$jar" -cfm "$work/nothing.jar" "$work/manifest" -C "$work/apart" Nothing.class

variants=(none no-op jacoco builder sockblame)
flags() {
  case "$1" in
    none) ;;
    no-op) echo "-javaagent:$work/nothing.jar" ;;
    jacoco) echo "-javaagent:$jacoco=destfile=$work/jacoco.exec,output=none" ;;
    builder) echo "-javaagent:$work/built.jar" ;;
    sockblame) echo "-javaagent:$agent" ;;
  esac
}

cpu_ms() { # user + system milliseconds of one run
  local TIMEFORMAT='%U %S' out
  out=$( { time "$java" $(flags "$1") -cp "$work" "$2" >/dev/null 2>&1; } 2>&1 )
  awk -v t="$out" 'BEGIN { split(t, p, " "); printf "%d\n", (p[1] + p[2]) * 1000 }'
}
classes() {
  "$java" $(flags "$1") -Xlog:class+load:file="$work/classes":none -cp "$work" "$2" >/dev/null 2>&1
  wc -l < "$work/classes"
}
pick() { sort -n "$1" | awk -v q="$2" '{ v[NR] = $1 } END { i = q == "min" ? 1 : q == "max" ? NR : int((NR + 1) / 2); print v[i] }'; }

"$java" -version 2>&1 | sed -n 2p
for program in Hello Connects; do
  for v in "${variants[@]}"; do : > "$work/$v.ms"; cpu_ms "$v" "$program" >/dev/null; done
  for ((round = 0; round < rounds; round++)); do
    for v in "${variants[@]}"; do cpu_ms "$v" "$program" >> "$work/$v.ms"; done
  done
  base=$(pick "$work/none.ms" median)
  base_classes=$(classes none "$program")
  noop_adds=$(( $(pick "$work/no-op.ms" median) - base ))
  printf '\n%s, %d rounds\n%-10s %22s %12s %10s %9s %14s\n' "$program" "$rounds" \
    agent 'CPU ms (min..max)' 'adds ms' 'x no-op' classes 'adds classes'
  for v in "${variants[@]}"; do
    ms=$(pick "$work/$v.ms" median)
    n=$(classes "$v" "$program")
    ratio=-
    if [ "$v" != none ] && [ "$noop_adds" -gt 0 ]; then
      ratio=$(awk -v a="$((ms - base))" -v b="$noop_adds" 'BEGIN { printf "%.2f", a / b }')
    fi
    printf '%-10s %22s %12s %10s %9d %14d\n' "$v" "$ms ($(pick "$work/$v.ms" min)..$(pick "$work/$v.ms" max))" \
      "$((ms - base))" "$ratio" "$n" "$((n - base_classes))"
  done
done
printf '\njar sizes: agent %d bytes, viewer with the agent inside %d bytes\n' \
  "$(stat -c %s "$agent")" "$(stat -c %s viewer-cli/target/sockblame.jar)"
