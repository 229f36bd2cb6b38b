// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

/** The JDBC driver of PostgreSQL, alone and in a pool, and a server that listens on the port that is the argument. */
public final class PostgresClients {

    private final int port;
    private final Connection admin;

    private PostgresClients(int port) throws SQLException {
        this.port = port;
        admin = DriverManager.getConnection(url("127.0.0.1", "admin"));
    }

    public static void main(String[] arguments) throws Exception {
        new PostgresClients(Integer.parseInt(arguments[0])).play();
    }

    private void play() throws Exception {
        Cases cases = new Cases();
        cases.about("PostgreSQL JDBC", Driver.class)
                .proper("try-with-resources", caseScope -> {
                    try (Connection connection = connect(caseScope)) {
                        ask(connection);
                    }
                    return null;
                })
                .proper("listens for notifications", caseScope -> {
                    Connection connection = connect(caseScope);
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("listen news");
                    }
                    Thread waiting = CaseScope.daemon(
                            () -> connection.unwrap(PGConnection.class).getNotifications(0));
                    return List.of(connection, waiting);
                })
                .proper("reads a large result slowly", caseScope -> {
                    Connection connection = connect(caseScope);
                    connection.setAutoCommit(false);
                    PreparedStatement rows =
                            connection.prepareStatement("select repeat('x', 1000) from generate_series(1, 100000)");
                    rows.setFetchSize(10);
                    ResultSet result = rows.executeQuery();
                    if (!result.next()) {
                        throw new AssertionError();
                    }
                    return new Object[] {connection, result};
                });
        cases.proper("a statement fails because the server has left, and only the driver closes", caseScope -> {
            Connection connection = connect(caseScope);
            leave(caseScope);
            ignoresFailure(connection);
            return connection;
        });
        cases.about("HikariCP", HikariDataSource.class)
                .proper("try-with-resources; the connections rest in the pool", caseScope -> askPool(caseScope))
                .leftAtRest("a connection rests in the pool, and the server leaves", caseScope -> {
                    HikariDataSource pool = askPool(caseScope);
                    leave(caseScope);
                    return pool;
                })
                .leftAtRest("three connections rest in the pool, and the server closes one", caseScope -> {
                    HikariDataSource pool = pool(caseScope, 3);
                    CaseScope.await(
                            "three connections",
                            () -> pool.getHikariPoolMXBean().getTotalConnections() == 3);
                    end(caseScope, 1);
                    caseScope.awaitCloseWait(1);
                    return pool;
                })
                .proper("connections rest in the pool, and the pool is closed", caseScope -> {
                    askPool(caseScope).close();
                    return null;
                });
        cases.about("PostgreSQL JDBC", Driver.class)
                .leak("never closes the connection", "ABANDONED", "PostgresClients.connect", caseScope -> {
                    Connection connection = connect(caseScope);
                    leave(caseScope);
                    return connection;
                });
        cases.about("HikariCP", HikariDataSource.class)
                .leakAgain(
                        "takes a connection from the pool and never gives it back",
                        "ABANDONED",
                        "PostgresClients.takes",
                        "PostgresClients.pool",
                        caseScope -> {
                            HikariDataSource pool = askPool(caseScope);
                            Object taken = takes(pool);
                            leave(caseScope);
                            return List.of(pool, taken);
                        });
        cases.stand();
    }

    private String url(String address, String name) {
        return "jdbc:postgresql://" + address + ":" + port + "/postgres?user=postgres&sslmode=disable&ApplicationName="
                + name;
    }

    private Connection connect(CaseScope caseScope) throws SQLException {
        return DriverManager.getConnection(url(caseScope.address(), caseScope.address()));
    }

    private HikariDataSource askPool(CaseScope caseScope) throws SQLException {
        HikariDataSource pool = pool(caseScope, 1);
        try (Connection connection = pool.getConnection()) {
            ask(connection);
        }
        return pool;
    }

    private HikariDataSource pool(CaseScope caseScope, int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url(caseScope.address(), caseScope.address()));
        config.setMaximumPoolSize(size);
        return new HikariDataSource(config);
    }

    private static Connection takes(HikariDataSource pool) throws SQLException {
        Connection connection = pool.getConnection();
        boolean unused = connection.createStatement().execute("select 1");
        return connection;
    }

    private static void ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select 1")) {
            if (!result.next()) {
                throw new AssertionError();
            }
        }
    }

    private static void ignoresFailure(Connection connection) {
        try {
            ask(connection);
            throw new AssertionError("it answers");
        } catch (SQLException expected) {
            // as careless programs do
        }
    }

    private void leave(CaseScope caseScope) throws Exception {
        end(caseScope, Integer.MAX_VALUE);
        caseScope.awaitCloseWait(1);
    }

    /** The server ends that many sessions of the case, the youngest first. */
    private void end(CaseScope caseScope, int sessions) throws SQLException {
        try (PreparedStatement end = admin.prepareStatement("select pg_terminate_backend(pid) from"
                + " (select pid from pg_stat_activity where application_name = ? order by backend_start desc limit ?)"
                + " as youngest")) {
            end.setString(1, caseScope.address());
            end.setInt(2, sessions);
            end.executeQuery().close();
        }
    }
}
