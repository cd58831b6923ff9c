package io.drawdown.embedded.stripe;

import io.drawdown.embedded.process.OneLineFormat;
import io.drawdown.embedded.process.ServerFailure;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The Stripe-compatible server as a process of its own: {@code StripeMain <data directory> <port> [<webhook address>
 * <secret>[,<secret>]]…}. It prints one line with its address when it serves, or one with the reason if it cannot, and shuts
 * down gracefully on SIGTERM.
 */
public final class StripeMain {

    /** Kept in a field, because the garbage collector would remove an unreferenced logger with its level. */
    private static final Logger ROOT_LOG = Logger.getLogger("");

    private StripeMain() {}

    public static void main(String[] args) throws InterruptedException {
        ROOT_LOG.setLevel(Level.WARNING);
        OneLineFormat.install(ROOT_LOG);
        Path data = Path.of(args[0]);
        int port = Integer.parseInt(args[1]);
        ServerFailure failure = new ServerFailure("The payment server", data, port);
        try {
            EmbeddedStripe stripe = EmbeddedStripe.start(data, port, broken -> {
                System.err.println(failure.later(broken));
                Runtime.getRuntime().halt(1);
            });
            for (int i = 2; i + 1 < args.length; i += 2) {
                stripe.deliverTo(args[i], args[i + 1].split(",", -1));
            }
            Runtime.getRuntime().addShutdownHook(new Thread(stripe::close, "stripe-shutdown"));
            System.out.println("Payment server ready at " + stripe.url());
        } catch (Exception
                | LinkageError
                | AssertionError e) { // a damaged file throws whatever its reader stumbles over
            System.err.println(failure.atStart(e));
            System.exit(1);
        }
        new CountDownLatch(1).await();
    }
}
