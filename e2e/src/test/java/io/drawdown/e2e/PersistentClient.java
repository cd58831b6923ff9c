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
 * A client that runs one session and does not give up: when the connection breaks it sends the same start key again, until
 * the service says that the session is over. It keeps every frame.
 */
final class PersistentClient {

    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final URI address;
    private final String token;
    private final SessionRequest request;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private volatile @Nullable SessionSocket current;
    private volatile long startedNanos;
    private volatile double servedSeconds;
    private volatile int closeCode;

    /** The session that the client starts. */
    record SessionRequest(String account, String kind, String startKey) {}

    /** A frame and the time of its arrival on the monotonic clock. */
    record Seen(long nanos, JsonNode frame) {

        boolean is(String type) {
            return frame.path("type").asText().equals(type);
        }
    }

    /** A balance that a frame stated, and the ledger row that must agree with it. */
    record Money(String account, long seq, BigDecimal balance) {}

    PersistentClient(URI address, String token, SessionRequest request) {
        this.address = address;
        this.token = token;
        this.request = request;
    }

    /** Runs until the session is over or the deadline has passed; blocks. */
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
                .formatted(request.account(), request.kind(), request.startKey());
    }

    /** Sends the frame that ends the session. */
    void end() {
        SessionSocket socket = current;
        if (socket != null) {
            socket.send("{\"type\":\"end\"}");
        }
    }

    /** Whether the session has ended for good or was refused. */
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

    /** The time of the first `started` frame. */
    long startedNanos() {
        return startedNanos;
    }

    List<Money> money() {
        return seen.stream()
                .map(Seen::frame)
                .filter(frame -> frame.hasNonNull("balance") && frame.hasNonNull("seq"))
                .map(frame -> new Money(
                        request.account(),
                        frame.get("seq").asLong(),
                        frame.get("balance").decimalValue()))
                .toList();
    }

    SessionRequest request() {
        return request;
    }

    int closeCode() {
        return closeCode;
    }

    /** From `started` to the close, by the client's clock. */
    double servedSeconds() {
        return servedSeconds;
    }
}
