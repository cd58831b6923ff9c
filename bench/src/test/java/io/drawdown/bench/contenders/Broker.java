package io.drawdown.bench.contenders;

import io.drawdown.kit.kafka.KafkaPublisher;
import io.drawdown.kit.kafka.TopicNames;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.trace.Spans;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The producer as the services configure it. */
public final class Broker {

    private Broker() {}

    public static KafkaPublisher publisher(Place place, CoreLoop loop) {
        Map<String, Object> producer = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                place.kafka(),
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                1,
                ProducerConfig.LINGER_MS_CONFIG,
                0);
        return new KafkaPublisher(
                () -> new KafkaProducer<>(producer, new StringSerializer(), new ByteArraySerializer()),
                new TopicNames(place.topicPrefix()),
                loop,
                Spans.NONE);
    }
}
