package io.drawdown.kit.kafka;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class BrokerFaultsTest {

    @Test
    void faultIsToldDownToItsCause() {
        // Given
        Exception fault = new ExecutionException(new KafkaException("handshake", new IllegalStateException("expired")));
        // When, Then
        assertThat(Broker.said(fault)).isEqualTo("handshake: expired");
    }

    @Test
    void pieceOfAPasswordThatKafkaQuotesIsNotTold() {
        // Given: the flag is missing, so Kafka takes what follows for it
        KafkaException fault = catchThrowableOfType(
                KafkaException.class,
                () -> Admin.create(Map.of(
                        "bootstrap.servers",
                        "127.0.0.1:1",
                        "security.protocol",
                        "SASL_PLAINTEXT",
                        "sasl.mechanism",
                        "PLAIN",
                        "sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule hunter2 username;")));
        // When, Then
        assertThat(fault).hasStackTraceContaining("hunter2");
        assertThat(Broker.said(fault))
                .endsWith("sasl.jaas.config cannot be used")
                .doesNotContain("hunter2");
    }
}
