// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.culprit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.capture.CallStack;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Stack;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stacks of scripts as JRuby 9.4, Jython 2.7, Groovy 4 and Clojure 1.11 have them. */
class ScriptFramesTest {

    private static final StackTraceElement CONNECT = frame("java.net.Socket", "connect", "Socket.java", 633);

    private final CulpritFinder culprits = CulpritFinder.of(List.of(), List.of());

    @ParameterizedTest
    @CsvSource({
        "leak, RUBY$method$leak$1, leak.rb",
        "rubyjit.Shop$$pay_0123, __file__, shop",
        "org.python.pycode._pyx0, leak$1, leak.py",
        "Leak_main, <init>, leak.main.kts",
        "build_9k3$_run_closure1, doCall, build.gradle",
        "Script1, run, Script1.groovy",
        "com.acme.Script12$_run_closure1, doCall,",
        "user$eval123, invoke, NO_SOURCE_FILE",
        "user$eval123$fn__124, invoke, leak.clj"
    })
    void theLineOfAScriptIsTheProgram(String className, String method, @Nullable String file) {
        assertThat(ScriptFrames.isScript(frame(className, method, file, 3))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "org.jruby.ext.socket.RubyTCPSocket, RubyTCPSocket.java",
        "org.python.core.PyObject, PyObject.java",
        "groovy.lang.Closure, Closure.java",
        "clojure.core$map, core.clj",
        "clj_http.client$request, client.clj",
        "groovyx.net.http.HTTPBuilder, HTTPBuilder.groovy",
        "com.acme.Scripts, Scripts.java",
        "com.acme.ScriptRunner, ScriptRunner.java",
        "com.acme.Calc$evaluate, Calc.java",
        "com.acme.Main,"
    })
    void aClassOfARuntimeOrALibraryIsNoScript(String className, @Nullable String file) {
        assertThat(ScriptFrames.isScript(frame(className, "call", file, 3))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "net.http.RUBY, uri:classloader:/META-INF/jruby.home/lib/ruby/stdlib/net/http.rb",
        "kernel, uri:classloader:/jruby/kernel/kernel.rb",
        "rest_client, /opt/app/vendor/gems/rest-client-2.1/lib/restclient/request.rb",
        "org.python.pycode._pyx3, /opt/jython-standalone-2.7.3.jar/Lib/socket.py",
        "org.python.pycode._pyx3, __pyclasspath__/socket.py",
        "org.python.pycode._pyx4, /usr/lib/jython/site-packages/requests/api.py"
    })
    void aScriptOfAPackageIsALibrary(String className, String file) {
        StackTraceElement frame = frame(className, "call", file, 3);

        assertThat(ScriptFrames.isOfPackage(frame)).isTrue();
        assertThat(ScriptFrames.isScript(frame)).isFalse();
        assertThat(culprits.culprit(List.of(CONNECT, frame, frame("leak", "run", "leak.rb", 1))))
                .isEqualTo(2);
    }

    @Test
    void jrubyNamesTheScriptAndTheLibraryThatItCalled() {
        Stack stack = stack(
                frame("org.jruby.ext.socket.RubyTCPSocket", "attemptConnect", "RubyTCPSocket.java", 78),
                frame("org.jruby.runtime.callsite.CachingCallSite", "call", "CachingCallSite.java", 92),
                frame("leak", "RUBY$method$leak$1", "leak.rb", 3),
                frame("leak", "RUBY$script", "leak.rb", 7),
                frame("org.jruby.Main", "main", "Main.java", 197));

        assertThat(text(stack.culpritFrame())).isEqualTo("leak.RUBY$method$leak$1(leak.rb:3)");
        assertThat(text(stack.throughFrame())).startsWith("org.jruby.ext.socket.RubyTCPSocket.attemptConnect");
    }

    @Test
    void jythonNamesTheScript() {
        Stack stack = stack(
                frame("org.python.core.PyReflectedConstructor", "constructProxy", "PyReflectedConstructor.java", 213),
                frame("org.python.core.PyObject", "__call__", "PyObject.java", 481),
                frame("org.python.pycode._pyx0", "leak$1", "leak.py", 4),
                frame("org.python.util.jython", "main", "jython.java", 474));

        assertThat(text(stack.culpritFrame())).isEqualTo("org.python.pycode._pyx0.leak$1(leak.py:4)");
        assertThat(stack.through()).as("the runtime is in every stack").isNull();
    }

    @Test
    void groovyNamesTheScript() {
        culprits.inferProgram(new ProgramEvidence(null, Map.of(), Set.of("")));
        Stack stack = stack(
                frame("org.codehaus.groovy.vmplugin.v8.IndyInterface", "fromCache", "IndyInterface.java", 321),
                frame("leak", "leak", "leak.groovy", 2),
                frame("leak", "run", "leak.groovy", 7),
                frame("groovy.ui.GroovyMain", "main", "GroovyMain.java", 216));

        assertThat(text(stack.culpritFrame())).isEqualTo("leak.leak(leak.groovy:2)");
        assertThat(stack.through()).isNull();
    }

    @Test
    void clojureNamesTheScript() {
        Stack stack = stack(
                frame("user$leak", "invokeStatic", "leak.clj", 2),
                frame("user$leak", "invoke", "leak.clj", 2),
                frame("clojure.lang.LazySeq", "sval", "LazySeq.java", 42),
                frame("clojure.main", "main", "main.java", 40));

        assertThat(text(stack.culpritFrame())).isEqualTo("user$leak.invokeStatic(leak.clj:2)");
    }

    @Test
    void thePackagesThatTheUserNamesComeBeforeAScript() {
        List<StackTraceElement> frames =
                List.of(CONNECT, frame("rules", "run", "rules.rb", 3), frame("com.acme.Main", "main", "Main.java", 1));

        assertThat(CulpritFinder.of(List.of("com.acme"), List.of()).culprit(frames))
                .isEqualTo(2);
        assertThat(culprits.culprit(frames)).isEqualTo(1);
    }

    private Stack stack(StackTraceElement... outer) {
        return culprits.toStack(
                CallStack.of(Stream.concat(Stream.of(CONNECT), Stream.of(outer)).toArray(StackTraceElement[]::new)));
    }

    private static String text(@Nullable Frame frame) {
        return frame == null ? "none" : frame.text();
    }

    private static StackTraceElement frame(String className, String method, @Nullable String file, int line) {
        return new StackTraceElement(className, method, file, line);
    }
}
