package io.drawdown.embedded.kafka;

import io.drawdown.embedded.process.OneLineFormat;
import io.drawdown.embedded.process.ServerFailure;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.common.utils.Exit;

/**
 * The broker as a process of its own: {@code KafkaMain <data directory> <port> <controller port> <partitions>}. It creates
 * the missing topics, prints one line with its address, and shuts down gracefully on SIGTERM.
 */
public final class KafkaMain {

    /** Kept in a field, because the garbage collector would remove an unreferenced logger with its level. */
    private static final Logger ROOT_LOG = Logger.getLogger("");

    private KafkaMain() {}

    public static void main(String[] args) throws InterruptedException {
        ROOT_LOG.setLevel(Level.WARNING);
        OneLineFormat.install(ROOT_LOG);
        Path data = Path.of(args[0]);
        ServerFailure failure = new ServerFailure("The broker", data, Integer.parseInt(args[1]));
        explainItsOwnEnd(data);
        try {
            EmbeddedKafka kafka = EmbeddedKafka.start(data, Integer.parseInt(args[1]), Integer.parseInt(args[2]));
            Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "kafka-shutdown"));
            Topics.create(kafka.bootstrapServers(), "", Integer.parseInt(args[3]));
            System.out.println("Broker ready at " + kafka.bootstrapServers());
        } catch (RuntimeException e) {
            System.err.println(failure.atStart(e));
            Runtime.getRuntime().halt(1); // what it has begun may never end by itself
        }
        new CountDownLatch(1).await();
    }

    /** Prints the reason when the broker ends the process because it cannot use its files. */
    private static void explainItsOwnEnd(Path data) {
        Exit.Procedure end = (status, message) -> {
            System.err.println(
                    "The broker ends: its data in " + data + " cannot be used (the disk is full, or a file is damaged);"
                            + " make room, or './drawdown reset' removes the data of the local stack");
            Runtime.getRuntime().halt(status);
        };
        Exit.setExitProcedure(end);
        Exit.setHaltProcedure(end);
    }
}
