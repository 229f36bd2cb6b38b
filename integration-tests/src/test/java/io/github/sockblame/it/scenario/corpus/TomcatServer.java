// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** Tomcat, embedded, with a folder that is the argument. */
public final class TomcatServer {

    private final ServerCases server = new ServerCases();

    public static void main(String[] arguments) throws Exception {
        new TomcatServer().play(Path.of(arguments[0]));
    }

    private void play(Path folder) throws Exception {
        Cases cases = new Cases().about("Tomcat", Tomcat.class);
        server.play(cases, start(folder), "TomcatServer.start");
        cases.stand();
    }

    private InetSocketAddress start(Path folder) throws LifecycleException {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(context, "short", new Answers()).addMapping(ServerCases.SHORT);
        Wrapper late = Tomcat.addServlet(context, "late", new Late(server));
        late.setAsyncSupported(true);
        late.addMapping(ServerCases.LATE);
        late.addMapping(ServerCases.LATER);
        tomcat.start();
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), connector.getLocalPort());
    }

    private static final class Answers extends HttpServlet {

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentLength(2);
            response.getWriter().print("ok");
        }
    }

    private static final class Late extends HttpServlet {

        private final transient ServerCases server;

        Late(ServerCases server) {
            this.server = server;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            AsyncContext answer = request.startAsync();
            answer.setTimeout(0);
            if (request.getServletPath().equals(ServerCases.LATER)) {
                server.asked(answer::complete);
            } else {
                server.asked();
            }
        }
    }
}
