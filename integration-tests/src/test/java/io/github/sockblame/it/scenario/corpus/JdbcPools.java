// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;

/** Pools of JDBC connections, and a PostgreSQL that listens on the port that is the argument. */
public final class JdbcPools {

    private static final int POOL = 4;

    private final int port;
    private final Connection admin;

    private JdbcPools(int port) throws SQLException {
        this.port = port;
        admin = DriverManager.getConnection(url("127.0.0.1", "admin"));
    }

    public static void main(String[] arguments) throws Exception {
        new JdbcPools(Integer.parseInt(arguments[0])).play();
    }

    /** Makes a pool of at most {@link #POOL} connections. */
    private interface Maker {

        DataSource make(String url) throws Exception;
    }

    private void play() throws Exception {
        Cases cases = new Cases();
        cases.about("DBCP", BasicDataSource.class);
        play(cases, JdbcPools::dbcp);
        takesAll(cases, JdbcPools::dbcp);
        cases.about("Tomcat JDBC", org.apache.tomcat.jdbc.pool.DataSource.class);
        play(cases, JdbcPools::tomcat);
        takesAll(cases, JdbcPools::tomcat);
        cases.about("c3p0", ComboPooledDataSource.class);
        play(cases, JdbcPools::c3p0);
        takesAll(cases, JdbcPools::c3p0);
        cases.about("HikariCP", HikariDataSource.class);
        cases.leftAtRest("a pool that fills itself ahead, and the server leaves", caseScope -> {
            HikariDataSource pool = hikari(url(caseScope));
            CaseScope.await("a full pool", () -> pool.getHikariPoolMXBean().getTotalConnections() == POOL);
            end(caseScope, POOL);
            return pool;
        });
        cases.leakAgain(
                "takes " + POOL + " connections that the pool opened ahead, and gives none back",
                "ABANDONED",
                "JdbcPools.takes",
                "JdbcPools.hikari",
                c -> takeAll(c, JdbcPools::hikari));
        cases.stand();
    }

    private void play(Cases cases, Maker maker) {
        cases.leftAtRest("gives " + POOL + " connections back, and the server leaves", caseScope -> {
            DataSource pool = maker.make(url(caseScope));
            burst(pool);
            end(caseScope, POOL);
            return pool;
        });
        cases.leftAtRest("the server leaves a full pool, which fills again, and leaves once more", caseScope -> {
            DataSource pool = maker.make(url(caseScope));
            burst(pool);
            end(caseScope, POOL);
            burst(pool);
            end(caseScope, POOL);
            return pool;
        });
    }

    private void takesAll(Cases cases, Maker maker) {
        cases.leak(
                "takes " + POOL + " connections one after another and gives none back",
                "ABANDONED",
                "JdbcPools.takes",
                c -> takeAll(c, maker));
    }

    private Object takeAll(CaseScope caseScope, Maker maker) throws Exception {
        DataSource pool = maker.make(url(caseScope));
        List<Object> held = new ArrayList<>();
        held.add(pool);
        for (int i = 0; i < POOL; i++) {
            held.add(takes(pool));
        }
        end(caseScope, POOL);
        return held;
    }

    private static Connection takes(DataSource pool) throws SQLException {
        Connection connection = pool.getConnection();
        boolean unused = connection.createStatement().execute("select 1");
        return connection;
    }

    private static DataSource dbcp(String url) {
        BasicDataSource pool = new BasicDataSource();
        pool.setUrl(url);
        pool.setMaxTotal(POOL);
        pool.setMaxIdle(POOL);
        pool.setTestOnBorrow(true);
        return pool;
    }

    private static DataSource tomcat(String url) {
        org.apache.tomcat.jdbc.pool.DataSource pool = new org.apache.tomcat.jdbc.pool.DataSource();
        pool.setDriverClassName("org.postgresql.Driver");
        pool.setUrl(url);
        pool.setInitialSize(0);
        pool.setMaxActive(POOL);
        pool.setMaxIdle(POOL);
        pool.setMinIdle(0);
        pool.setTestOnBorrow(true);
        pool.setValidationQuery("select 1");
        pool.setValidationInterval(0);
        return pool;
    }

    private static DataSource c3p0(String url) {
        ComboPooledDataSource pool = new ComboPooledDataSource();
        pool.setJdbcUrl(url);
        pool.setInitialPoolSize(1);
        pool.setMinPoolSize(1);
        pool.setAcquireIncrement(1);
        pool.setMaxPoolSize(POOL);
        pool.setTestConnectionOnCheckout(true);
        return pool;
    }

    private static HikariDataSource hikari(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(POOL);
        config.setMinimumIdle(POOL);
        return new HikariDataSource(config);
    }

    /** Has all connections of a pool in use at once, and gives them back. */
    private static void burst(DataSource pool) throws Exception {
        CyclicBarrier all = new CyclicBarrier(POOL);
        List<String> unused = Together.play(POOL, () -> {
            try (Connection connection = pool.getConnection()) {
                ask(connection);
                int order = all.await(20, TimeUnit.SECONDS);
                return "done " + order;
            }
        });
    }

    private static void ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select 1")) {
            if (!result.next()) {
                throw new AssertionError();
            }
        }
    }

    private String url(CaseScope caseScope) {
        return url(caseScope.address(), caseScope.address());
    }

    private String url(String address, String name) {
        return "jdbc:postgresql://" + address + ":" + port + "/postgres?user=postgres&sslmode=disable&ApplicationName="
                + name;
    }

    /** The server ends all sessions of the case, which are so many. */
    private void end(CaseScope caseScope, int sessions) throws Exception {
        try (PreparedStatement end = admin.prepareStatement(
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name = ?")) {
            end.setString(1, caseScope.address());
            end.executeQuery().close();
        }
        caseScope.awaitCloseWait(sessions);
    }
}
