// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import io.github.sockblame.report.SafeText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A JVM of this machine, reached by its process id. */
public final class LocalJvm implements Target {

    private final long pid;
    private final BundledAgent bundledAgent;
    private final Consumer<String> notices;
    private volatile boolean jmxClosed;
    private volatile boolean pidAnnounced;

    /** A JVM without notices about requests. */
    public LocalJvm(long pid, BundledAgent bundledAgent) {
        this(pid, bundledAgent, notice -> {});
    }

    /**
     * The JVM with this process id.
     *
     * @param notices receives one line for each unusual route of a request
     */
    LocalJvm(long pid, BundledAgent bundledAgent, Consumer<String> notices) {
        this.pid = pid;
        this.bundledAgent = bundledAgent;
        this.notices = notices;
    }

    /**
     * The result of an attach.
     *
     * @param version the version of the agent that is in the JVM now
     * @param hookStatus the status of its hooks
     * @param hadAgent whether the JVM had an agent before
     */
    public record Attached(String version, String hookStatus, boolean hadAgent) {}

    /** Puts the agent into the JVM. An existing agent stays, with its own options. */
    public Attached attach(String options) throws CannotAnswerException {
        new AttachPreconditions(LocalProcess.of(pid)).check();
        Path jar = bundledAgent.extract();
        AtomicReference<String> version = new AtomicReference<>("unknown");
        boolean hadAgent = Deadline.within(JmxRoute.ATTACH_TIMEOUT, name(), () -> {
            try (AttachedJvm jvm = AttachedJvm.attach(pid)) {
                if (jvm.agent() != null) {
                    return true;
                }
                jvm.load(jar, options);
                AgentState loaded = jvm.agent();
                if (loaded == null) {
                    throw notLoaded(jvm.heapObstacle());
                }
                version.set(loaded.version());
                return false;
            }
        });
        try {
            return send(AgentRequest.attached(hadAgent));
        } catch (NoMemoryException e) {
            if (hadAgent) {
                throw e;
            }
            return new Attached(version.get(), "not read (" + e.getMessage() + ")", false);
        }
    }

    private CannotAnswerException notLoaded(@Nullable String heapObstacle) {
        return heapObstacle == null
                ? new CannotAnswerException(
                        "the agent in " + name() + " disabled itself", "see the standard error of that JVM")
                : new CannotAnswerException(
                        name() + " did not get the agent: " + SafeText.of(heapObstacle), NoMemoryException.ADVICE);
    }

    @Override
    public FetchedReport read() throws CannotAnswerException {
        return read(AgentRequest.REPORT);
    }

    @Override
    public FetchedReport readSummary() throws CannotAnswerException {
        return read(AgentRequest.SUMMARY);
    }

    private FetchedReport read(AgentRequest<FetchedReport> agentRequest) throws CannotAnswerException {
        FetchedReport.prepare();
        LocalProcess process = LocalProcess.of(pid);
        AttachPreconditions preconditions = new AttachPreconditions(process);
        preconditions.checkPermission();
        preconditions.checkRunning();
        preconditions.checkTmp();
        announceOtherPid(process);
        AttachObstacle obstacle = preconditions.lowDescriptors();
        if (obstacle != null) {
            return readByFile(process, agentRequest, obstacle.wrong());
        }
        obstacle = preconditions.obstacle();
        if (obstacle != null && process.carriesAgent()) {
            return readByFile(process, agentRequest, obstacle.wrong());
        }
        try {
            return send(agentRequest);
        } catch (CannotAnswerException e) {
            obstacle = preconditions.lowDescriptors(); // the last descriptors were used up during the request
            if (obstacle == null) {
                throw e;
            }
            return readByFile(process, agentRequest, obstacle.wrong());
        }
    }

    /** A report has the process id that the JVM itself has. Only there does it name this JVM. */
    private void announceOtherPid(LocalProcess process) throws CannotAnswerException {
        long inside = process.status().innermostPid();
        if (inside != pid && !pidAnnounced) {
            pidAnnounced = true;
            notices.accept(name() + " is process " + inside + " in its own PID namespace: the report has that number");
        }
    }

    private FetchedReport readByFile(LocalProcess process, AgentRequest<FetchedReport> agentRequest, String why)
            throws CannotAnswerException {
        Route route = new FileRoute(process);
        notices.accept(why + ": " + route.notice());
        return route.send(agentRequest);
    }

    /** Sends the request by each route in turn until one of them leads to the agent. */
    private <T> T send(AgentRequest<T> agentRequest) throws CannotAnswerException {
        LocalProcess process = LocalProcess.of(pid);
        new AttachPreconditions(process).check();
        AttachRoute attach = new AttachRoute(process, bundledAgent);
        List<Route> routes = new ArrayList<>();
        if (!jmxClosed) {
            routes.add(new JmxRoute(process, attach));
        }
        if (agentRequest.isForReport() && process.carriesAgent()) {
            routes.add(new FileRoute(process));
        }
        routes.add(attach);
        ClosedRoutes closed = new ClosedRoutes(name(), notices);
        boolean cannotAttach = false;
        for (Route route : routes) {
            if (cannotAttach && route == attach) {
                continue; // it would send the same signals again
            }
            if (!cannotAttach && route instanceof FileRoute && !answersFileRequests()) {
                closed.skip(route, "the agent in " + name() + " has the option file.requests=false");
                continue; // there would be a long wait for no answer
            }
            try {
                closed.announce(route);
                return route.send(agentRequest);
            } catch (ClosedRouteException e) {
                closed.add(route, e);
                jmxClosed = jmxClosed || route instanceof JmxRoute;
                cannotAttach = cannotAttach || e instanceof CannotAttachException;
            }
        }
        throw closed.toException();
    }

    /** By what the agent publishes; true if that cannot be read. */
    private boolean answersFileRequests() {
        try {
            return Deadline.within(JmxRoute.ATTACH_TIMEOUT, name(), () -> {
                try (AttachedJvm jvm = AttachedJvm.attach(pid)) {
                    AgentState state = jvm.agent();
                    return state == null || state.answersFileRequests();
                }
            });
        } catch (CannotAnswerException e) {
            return true;
        }
    }

    @Override
    public String watch(int site, boolean on) throws CannotAnswerException {
        return send(AgentRequest.watch(site, on));
    }

    @Override
    public String detach() throws CannotAnswerException {
        try {
            return send(AgentRequest.DETACH);
        } catch (CannotAnswerException e) {
            if (!(e.getCause() instanceof TimeoutException)) {
                throw e;
            }
            throw new CannotAnswerException(
                    name() + " has not finished the detach",
                    "the detach may go on, as long as a class transformer of the program takes: sockblame ps shows its end",
                    e);
        }
    }

    @Override
    public boolean isLive() {
        return true;
    }

    @Override
    public @Nullable TargetConnection connect() throws CannotAnswerException {
        if (jmxClosed) {
            return null;
        }
        LocalProcess process = LocalProcess.of(pid);
        new AttachPreconditions(process).check();
        return new JmxRoute(process, new AttachRoute(process, bundledAgent))
                .target()
                .connect();
    }

    private String name() {
        return "JVM " + pid;
    }
}
