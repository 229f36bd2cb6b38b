// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import io.github.sockblame.report.SafeText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;

/** A JVM with an open attach. The only class that uses the attach API of the JDK; see {@link JdkModule}. */
final class AttachedJvm implements AutoCloseable {

    private final long pid;
    private final VirtualMachine vm;

    private AttachedJvm(long pid, VirtualMachine vm) {
        this.pid = pid;
        this.vm = vm;
    }

    /** The attachable JVMs that the JDK lists, without the viewer itself. It attaches to none of them. */
    static List<Jvm> list() {
        List<Jvm> jvms = new ArrayList<>();
        String own = Long.toString(ProcessHandle.current().pid());
        for (VirtualMachineDescriptor descriptor : VirtualMachine.list()) {
            String id = descriptor.id();
            if (!id.equals(own) && id.chars().allMatch(Character::isDigit)) {
                jvms.add(Jvm.of(Long.parseLong(id), descriptor.displayName()));
            }
        }
        return jvms;
    }

    static AttachedJvm attach(long pid) throws CannotAnswerException {
        try {
            return new AttachedJvm(pid, VirtualMachine.attach(Long.toString(pid)));
        } catch (AttachNotSupportedException | IOException e) {
            throw new CannotAttachException(
                    "cannot attach to process " + pid + " (" + CannotAnswerException.reason(e) + ")",
                    ContainerHints.adviceIfSilent(LocalProcess.of(pid)),
                    e);
        }
    }

    /** The state of the agent in this JVM; null if there is none. */
    @Nullable AgentState agent() throws CannotAnswerException {
        return AgentState.of(properties(), LocalProcess.of(pid));
    }

    /** Why the heap of this JVM has no room for JMX, or for an agent, in one line; null if it has, as far as was published. */
    @Nullable String heapObstacle() throws CannotAnswerException {
        return AgentState.heapObstacle(properties());
    }

    private Properties properties() throws CannotAnswerException {
        try {
            return vm.getSystemProperties();
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** Checks that there is an agent, and that it watches. */
    void checkAgent() throws CannotAnswerException {
        checkAgent(properties());
    }

    /** Checks the same, and that the heap has room for JMX, because the JVM may have a policy for a lack of memory. */
    void checkAgentAndHeap() throws CannotAnswerException {
        Properties properties = properties();
        checkAgent(properties);
        String obstacle = AgentState.heapObstacle(properties);
        if (obstacle != null) {
            throw new ClosedRouteException(
                    "JMX would take some MB of JVM " + pid + ", and " + SafeText.of(obstacle),
                    "give that JVM more heap");
        }
    }

    private void checkAgent(Properties properties) throws CannotAnswerException {
        AgentState agent = AgentState.of(properties, LocalProcess.of(pid));
        if (agent == null) {
            throw noAgent(AgentState.heapObstacle(properties));
        }
        agent.checkWatching(pid);
    }

    /** If the agent may not even write a system property, as under a security manager, its jar is the only sign of it. */
    private CannotAnswerException noAgent(@Nullable String heapObstacle) throws CannotAnswerException {
        String attach = "run sockblame attach " + pid;
        if (heapObstacle != null) {
            return new CannotAnswerException(
                    "JVM " + pid + " did not get the agent: " + SafeText.of(heapObstacle),
                    NoMemoryException.ADVICE + ", then " + attach);
        }
        return LocalProcess.of(pid).carriesAgent()
                ? new CannotAnswerException(
                        "JVM " + pid + " has no Sockblame agent that publishes a status, only its jar",
                        "if it was detached, " + attach
                                + "; if not, it stepped aside, and the standard error of that JVM has the reason")
                : new CannotAnswerException("JVM " + pid + " has no Sockblame agent", attach);
    }

    /** Loads the agent, or makes an existing agent register its MXBean. */
    void load(Path jar, String options) throws CannotAnswerException {
        LocalProcess process = LocalProcess.of(pid);
        try {
            if (!process.opensSameFile(jar)) { // another user of its container could have put a jar of that name there
                throw new CannotAnswerException("JVM " + pid + " does not get the agent", notSeen(jar));
            }
            vm.loadAgent(jar.toString(), options);
        } catch (AgentLoadException | AgentInitializationException e) {
            throw new ClosedRouteException(
                    "JVM " + pid + " refused the agent (" + CannotAnswerException.reason(e) + ")", whatNext(jar), e);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** The address of the JVM's own local JMX connector, which is started if it does not run. */
    JMXServiceURL managementAddress() throws CannotAnswerException {
        String address;
        try {
            address = vm.startLocalManagementAgent();
        } catch (IOException e) {
            throw new ClosedRouteException(
                    "JVM " + pid + " cannot start its JMX connector (" + CannotAnswerException.reason(e) + ")",
                    "run it on a Java with the module jdk.management.agent",
                    e);
        }
        try {
            LoopbackSockets.install();
            return StubAddress.of(address);
        } catch (IOException e) {
            throw new CannotAnswerException(
                    "the viewer does not connect to the JMX address that JVM " + pid + " names ("
                            + CannotAnswerException.reason(e) + ")",
                    "if you trust that JVM, use its own JMX address",
                    e);
        }
    }

    @Override
    public void close() {
        try {
            vm.detach();
        } catch (IOException e) {
            // The JVM has ended, and so has the attach.
        }
    }

    private String whatNext(Path jar) throws CannotAnswerException {
        return LocalProcess.of(pid).canSee(jar)
                ? "see the standard error of that JVM, or restart it with -javaagent:sockblame-agent.jar"
                : notSeen(jar);
    }

    private static String notSeen(Path jar) {
        return "it cannot see " + jar + " and may be in a container: run sockblame there (docker exec, kubectl exec)";
    }

    private CannotAnswerException lost(IOException e) {
        return new CannotAnswerException(
                "JVM " + pid + " stopped answering (" + CannotAnswerException.reason(e) + ")",
                "check with sockblame ps whether it still runs",
                e);
    }
}
