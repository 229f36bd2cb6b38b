#!/usr/bin/env bash
# What the watch thread costs, whatever the number of sockets: its share of one core, at some numbers of open connections.
#
#   usage: benchmarks/watch.sh [SECONDS] [CONNECTIONS...]        (JAVA_HOME chooses the JDK; after `make build`)
#
# A program holds that many connections to itself, half of them accepted, and does nothing; the thread's CPU time is the kernel's, out of
# /proc/PID/task, over those seconds, after a warm-up. Printed beside it: the same over the JVM's other threads, and how long after its
# beginning a round of the thread may be followed by the next (it takes one two-hundredth of the time).
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-120}
shift || true
[ $# -gt 0 ] || set -- 100 10000 19000
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
javac=${JAVA_HOME:+$JAVA_HOME/bin/}javac
agent=agent/target/sockblame-agent.jar
warm_up=40 # a whole reading comes every 30 rounds, and the first rounds load classes
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$work"' EXIT

[ -f "$agent" ] || { echo "watch.sh: no $agent: run 'make build' first" >&2; exit 2; }
ulimit -n "$(ulimit -Hn)"

cat > "$work/Holds.java" <<'J'
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

public class Holds {
    public static void main(String[] args) throws Exception {
        List<Socket> held = new ArrayList<>();
        try (ServerSocket listener = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress())) {
            while (held.size() + 2 <= Integer.parseInt(args[0])) {
                held.add(new Socket(listener.getInetAddress(), listener.getLocalPort()));
                held.add(listener.accept());
            }
        }
        System.out.println("holds " + held.size());
        System.out.println(System.in.read() + held.size());
    }
}
J
"$javac" -d "$work" "$work/Holds.java"

ticks() { # $1 pid, $2 name of the thread, or "*" for all: clock ticks of user and system time
  local stat sum=0
  for stat in /proc/"$1"/task/*/stat; do
    case "$2" in "*") ;; *) grep -q "($2)" "$stat" || continue ;; esac
    sum=$((sum + $(sed 's/.*) //' "$stat" | awk '{ print $12 + $13 }')))
  done
  echo "$sum"
}

hertz=$(getconf CLK_TCK)
printf '%-12s %22s %22s\n' connections "watch thread, % of core" "whole JVM, % of core"
for connections in "$@"; do
  mkfifo "$work/in.$connections"
  "$java" -Xmx512m -XX:+UseSerialGC "-javaagent:$agent" -cp "$work" Holds "$connections" \
      < "$work/in.$connections" > "$work/out.$connections" &
  pid=$!
  exec 9> "$work/in.$connections"
  until grep -q holds "$work/out.$connections"; do sleep 0.1; done
  sleep "$warm_up"
  watch=$(ticks "$pid" sockblame-watch)
  all=$(ticks "$pid" "*")
  sleep "$seconds"
  watch=$(($(ticks "$pid" sockblame-watch) - watch))
  all=$(($(ticks "$pid" "*") - all))
  awk -v n="$connections" -v w="$watch" -v a="$all" -v s="$seconds" -v h="$hertz" \
      'BEGIN { printf "%-12d %22.2f %22.2f\n", n, 100 * w / h / s, 100 * a / h / s }'
  exec 9>&-
  wait "$pid" || true
done
