package io.drawdown.bench.stack;

import com.mongodb.ConnectionString;
import io.drawdown.cli.process.UserFacingException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The servers that are measured on.
 *
 * @param mongo a connection string, or null for the embedded server
 * @param kafka bootstrap servers, or null for the embedded broker
 */
public record Servers(@Nullable String mongo, @Nullable String kafka) {

    /** Databases and topics of the bench have names of their own. */
    private static final String PREFIX = "bench";

    public String databasePrefix() {
        return mongo == null ? "" : PREFIX + "-";
    }

    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        if (mongo != null) {
            settings.put("MONGODB_URI", mongo);
            settings.put("DRAWDOWN_DATABASE_PREFIX", databasePrefix());
        }
        if (kafka != null) {
            settings.put("KAFKA_BOOTSTRAP_SERVERS", kafka);
            settings.put("DRAWDOWN_TOPIC_PREFIX", PREFIX + ".");
        }
        return settings;
    }

    /** For the head of the report: hosts only, since a connection string may hold secrets anywhere. */
    public String names() {
        return "database " + (mongo == null ? "embedded" : "at " + hosts(mongo)) + ", broker "
                + (kafka == null ? "embedded" : "at " + kafka);
    }

    private static String hosts(String uri) {
        try {
            return String.join(",", new ConnectionString(uri).getHosts());
        } catch (IllegalArgumentException e) {
            throw new UserFacingException("--mongo is no connection string of MongoDB", e);
        }
    }
}
