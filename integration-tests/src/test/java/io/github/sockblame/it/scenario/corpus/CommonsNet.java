// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import io.github.sockblame.it.scenario.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPConnectionClosedException;
import org.apache.commons.net.pop3.POP3Client;
import org.apache.commons.net.smtp.SMTPClient;
import org.apache.commons.net.telnet.TelnetClient;

/** The clients of Commons Net. */
public final class CommonsNet {

    private static final int SEVERAL = 4;

    private CommonsNet() {}

    public static void main(String[] arguments) throws Exception {
        Cases cases = new Cases().about("Commons Net", FTPClient.class);
        cases.proper("FTP: logs out and disconnects", caseScope -> {
                    FTPClient client = ftp(ftpServer(caseScope, 0));
                    boolean unused = client.logout();
                    client.disconnect();
                    return client;
                })
                .proper("FTP: reads a file to its end, and closes the stream", caseScope -> {
                    FTPClient client = ftp(ftpServer(caseScope, 100));
                    readsWithoutClose(client).close();
                    return client;
                })
                .proper("FTP: the server has left, and the client disconnects", caseScope -> {
                    TalkingPeer server = ftpServer(caseScope, 0);
                    FTPClient client = ftp(server);
                    server.leaveAll();
                    caseScope.awaitCloseWait(1);
                    ignoresFailure(client);
                    client.disconnect();
                    return client;
                })
                .proper("SMTP: disconnects in a finally block", caseScope -> {
                    SMTPClient client = smtp(smtpServer(caseScope));
                    try {
                        int unused = client.helo("localhost");
                    } finally {
                        client.disconnect();
                    }
                    return client;
                })
                .proper("Telnet: a session that stays", caseScope -> {
                    TalkingPeer server = new TalkingPeer(caseScope, "hello", line -> "");
                    return List.of(server, telnet(server));
                })
                .proper("Telnet: the server has left, and the client disconnects", caseScope -> {
                    TelnetClient client = telnet(new TalkingPeer(caseScope, "hello", line -> ""));
                    client.disconnect();
                    return client;
                })
                .leak("FTP: never disconnects " + SEVERAL + " clients", "ABANDONED", "CommonsNet.ftp", caseScope -> {
                    TalkingPeer server = ftpServer(caseScope, 0);
                    List<Object> held = new ArrayList<>();
                    for (int i = 0; i < SEVERAL; i++) {
                        held.add(ftp(server));
                    }
                    server.leaveAll();
                    caseScope.awaitCloseWait(SEVERAL);
                    return held;
                })
                .leak("FTP: ignores that the server has left", "FORGOTTEN", "CommonsNet.ignoresFailure", caseScope -> {
                    TalkingPeer server = ftpServer(caseScope, 0);
                    FTPClient client = ftp(server);
                    server.leaveAll();
                    caseScope.awaitCloseWait(1);
                    ignoresFailure(client);
                    return client;
                })
                .leak(
                        "FTP: never closes the stream of a file",
                        "FORGOTTEN",
                        "CommonsNet.readsWithoutClose",
                        caseScope -> {
                            FTPClient client = ftp(ftpServer(caseScope, 100));
                            Object stream = readsWithoutClose(client);
                            caseScope.awaitCloseWait(1);
                            return List.of(client, stream);
                        })
                .leak("SMTP: never disconnects " + SEVERAL + " clients", "ABANDONED", "CommonsNet.smtp", caseScope -> {
                    TalkingPeer server = smtpServer(caseScope);
                    List<Object> held = new ArrayList<>();
                    for (int i = 0; i < SEVERAL; i++) {
                        held.add(smtp(server));
                    }
                    server.leaveAll();
                    caseScope.awaitCloseWait(SEVERAL);
                    return held;
                })
                .leak("POP3: never disconnects", "ABANDONED", "CommonsNet.pop3", caseScope -> {
                    TalkingPeer server = new TalkingPeer(caseScope, "+OK hello", line -> "+OK");
                    Object client = pop3(server);
                    server.leaveAll();
                    caseScope.awaitCloseWait(1);
                    return client;
                })
                .leak("Telnet: never disconnects", "FORGOTTEN", "CommonsNet.telnet", caseScope -> {
                    TalkingPeer server = new TalkingPeer(caseScope, "hello", line -> "");
                    Object client = telnet(server);
                    server.leaveAll();
                    caseScope.awaitCloseWait(1);
                    return client;
                });
        cases.stand();
    }

    /** One whose files have so many bytes; the connection for a file is another one. */
    private static TalkingPeer ftpServer(CaseScope caseScope, int bytes) throws IOException {
        InetSocketAddress data = Peer.leaving(caseScope.inetAddress(), bytes).address();
        String passive = data.getAddress().getHostAddress().replace('.', ',') + "," + data.getPort() / 256 + ","
                + data.getPort() % 256;
        return new TalkingPeer(
                caseScope,
                "220 hello",
                TalkingPeer.byFirstWord(
                        "USER",
                        "331 and the password",
                        "PASS",
                        "230 welcome",
                        "PASV",
                        "227 by (" + passive + ")",
                        "RETR",
                        "150 here it comes\r\n226 done",
                        "QUIT",
                        "221 bye",
                        "200 yes"));
    }

    private static FTPClient ftp(TalkingPeer server) throws IOException {
        FTPClient client = new FTPClient();
        client.connect(server.host(), server.port());
        if (!client.login("user", "word")) {
            throw new AssertionError(client.getReplyString());
        }
        client.enterLocalPassiveMode();
        return client;
    }

    private static InputStream readsWithoutClose(FTPClient client) throws IOException {
        InputStream stream = client.retrieveFileStream("file");
        byte[] unused = stream.readAllBytes();
        return stream;
    }

    private static void ignoresFailure(FTPClient client) throws IOException {
        try {
            throw new AssertionError(client.noop() + " as an answer");
        } catch (FTPConnectionClosedException e) {
            // and the client stays as it is
        }
    }

    private static TalkingPeer smtpServer(CaseScope caseScope) throws IOException {
        return new TalkingPeer(caseScope, "220 hello", TalkingPeer.byFirstWord("QUIT", "221 bye", "250 yes"));
    }

    private static SMTPClient smtp(TalkingPeer server) throws IOException {
        SMTPClient client = new SMTPClient();
        client.connect(server.host(), server.port());
        return client;
    }

    private static POP3Client pop3(TalkingPeer server) throws IOException {
        POP3Client client = new POP3Client();
        client.connect(server.host(), server.port());
        return client;
    }

    private static TelnetClient telnet(TalkingPeer server) throws IOException {
        TelnetClient client = new TelnetClient();
        client.connect(server.host(), server.port());
        if (client.getInputStream().read() != 'h') {
            throw new AssertionError("no greeting");
        }
        return client;
    }
}
