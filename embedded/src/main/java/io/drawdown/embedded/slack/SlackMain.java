package io.drawdown.embedded.slack;

import io.drawdown.embedded.process.OneLineFormat;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The stand-in for Slack as a process of its own: {@code SlackMain <port> [<channel>…]}. It prints one line with its address when it
 * serves, or one with the reason if it cannot, and shuts down gracefully on SIGTERM.
 */
public final class SlackMain {

    /** Kept in a field, because the garbage collector would remove an unreferenced logger with its level. */
    private static final Logger ROOT_LOG = Logger.getLogger("");

    private SlackMain() {}

    public static void main(String[] args) throws InterruptedException {
        ROOT_LOG.setLevel(Level.WARNING);
        OneLineFormat.install(ROOT_LOG);
        int port = Integer.parseInt(args[0]);
        try {
            EmbeddedSlack slack = EmbeddedSlack.start(port);
            for (int i = 1; i < args.length; i++) {
                slack.oracle().channel(args[i]);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(slack::close, "slack-shutdown"));
            System.out.println("Slack stand-in ready at " + slack.url());
        } catch (RuntimeException e) {
            System.err.println("The Slack stand-in did not start on port " + port + ": " + e.getMessage());
            System.exit(1);
        }
        new CountDownLatch(1).await();
    }
}
