// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import java.io.IOException;
import java.net.MalformedURLException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;

/** A JVM with an open attach. The only class that uses the attach API of the JDK; see {@link AttachModule}. */
final class AttachedJvm implements AutoCloseable {

    private final long pid;
    private final VirtualMachine vm;

    private AttachedJvm(long pid, VirtualMachine vm) {
        this.pid = pid;
        this.vm = vm;
    }

    /** The attachable JVMs by process id, without the viewer itself. It attaches to none of them. */
    static List<Jvm> list() {
        List<Jvm> jvms = new ArrayList<>();
        String own = Long.toString(ProcessHandle.current().pid());
        for (VirtualMachineDescriptor descriptor : VirtualMachine.list()) {
            String id = descriptor.id();
            if (!id.equals(own) && id.chars().allMatch(Character::isDigit)) {
                jvms.add(Jvm.of(Long.parseLong(id), descriptor.displayName()));
            }
        }
        jvms.sort(Comparator.comparingLong(Jvm::pid));
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
        try {
            return AgentState.of(vm.getSystemProperties());
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** Loads the agent, or makes an existing agent register its MXBean. */
    void load(Path jar, String options) throws CannotAnswerException {
        try {
            vm.loadAgent(jar.toString(), options);
        } catch (AgentLoadException | AgentInitializationException e) {
            throw new CannotAnswerException(
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
            throw new CannotAnswerException(
                    "JVM " + pid + " cannot start its JMX connector (" + CannotAnswerException.reason(e) + ")",
                    "run it on a Java with the module jdk.management.agent",
                    e);
        }
        try {
            return new JMXServiceURL(address);
        } catch (MalformedURLException e) {
            throw lost(e);
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
                : "it cannot see " + jar
                        + " and may be in a container: run sockblame there (docker exec, kubectl exec)";
    }

    private CannotAnswerException lost(IOException e) {
        return new CannotAnswerException(
                "JVM " + pid + " stopped answering (" + CannotAnswerException.reason(e) + ")",
                "check with sockblame ps whether it still runs",
                e);
    }
}
