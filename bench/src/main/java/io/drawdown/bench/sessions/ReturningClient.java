package io.drawdown.bench.sessions;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Comes back with its session whenever the socket is lost, over a new socket, as often as needed until it is served again.
 * It names its tokens itself. Its methods are called one after the other.
 */
final class ReturningClient {

    /** Within what a user may connect. */
    private static final Duration AGAIN = Duration.ofMillis(250);

    private static final Duration ATTEMPT = Duration.ofSeconds(10);

    private final LiveClients clients;
    private final String session;
    private volatile LiveClient socket;
    private volatile String token;
    private final AtomicLong attempts = new AtomicLong();

    /** @param begun whose session has begun */
    ReturningClient(LiveClients clients, LiveClient begun) {
        LiveClient.Arrival started = begun.begun().join();
        this.clients = clients;
        session = started.text("session_id");
        token = started.text("resume_token");
        socket = begun;
    }

    /** Whether it has its session on an open socket. */
    boolean isServed() {
        return !socket.closed().isDone();
    }

    /** Asks for the end of its session; waits for nothing. */
    void end() {
        var unused = socket.end();
    }

    /**
     * Waits until its socket is lost, and comes back then.
     *
     * @param port where it comes back
     * @param givenUp when it tries no more, of {@link System#nanoTime}
     * @return the moment at which it was served again; fails if the session has ended, or it gave up
     */
    CompletableFuture<Long> servedAgain(int port, long givenUp) {
        String next = UUID.randomUUID().toString();
        return socket.closed()
                .handle((closing, fault) -> true)
                .orTimeout(givenUp - System.nanoTime(), TimeUnit.NANOSECONDS)
                .thenCompose(lost -> comeBack(port, next, givenUp))
                .thenCompose(answer -> {
                    if (!answer.text("type").equals("resumed")) {
                        return CompletableFuture.failedFuture(new IllegalStateException("the session has ended"));
                    }
                    token = next;
                    return CompletableFuture.completedFuture(answer.nanos());
                });
    }

    private CompletableFuture<LiveClient.Arrival> comeBack(int port, String next, long givenUp) {
        LiveClient tried = clients.open(
                socket.account(), port, LiveClient.resume(session, token, hash(next), attempts.incrementAndGet()));
        return tried.known()
                .copy()
                .orTimeout(ATTEMPT.toSeconds(), TimeUnit.SECONDS)
                .whenComplete((answer, fault) -> {
                    if (fault == null) {
                        socket = tried;
                    }
                })
                .exceptionallyCompose(notYet -> {
                    tried.leave();
                    return System.nanoTime() > givenUp
                            ? CompletableFuture.failedFuture(notYet)
                            : later().thenCompose(now -> comeBack(port, next, givenUp));
                });
    }

    private static CompletableFuture<Boolean> later() {
        return new CompletableFuture<Boolean>().completeOnTimeout(true, AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
