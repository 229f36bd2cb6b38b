// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import jakarta.mail.MessagingException;
import jakarta.mail.Service;
import jakarta.mail.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** Angus Mail, which is Jakarta Mail's implementation. */
public final class MailClients {

    private static final int SEVERAL = 3;

    private final Session session = Session.getInstance(new Properties());

    private MailClients() {}

    public static void main(String[] arguments) throws Exception {
        new MailClients().play();
    }

    private void play() throws Exception {
        Cases cases = new Cases().about("Angus Mail", SMTPTransport.class);
        cases.proper("SMTP: try-with-resources", caseScope -> {
                    try (Service transport = smtp(smtpServer(caseScope))) {
                        return transport;
                    }
                })
                .proper("SMTP: a transport that stays", caseScope -> {
                    TalkingPeer server = smtpServer(caseScope);
                    return List.of(server, smtp(server));
                })
                .proper("SMTP: asks isConnected() after the server has left", caseScope -> {
                    TalkingPeer server = smtpServer(caseScope);
                    Service transport = smtp(server);
                    server.leaveAll();
                    caseScope.awaitCloseWait(1);
                    if (transport.isConnected()) {
                        throw new AssertionError("still connected");
                    }
                    return transport;
                })
                .proper("POP3: try-with-resources", caseScope -> {
                    try (Service store = pop3(pop3Server(caseScope))) {
                        return store;
                    }
                })
                .leak("SMTP: never closes " + SEVERAL + " transports", "ABANDONED", "MailClients.smtp", caseScope -> {
                    TalkingPeer server = smtpServer(caseScope);
                    List<Object> held = new ArrayList<>();
                    for (int i = 0; i < SEVERAL; i++) {
                        held.add(smtp(server));
                    }
                    server.leaveAll();
                    caseScope.awaitCloseWait(SEVERAL);
                    return held;
                })
                .leak("POP3: never closes the store", "ABANDONED", "MailClients.pop3", caseScope -> {
                    TalkingPeer server = pop3Server(caseScope);
                    Object store = pop3(server);
                    server.leaveAll();
                    caseScope.awaitCloseWait(1);
                    return store;
                })
                .leak("IMAP: never closes the store", "ABANDONED", "MailClients.imap", caseScope -> {
                    TalkingPeer server = imapServer(caseScope);
                    Object store = imap(server);
                    server.leaveAll();
                    caseScope.awaitCloseWait(1);
                    return store;
                });
        cases.stand();
    }

    private static TalkingPeer smtpServer(CaseScope caseScope) throws IOException {
        return new TalkingPeer(caseScope, "220 hello", TalkingPeer.byFirstWord("QUIT", "221 bye", "250 yes"));
    }

    private static TalkingPeer pop3Server(CaseScope caseScope) throws IOException {
        return new TalkingPeer(caseScope, "+OK hello", TalkingPeer.byFirstWord("CAPA", "-ERR no", "+OK"));
    }

    private static TalkingPeer imapServer(CaseScope caseScope) throws IOException {
        return new TalkingPeer(
                caseScope,
                "* OK [CAPABILITY IMAP4rev1] hello",
                line -> line.contains("CAPABILITY")
                        ? "* CAPABILITY IMAP4rev1\r\n" + line.split(" ", 2)[0] + " OK done"
                        : line.split(" ", 2)[0] + " OK done");
    }

    private Service smtp(TalkingPeer server) throws MessagingException {
        Service transport = session.getTransport("smtp");
        transport.connect(server.host(), server.port(), null, null);
        return transport;
    }

    private Service pop3(TalkingPeer server) throws MessagingException {
        Service store = session.getStore("pop3");
        store.connect(server.host(), server.port(), "user", "word");
        return store;
    }

    private Service imap(TalkingPeer server) throws MessagingException {
        Service store = session.getStore("imap");
        store.connect(server.host(), server.port(), "user", "word");
        return store;
    }
}
