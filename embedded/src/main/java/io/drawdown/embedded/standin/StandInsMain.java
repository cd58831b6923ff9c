package io.drawdown.embedded.standin;

import io.drawdown.embedded.mail.EmbeddedMail;
import io.drawdown.embedded.process.OneLineFormat;
import io.drawdown.embedded.process.ServerFailure;
import io.drawdown.embedded.slack.EmbeddedSlack;
import io.drawdown.embedded.stripe.EmbeddedStripe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The stand-ins for Stripe, Slack and a mail server, those that are wanted of them, as one process: {@code StandInsMain <folder> [stripe <port>
 * [<webhook address> <file of its secret>]] [slack <port>] [mail <port>]}. It prints one line with their addresses when all serve, or
 * one with the reason if one cannot, and shuts down gracefully on SIGTERM.
 */
public final class StandInsMain {

    /** Kept in a field, because the garbage collector would remove an unreferenced logger with its level. */
    private static final Logger ROOT_LOG = Logger.getLogger("");

    /** The bot may post there from the start. */
    private static final String CHANNEL = "CDRAWDOWN";

    private final Path folder;
    private final List<String> addresses = new ArrayList<>();
    private final Deque<AutoCloseable> running = new ArrayDeque<>();

    private StandInsMain(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] args) throws InterruptedException {
        ROOT_LOG.setLevel(Level.WARNING);
        OneLineFormat.install(ROOT_LOG);
        StandInsMain standIns = new StandInsMain(Path.of(args[0]));
        Deque<String> words = new ArrayDeque<>(Arrays.asList(args).subList(1, args.length));
        while (!words.isEmpty()) {
            standIns.start(words.remove(), Integer.parseInt(words.remove()), words);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(standIns::close, "stand-ins-shutdown"));
        System.out.println("Stand-ins ready at " + String.join(", ", standIns.addresses));
        new CountDownLatch(1).await();
    }

    private void start(String name, int port, Deque<String> words) {
        ServerFailure failure = new ServerFailure(titleOf(name), folder.resolve(name), port);
        try {
            switch (name) {
                case "stripe" -> stripe(port, words, failure);
                case "slack" -> slack(port);
                default -> mail(port);
            }
        } catch (Exception
                | LinkageError
                | AssertionError e) { // a damaged file throws whatever its reader stumbles over
            System.err.println(failure.atStart(e));
            System.exit(1);
        }
    }

    private static String titleOf(String name) {
        return switch (name) {
            case "stripe" -> "The payment server";
            case "slack" -> "The stand-in for Slack";
            case "mail" -> "The mail server";
            default -> throw new IllegalArgumentException("there is no stand-in for " + name);
        };
    }

    private void stripe(int port, Deque<String> words, ServerFailure failure) {
        EmbeddedStripe stripe = EmbeddedStripe.start(folder.resolve("stripe"), port, broken -> {
            System.err.println(failure.later(broken));
            Runtime.getRuntime().halt(1);
        });
        running.push(stripe);
        addresses.add(stripe.url());
        if (!words.isEmpty() && words.peek().startsWith("http")) {
            stripe.deliverTo(words.remove(), secret(Path.of(words.remove())));
        }
    }

    private static String secret(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void slack(int port) {
        EmbeddedSlack slack = EmbeddedSlack.start(folder.resolve("slack"), port);
        slack.oracle().channel(CHANNEL);
        running.push(slack);
        addresses.add(slack.url());
    }

    private void mail(int port) {
        EmbeddedMail mail = EmbeddedMail.start(folder.resolve("mail"), port);
        running.push(mail);
        addresses.add("smtp://127.0.0.1:" + mail.port());
    }

    private void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                System.err.println("A stand-in did not close: " + e.getMessage());
            }
        }
    }
}
