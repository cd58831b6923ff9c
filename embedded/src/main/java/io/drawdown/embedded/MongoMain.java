package io.drawdown.embedded;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The database as a process of its own: {@code MongoMain <data directory> <port>}. It prints one line with its address when it
 * serves, and ends with an orderly shutdown when it is told to (SIGTERM).
 */
public final class MongoMain {

    /** Held here, or its level would be collected with it. */
    private static final Logger ROOT_LOG = Logger.getLogger("");

    private MongoMain() {}

    public static void main(String[] args) throws InterruptedException {
        ROOT_LOG.setLevel(Level.WARNING);
        try {
            EmbeddedMongo mongo = EmbeddedMongo.start(Path.of(args[0]), Integer.parseInt(args[1]));
            Runtime.getRuntime().addShutdownHook(new Thread(mongo::close, "mongo-shutdown"));
            System.out.println("Database ready at " + mongo.connectionString());
        } catch (RuntimeException e) {
            System.err.println("The database could not start: " + Causes.of(e));
            System.exit(1);
        }
        new CountDownLatch(1).await();
    }
}
