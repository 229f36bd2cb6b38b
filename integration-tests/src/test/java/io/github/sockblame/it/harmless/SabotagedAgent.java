// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harmless;

import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.sabotage.Sabotage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * A copy of the agent's jar that fails where it is told to: each method of each of its own classes begins with a call of {@link Sabotage}, the
 * probe's and the advices' too, which carry that call into the JDK. Its periods may be made shorter, as by a hundredth: then a round comes every 10 ms.
 */
final class SabotagedAgent {

    private static final String OURS = "io/github/sockblame/";
    private static final String SHADED = OURS + "agent/shaded/";
    private static final String SWITCH = Sabotage.class.getName().replace('.', '/');

    /** Periods that end as much sooner as the switch says. */
    private static final List<String> PERIODS = List.of("PERIOD", "MIN_INTERVAL", "WARM_UP_DELAY", "MAX_INTERVAL");

    /** The share of the time that a round may take is one part in so many, in the class that paces the rounds. */
    private static final Long SHARE = 200L;

    private static final String ROUNDS = "WatchSchedule";

    private final Path agent;
    private final Path boot;
    private final SortedSet<String> sites = new TreeSet<>();
    private final Set<String> shortened = new TreeSet<>();

    private SabotagedAgent(Path folder) {
        this.agent = folder.resolve("sabotaged-agent.jar");
        this.boot = folder.resolve("sabotage.jar");
    }

    /** Makes both jars in a new folder. */
    static SabotagedAgent make() throws IOException {
        SabotagedAgent made = new SabotagedAgent(TestEnvironment.newFolder("sabotage"));
        made.writeAgent();
        if (made.shortened.size() != PERIODS.size() + 1) {
            throw new IllegalStateException(
                    "shorter are only " + made.shortened + " and not all of " + PERIODS + " and the share");
        }
        made.writeBoot();
        return made;
    }

    /** All methods that can fail, without their package, as {@code WatchRound.run}. */
    List<String> methods() {
        return sites.stream().map(SabotagedAgent::withoutPackage).distinct().toList();
    }

    /** Whether there is this method, given as for {@link #site}. */
    boolean has(String method) {
        return methods().contains(method.replace(Sabotage.AGENTS, ""));
    }

    /**
     * Where this method fails, for {@link Sabotage}.
     *
     * @param method class and method without the package, as {@code WatchRound.run}, so that a class may move; maybe with {@link Sabotage#AGENTS} before it
     */
    String site(String method) {
        String prefix = method.startsWith(Sabotage.AGENTS) ? Sabotage.AGENTS : "";
        String name = method.substring(prefix.length());
        List<String> found =
                sites.stream().filter(site -> withoutPackage(site).equals(name)).toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException(method + " is " + found);
        }
        return prefix + found.get(0);
    }

    static String withoutPackage(String site) {
        return site.replaceFirst("^([a-z]+\\.)+(?=[A-Z])", "");
    }

    /** What puts the switch, and nothing of the agent's, into a JVM. */
    String switchArgument() {
        return "-Xbootclasspath/a:" + boot;
    }

    /** What starts it. */
    String agentArgument(String options) {
        return "-javaagent:" + agent + (options.isEmpty() ? "" : "=" + options);
    }

    private void writeAgent() throws IOException {
        try (JarFile from = new JarFile(TestEnvironment.agentJar().toFile());
                OutputStream file = Files.newOutputStream(agent);
                JarOutputStream to = new JarOutputStream(file)) {
            for (Enumeration<JarEntry> entries = from.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                try (InputStream in = from.getInputStream(entry)) {
                    byte[] bytes = in.readAllBytes();
                    to.putNextEntry(new JarEntry(entry.getName()));
                    to.write(isOurs(entry.getName()) ? sabotaged(bytes) : bytes);
                }
            }
        }
    }

    /** With classes of the tests that the probe can call, too. */
    private void writeBoot() throws IOException {
        String name = SWITCH + ".class";
        try (OutputStream file = Files.newOutputStream(boot);
                JarOutputStream to = new JarOutputStream(file)) {
            to.putNextEntry(new JarEntry(name));
            to.write(Files.readAllBytes(TestEnvironment.scenarioClasses().resolve(name)));
        }
    }

    private static boolean isOurs(String entry) {
        String name = entry.startsWith("boot/") ? entry.substring("boot/".length()) : entry;
        return name.endsWith(".class") && name.startsWith(OURS) && !name.startsWith(SHADED);
    }

    private byte[] sabotaged(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(new Saboteur(reader.getClassName(), writer), 0);
        return writer.toByteArray();
    }

    /** Goes through one class. */
    private final class Saboteur extends ClassVisitor {

        private final String name;

        Saboteur(String name, ClassVisitor next) {
            super(Opcodes.ASM9, next);
            this.name = name;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String method, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, method, descriptor, signature, exceptions);
            if (method.equals("<clinit>")) {
                return new Hurry(next);
            }
            if ((access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE | Opcodes.ACC_BRIDGE)) != 0) {
                return next;
            }
            String site = name.substring(OURS.length()).replace('/', '.') + '.' + method;
            sites.add(site);
            return new MethodVisitor(Opcodes.ASM9, next) {
                @Override
                public void visitMethodInsn(int opcode, String owner, String called, String type, boolean ofInterface) {
                    boolean clock = owner.equals("java/lang/System") && called.equals("currentTimeMillis");
                    super.visitMethodInsn(opcode, clock ? SWITCH : owner, called, type, ofInterface);
                }

                @Override
                public void visitLdcInsn(Object value) {
                    boolean share = value.equals(SHARE) && name.endsWith("/" + ROUNDS);
                    if (share) {
                        shortened.add("the share");
                    }
                    super.visitLdcInsn(share ? Long.valueOf(1) : value);
                }

                @Override
                public void visitCode() {
                    super.visitCode();
                    super.visitLdcInsn(site);
                    visitMethodInsn(Opcodes.INVOKESTATIC, SWITCH, "at", "(Ljava/lang/String;)V", false);
                }
            };
        }
    }

    /** Makes periods shorter. */
    private final class Hurry extends MethodVisitor {

        Hurry(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String field, String descriptor) {
            if (opcode == Opcodes.PUTSTATIC && descriptor.equals("J") && PERIODS.contains(field)) {
                shortened.add(field);
                visitMethodInsn(Opcodes.INVOKESTATIC, SWITCH, "hurry", "()J", false);
                visitInsn(Opcodes.LDIV);
            }
            super.visitFieldInsn(opcode, owner, field, descriptor);
        }
    }
}
