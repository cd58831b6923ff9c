package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.client.SessionSocket;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A client that wants one session and does not give up: when the connection breaks it comes back with the same start key, until the
 * service says that the session is over. Keeps every frame.
 */
final class Player {

    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final URI address;
    private final String token;
    private final Wish wish;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private volatile @Nullable SessionSocket current;
    private volatile long startedNanos;
    private volatile double servedSeconds;
    private volatile int closeCode;

    /** What the client wants. */
    record Wish(String account, String kind, String startKey) {}

    /** A frame and when it came, by the monotonic clock. */
    record Seen(long nanos, JsonNode frame) {

        boolean is(String type) {
            return frame.path("type").asText().equals(type);
        }
    }

    /** A balance that a frame named, and the ledger row that must agree. */
    record Money(String account, long seq, BigDecimal balance) {}

    Player(URI address, String token, Wish wish) {
        this.address = address;
        this.token = token;
        this.wish = wish;
    }

    /** Plays until the session is over or the deadline has passed; blocks. */
    void play(long deadlineNanos) {
        while (!isOver() && System.nanoTime() < deadlineNanos) {
            try (SessionSocket socket = SessionSocket.connect(address, token, this::onFrame)) {
                current = socket;
                socket.send(start());
                SessionSocket.Closed closed = socket.closed()
                        .orTimeout(Math.max(1, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS)
                        .join();
                servedSeconds = (System.nanoTime() - startedNanos) / 1e9;
                closeCode = closed.code();
            } catch (CompletionException broken) {
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    private void onFrame(JsonNode frame) {
        if (frame.path("type").asText().equals("started") && startedNanos == 0) {
            startedNanos = System.nanoTime();
        }
        seen.add(new Seen(System.nanoTime(), frame));
    }

    private String start() {
        return "{\"type\":\"start\",\"account\":\"%s\",\"kind\":\"%s\",\"start_key\":\"%s\"}"
                .formatted(wish.account(), wish.kind(), wish.startKey());
    }

    /** Ends the session as a client does. */
    void end() {
        SessionSocket socket = current;
        if (socket != null) {
            socket.send("{\"type\":\"end\"}");
        }
    }

    /** The session has ended for good, or was refused. */
    boolean isOver() {
        return saw("ended") || saw("refused");
    }

    boolean saw(String type) {
        return seen.stream().anyMatch(each -> each.is(type));
    }

    List<Seen> seen(String type) {
        return seen.stream().filter(each -> each.is(type)).toList();
    }

    List<Seen> seen() {
        return List.copyOf(seen);
    }

    /** Where the first `started` put the beginning of the session. */
    long startedNanos() {
        return startedNanos;
    }

    List<Money> money() {
        return seen.stream()
                .map(Seen::frame)
                .filter(frame -> frame.hasNonNull("balance") && frame.hasNonNull("seq"))
                .map(frame -> new Money(
                        wish.account(),
                        frame.get("seq").asLong(),
                        frame.get("balance").decimalValue()))
                .toList();
    }

    Wish wish() {
        return wish;
    }

    int closeCode() {
        return closeCode;
    }

    /** From `started` to the close, by the client's clock. */
    double servedSeconds() {
        return servedSeconds;
    }
}
