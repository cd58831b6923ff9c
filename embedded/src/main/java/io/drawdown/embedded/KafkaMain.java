package io.drawdown.embedded;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The broker as a process of its own: {@code KafkaMain <data directory> <port> <controller port> <partitions>}. It creates the
 * missing topics, prints one line with its address, and ends with an orderly shutdown when it is told to (SIGTERM).
 */
public final class KafkaMain {

    /** Held here, or its level would be collected with it. */
    private static final Logger ROOT_LOG = Logger.getLogger("");

    private KafkaMain() {}

    public static void main(String[] args) throws InterruptedException {
        ROOT_LOG.setLevel(Level.WARNING);
        try {
            EmbeddedKafka kafka =
                    EmbeddedKafka.start(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
            Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "kafka-shutdown"));
            Topics.create(kafka.bootstrapServers(), "", Integer.parseInt(args[3]));
            System.out.println("Broker ready at " + kafka.bootstrapServers());
        } catch (RuntimeException e) {
            System.err.println("The broker could not start: " + Causes.of(e));
            System.exit(1);
        }
        new CountDownLatch(1).await();
    }
}
