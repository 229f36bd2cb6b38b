// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Event;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Socket;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A report, asked for the sockets of one method of a scenario. */
public record ReportView(Report report) {

    /** The sockets that were opened or accepted in this method, given as {@code SimpleName.method}. */
    public List<Socket> openedIn(String method) {
        return report.sockets().stream()
                .filter(socket -> stack(socket.opened()).contains("." + method + "("))
                .toList();
    }

    /** The sockets that were opened or accepted in this method. */
    public List<Socket> openedIn(Class<?> program, String method) {
        return openedIn(program.getSimpleName() + "." + method);
    }

    public Socket theOneOpenedIn(Class<?> program, String method) {
        return theOneOpenedIn(program.getSimpleName() + "." + method);
    }

    public Socket theOneOpenedIn(String method) {
        return theOne("opened in " + method, openedIn(method)::contains);
    }

    public Socket theOneOnPort(int localPort) {
        return theOne(
                "on port " + localPort,
                socket -> socket.local() != null && socket.local().port() == localPort);
    }

    public Socket theOneFromPort(int remotePort) {
        return theOne(
                "from port " + remotePort,
                socket -> socket.remote() != null && socket.remote().port() == remotePort);
    }

    public Socket theOneWithInode(long inode) {
        return theOne("with inode " + inode, socket -> socket.inode() == inode);
    }

    public Socket theOneWithDescriptor(int fd) {
        return theOne("with descriptor " + fd, socket -> socket.fd() == fd);
    }

    private Socket theOne(String which, Predicate<Socket> wanted) {
        List<Socket> sockets = report.sockets().stream().filter(wanted).toList();
        assertThat(sockets).as("sockets %s", which).hasSize(1);
        return sockets.get(0);
    }

    public Site siteOf(Socket socket) {
        Integer number = socket.site();
        assertThat(number).as("site of %s", socket).isNotNull();
        return report.sites().get(requireNonNull(number) - 1);
    }

    /** The TCP sockets that no hook reported; the JVM's own are Unix sockets. */
    public List<Socket> untracked() {
        return report.sockets().stream()
                .filter(socket ->
                        socket.protocol() == Protocol.TCP && !socket.origin().isTracked())
                .toList();
    }

    /** The leak sites that were opened in this method. */
    public List<Site> sitesOpenedIn(Class<?> program, String method) {
        String frame = FrameText.in(program, method);
        return report.sites().stream()
                .filter(site ->
                        site.opened() != null && text(site.opened().stack()).contains(frame))
                .toList();
    }

    /** The stack of an event, a frame a line; empty if there was none. */
    public String stack(@Nullable Event event) {
        return event == null ? "" : text(event.stack());
    }

    /** The culprit frame of an event's stack. */
    public String culprit(@Nullable Event event) {
        if (event == null) {
            return "no event";
        }
        Frame culprit = report.stacks().get(event.stack()).culpritFrame();
        return culprit == null ? "no culprit" : culprit.text();
    }

    private String text(int stack) {
        return report.stacks().get(stack).frames().stream().map(Frame::text).collect(Collectors.joining("\n"));
    }
}
