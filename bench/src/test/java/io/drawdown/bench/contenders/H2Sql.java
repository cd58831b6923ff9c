package io.drawdown.bench.contenders;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * H2 in this process, as durable as the embedded database: what is committed is in the file before the commit returns, so it
 * survives the process, but not a power cut.
 */
final class H2Sql implements AutoCloseable {

    /** A commit writes at once, and not up to half a second later. */
    private static final String SETTINGS = ";WRITE_DELAY=0;CACHE_SIZE=262144";

    private final HikariDataSource source;

    private H2Sql(HikariDataSource source) {
        this.source = source;
    }

    static H2Sql open(Path folder) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:file:" + folder.resolve("queue").toAbsolutePath() + SETTINGS);
        config.setMaximumPoolSize(Integer.getInteger("bench.connections", 32));
        return new H2Sql(new HikariDataSource(config));
    }

    HikariDataSource source() {
        return source;
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long count(String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    @Override
    public void close() {
        source.close();
    }
}
