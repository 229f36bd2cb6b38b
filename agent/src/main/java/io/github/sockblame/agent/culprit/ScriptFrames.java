// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.culprit;

import java.util.Set;

/**
 * Recognizes the lines of scripts: JRuby, Jython, Groovy, Clojure, Kotlin. Their runtimes are libraries, and so are the
 * scripts that a runtime or a package manager brings.
 */
final class ScriptFrames {

    /** Jython compiles every script into this package, below the one of its runtime. */
    private static final PackageSet JYTHON_CODE = new PackageSet(Set.of("org.python.pycode"));

    /** The parts of runtimes that lie between a line and what it calls. They are in the stack of every call. */
    private static final PackageSet CALLS = new PackageSet(Set.of(
            "clojure.core",
            "clojure.lang",
            "com.oracle.truffle",
            "groovy.lang",
            "kotlin",
            "org.apache.groovy",
            "org.codehaus.groovy",
            "org.graalvm",
            "org.jruby.internal",
            "org.jruby.ir",
            "org.jruby.java",
            "org.jruby.javasupport",
            "org.jruby.runtime",
            "org.mozilla.javascript",
            "org.openjdk.nashorn",
            "org.python.core",
            "scala"));

    /**
     * Ends of the names of files that hold scripts and never the source of a class in an archive. Groovy and Clojure are not
     * among them: libraries are written in them.
     */
    private static final String[] SOURCES = {".rb", ".py", ".kts", ".gradle", ".bsh"};

    /** Parts of the paths of scripts that belong to a runtime or to a package. */
    private static final String[] PACKAGED = {
        "META-INF/jruby.home",
        "uri:classloader:/jruby/",
        "/lib/ruby/",
        "/gems/",
        "__pyclasspath__/",
        "/Lib/",
        "/site-packages/",
        "/dist-packages/"
    };

    private ScriptFrames() {}

    /** Returns whether the frame is a line of the program's own script. */
    static boolean isScript(StackTraceElement frame) {
        String file = frame.getFileName();
        boolean isSource = file != null && hasEnd(file, SOURCES);
        if (isSource && isPackaged(file)) {
            return false;
        }
        String name = frame.getClassName();
        return isSource || JYTHON_CODE.matches(name) || isMadeOfScript(name);
    }

    /** Returns whether the frame is a line of a script that a runtime or a package manager brings. */
    static boolean isOfPackage(StackTraceElement frame) {
        String file = frame.getFileName();
        return file != null && hasEnd(file, SOURCES) && isPackaged(file);
    }

    /** Returns whether the class belongs to the part of a runtime that passes calls on. */
    static boolean isCall(String className) {
        return CALLS.matches(className);
    }

    /** The classes that Groovy, Clojure's {@code eval} and JRuby's compiler make of lines without a file. */
    private static boolean isMadeOfScript(String name) {
        return name.startsWith("rubyjit.")
                || hasNumberAfter(name, name.indexOf("$eval"), "$eval")
                || hasNumberAfter(name, name.lastIndexOf('.') + 1, "Script");
    }

    private static boolean hasNumberAfter(String name, int at, String word) {
        int number = at + word.length();
        return at >= 0 && name.startsWith(word, at) && number < name.length() && Character.isDigit(name.charAt(number));
    }

    private static boolean isPackaged(String file) {
        for (String part : PACKAGED) {
            if (file.contains(part)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasEnd(String file, String[] ends) {
        for (String end : ends) {
            if (file.endsWith(end)) {
                return true;
            }
        }
        return false;
    }
}
