package io.drawdown.bench.sessions;

import io.drawdown.bench.core.Accounts;
import io.drawdown.bench.load.Load;
import io.drawdown.bench.load.OpenLoop;
import io.drawdown.bench.load.Pause;
import io.drawdown.bench.report.Figure.Wanted;
import io.drawdown.bench.report.Report;
import io.drawdown.bench.stack.BenchStack;
import io.drawdown.bench.stack.HttpApi;
import io.drawdown.bench.stack.ProcessUsage;
import io.drawdown.bench.stack.TopicEvents;
import io.drawdown.contracts.Service;
import io.drawdown.contracts.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * What it costs an instance of session-service to read account events that are none of its business. Every instance reads all of
 * them, so the load of a fleet is simulated at one instance: the events of 20 instances are 20 times as many records in its topic.
 */
public final class FanOut {

    private static final int BATCHES_PER_SECOND = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SEND_MILLIS = 20_000;
    private static final double MICROS = 1_000_000;

    private final BenchStack stack;
    private final Report report;
    private final Size size;

    /**
     * Which rates, and how long each.
     *
     * @param perSecond events in all, in ascending order
     */
    public record Size(List<Integer> perSecond, Duration each) {

        public Size {
            perSecond = List.copyOf(perSecond);
        }

        Duration lasts() {
            return each.multipliedBy(2L + 2L * perSecond.size());
        }
    }

    FanOut(BenchStack stack, Report report, Size size) {
        this.stack = stack;
        this.report = report;
        this.size = size;
    }

    void run(HttpApi gateway, String prefix) {
        report.begin("Account events that concern no session of an instance");
        ConsumerRecord<String, byte[]> sample = sample(gateway, prefix);
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        stack.kafkaBootstrapServers(),
                        ProducerConfig.LINGER_MS_CONFIG,
                        5,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        SEND_MILLIS / 2,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        SEND_MILLIS,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        SEND_MILLIS),
                new StringSerializer(),
                new ByteArraySerializer())) {
            Pause.of(size.each()); // what the accounts and sessions before left to do is done then
            double idle = spent(() -> Pause.of(size.each())).share();
            report.add("processor of session-service without any", 100 * idle, "% of a core", Wanted.LESS);
            size.perSecond().forEach(rate -> rate(producer, sample, prefix, rate, idle));
        }
    }

    /** A real event, with its key and headers; the others have its shape. */
    private ConsumerRecord<String, byte[]> sample(HttpApi gateway, String prefix) {
        CompletableFuture<ConsumerRecord<String, byte[]>> first = new CompletableFuture<>();
        try (TopicEvents events = TopicEvents.of(stack, Topic.CREDITS_ACCOUNT)) {
            events.listen(record -> {
                if (record.key().startsWith(prefix)) {
                    first.complete(record);
                }
            });
            new Accounts(prefix, 1).open(gateway);
            return first.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        }
    }

    private void rate(
            KafkaProducer<String, byte[]> producer,
            ConsumerRecord<String, byte[]> sample,
            String prefix,
            int rate,
            double idle) {
        load(new Sends(producer, sample, prefix), rate); // the compiler has seen it then
        Sends sends = new Sends(producer, sample, prefix);
        AtomicBoolean isSaturated = new AtomicBoolean();
        Spent spent = spent(() -> isSaturated.set(load(sends, rate).isSaturated()));
        String events = String.format(Locale.ROOT, "%,d events per second", rate);
        report.add(events + ", achieved", sends.stored() / spent.seconds(), "events/s", Wanted.MORE);
        report.add(events + ", sends that failed", (double) sends.failed(), "events", Wanted.LESS);
        if (isSaturated.get()) {
            report.add(events + ", given up because too many were under way", 1, "load", Wanted.LESS);
        }
        double more = spent.cpuSeconds() - idle * spent.seconds();
        report.add(events + ", more than without", 100 * more / spent.seconds(), "% of a core", Wanted.LESS);
        if (sends.stored() > 0) {
            report.add(events + ", each", more / sends.stored() * MICROS, "µs", Wanted.LESS);
        }
    }

    /** Returns when every event is stored, or its send has failed. */
    private Load load(Sends sends, int rate) {
        int batch = Math.max(1, rate / BATCHES_PER_SECOND);
        Load load = OpenLoop.run(() -> sends.send(batch), BATCHES_PER_SECOND, Duration.ZERO, size.each());
        sends.flush();
        return load;
    }

    private Spent spent(Runnable load) {
        ProcessUsage before = stack.usage(Service.SESSION_SERVICE);
        long begun = System.nanoTime();
        load.run();
        long took = System.nanoTime() - begun;
        Duration cpu = stack.usage(Service.SESSION_SERVICE).cpuSince(before);
        return new Spent(cpu.toNanos() / 1e9, took / 1e9);
    }

    /** What session-service spent of the processor, in which time. */
    private record Spent(double cpuSeconds, double seconds) {

        /** Of one core. */
        double share() {
            return cpuSeconds / seconds;
        }
    }
}
