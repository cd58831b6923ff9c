package io.drawdown.bench.sessions;

import io.drawdown.bench.core.Accounts;
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
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * What it costs an instance of session-service to read account events that are none of its business. Every instance reads all of
 * them, so the load of a fleet is simulated at one instance: the events of 20 instances are 20 times as many records in its topic.
 */
public final class FanOut {

    private static final int ACCOUNTS = 1_000;
    private static final int BATCHES_PER_SECOND = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
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
                        5),
                new StringSerializer(),
                new ByteArraySerializer())) {
            double idle = share(() -> Pause.of(size.each()));
            report.add("processor of session-service without any", idle, "% of a core", Wanted.LESS);
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
        AtomicLong sent = new AtomicLong();
        Runnable load = () -> {
            var unused = OpenLoop.run(
                    () -> send(producer, sample, prefix, rate / BATCHES_PER_SECOND, sent),
                    BATCHES_PER_SECOND,
                    Duration.ZERO,
                    size.each());
        };
        load.run(); // the compiler has seen it then
        sent.set(0);
        double more = share(load) - idle;
        String events = String.format(Locale.ROOT, "%,d events per second", rate);
        report.add(events + ", more than without", more, "% of a core", Wanted.LESS);
        double seconds = size.each().toNanos() / 1e9;
        report.add(events + ", each", more / 100 * seconds * MICROS / Math.max(1, sent.get()), "µs", Wanted.LESS);
    }

    private static CompletableFuture<?> send(
            KafkaProducer<String, byte[]> producer,
            ConsumerRecord<String, byte[]> sample,
            String prefix,
            int count,
            AtomicLong sent) {
        CompletableFuture<Object> last = new CompletableFuture<>();
        for (int each = 0; each < count; each++) {
            String account = prefix + sent.incrementAndGet() % ACCOUNTS;
            boolean isLast = each == count - 1;
            var unused = producer.send(
                    new ProducerRecord<>(sample.topic(), null, account, sample.value(), sample.headers()),
                    (stored, fault) -> {
                        if (isLast) {
                            complete(last, fault);
                        }
                    });
        }
        return last;
    }

    private static void complete(CompletableFuture<Object> last, @Nullable Exception fault) {
        if (fault == null) {
            last.complete("stored");
        } else {
            last.completeExceptionally(fault);
        }
    }

    private double share(Runnable load) {
        ProcessUsage before = stack.usage(Service.SESSION_SERVICE);
        long begun = System.nanoTime();
        load.run();
        long took = System.nanoTime() - begun;
        return 100.0 * stack.usage(Service.SESSION_SERVICE).cpuSince(before).toNanos() / took;
    }
}
