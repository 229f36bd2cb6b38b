// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** Jetty, embedded. */
public final class JettyServer {

    private final ServerCases server = new ServerCases();

    public static void main(String[] arguments) throws Exception {
        new JettyServer().play();
    }

    private void play() throws Exception {
        Cases cases = new Cases().about("Jetty", Server.class);
        server.play(cases, start(), "JettyServer.start");
        cases.stand();
    }

    private InetSocketAddress start() throws Exception {
        Server jetty = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        jetty.setHandler(new Answers());
        jetty.start();
        int port = ((ServerConnector) jetty.getConnectors()[0]).getLocalPort();
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private final class Answers extends Handler.Abstract {

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            switch (request.getHttpURI().getPath()) {
                case ServerCases.LATE -> server.asked();
                case ServerCases.LATER -> server.asked(callback::succeeded);
                default -> response.write(true, StandardCharsets.US_ASCII.encode("ok"), callback);
            }
            return true;
        }
    }
}
