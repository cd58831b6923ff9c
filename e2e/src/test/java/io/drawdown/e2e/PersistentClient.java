package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.client.Frame;
import io.drawdown.client.LiveSession;
import io.drawdown.client.Outcome;
import io.drawdown.client.SessionClient;
import io.drawdown.client.SessionListener;
import io.drawdown.client.SessionRequest;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs one session by the client that others use, which does not give up, and keeps every frame. */
final class PersistentClient implements SessionListener {

    private static final int TOLD = 6;

    private final SessionClient client;
    private final SessionRequest request;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final List<Long> connecting = new CopyOnWriteArrayList<>();
    private volatile @Nullable LiveSession session;
    private volatile long startedNanos;
    private volatile double servedSeconds;
    private volatile int closeCode;

    /** A frame and the time of its arrival on the monotonic clock. */
    record Seen(long nanos, JsonNode frame) {

        boolean is(String type) {
            return frame.path("type").asText().equals(type);
        }
    }

    /** Of two with one request, the second names the tokens of the first: it repeats the same start. */
    PersistentClient(URI address, String token, SessionRequest request) {
        SessionClient.Settings settings = SessionClient.Settings.DEFAULT;
        Random tokens = new Random(request.hashCode());
        this.client = new SessionClient(
                address, () -> token, new SessionClient.Settings(settings.loop(), tokens, settings.giveUpAfter()));
        this.request = request;
    }

    /** Runs until the session is over or the deadline has passed; blocks. */
    void play(long deadlineNanos) {
        LiveSession begun = client.start(request, this);
        session = begun;
        try {
            Outcome outcome = begun.outcome()
                    .orTimeout(Math.max(1, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS)
                    .join();
            servedSeconds = (System.nanoTime() - startedNanos) / 1e9;
            closeCode = outcome.closeCode();
        } catch (CompletionException late) {
            begun.detach();
        }
    }

    @Override
    public void onFrame(Frame frame) {
        if (frame instanceof Frame.Started && startedNanos == 0) {
            startedNanos = System.nanoTime();
        }
        seen.add(new Seen(System.nanoTime(), frame.toJson()));
    }

    @Override
    public void onState(State state) {
        if (state == State.CONNECTING) {
            connecting.add(System.nanoTime());
        }
    }

    /** When it last began to connect before that time. */
    long connectingBefore(long nanos) {
        return connecting.stream()
                .filter(began -> nanos - began >= 0)
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    /** Ends the session, whatever it takes. */
    void end() {
        LiveSession running = session;
        if (running != null) {
            running.end();
        }
    }

    /** Tries no more. */
    void leave() {
        LiveSession running = session;
        if (running != null) {
            running.detach();
        }
    }

    /** Whether the client is done with the session. A refusal that may pass is not the end. */
    boolean isOver() {
        LiveSession running = session;
        return running != null && running.outcome().isDone();
    }

    /** Whether its newest socket has its session. */
    boolean isServed() {
        return seen.stream()
                .filter(each -> each.is("started") || each.is("resumed") || each.is("restarting") || each.is("refused"))
                .reduce((earlier, later) -> later)
                .filter(each -> each.is("started") || each.is("resumed"))
                .isPresent();
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

    List<JsonNode> frames() {
        return seen.stream().map(Seen::frame).toList();
    }

    String account() {
        return Objects.requireNonNull(request.account());
    }

    int closeCode() {
        return closeCode;
    }

    /** From `started` to the close, by the client's clock. */
    double servedSeconds() {
        return servedSeconds;
    }

    /** Its last frames, and how it came to its end. */
    @Override
    public String toString() {
        LiveSession running = session;
        List<JsonNode> frames = frames();
        return request + " " + (running == null ? "" : running.outcome()) + " "
                + frames.subList(Math.max(0, frames.size() - TOLD), frames.size());
    }
}
