package io.drawdown.embedded.kafka;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Whom a broker serves.
 *
 * @param settings of the broker
 * @param users as {@code kafka-storage format --add-scram} takes them
 */
public record Protection(Map<String, String> settings, List<String> users) {

    /** Whoever connects, without TLS. */
    static final Protection NONE = new Protection(Map.of(), List.of());

    private static final String MECHANISM = "SCRAM-SHA-512";
    private static final String LISTENER = "listener.name.broker.";

    public Protection {
        settings = Map.copyOf(settings);
        users = List.copyOf(users);
    }

    /**
     * One user, over TLS, by SCRAM-SHA-512.
     *
     * @param certificate a file with the broker's private key and its certificate, in PEM
     */
    public static Protection of(Path certificate, String user, String password) {
        String login = "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user
                + "\" password=\"" + password + "\";";
        return new Protection(
                Map.of(
                        "listener.security.protocol.map",
                        "BROKER:SASL_SSL,CONTROLLER:PLAINTEXT",
                        LISTENER + "ssl.keystore.type",
                        "PEM",
                        LISTENER + "ssl.keystore.location",
                        certificate.toString(),
                        LISTENER + "ssl.truststore.type",
                        "PEM",
                        LISTENER + "ssl.truststore.location",
                        certificate.toString(),
                        "sasl.enabled.mechanisms",
                        MECHANISM,
                        "sasl.mechanism.inter.broker.protocol",
                        MECHANISM,
                        LISTENER + "scram-sha-512.sasl.jaas.config",
                        login),
                List.of(MECHANISM + "=[name=" + user + ",password=" + password + "]"));
    }
}
