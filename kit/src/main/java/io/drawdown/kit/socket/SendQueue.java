package io.drawdown.kit.socket;

import io.drawdown.contracts.EndReason;
import io.drawdown.kit.time.ResettableTimer;
import io.drawdown.kit.time.Scheduler;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The frames that go out over one socket. One frame is in flight, and only the latest of each kind waits, so that a slow
 * client costs a bounded amount of memory and never gets old news after new. A client that does not take a frame within
 * {@link #GREATEST_SEND}, or leaves more than {@link #MOST_WAITING} waiting, is too slow.
 *
 * @param <O> the frames
 */
final class SendQueue<O extends SocketFrame> {

    static final Duration GREATEST_SEND = Duration.ofSeconds(10);

    static final int MOST_WAITING = 1_000;

    private final SocketPort<O> socket;
    private final ResettableTimer deadline;
    private final Runnable tooSlow;
    private final Map<Object, O> waiting = new LinkedHashMap<>();

    private boolean inFlight;
    private boolean closed;
    private @Nullable EndReason closeWith;

    SendQueue(SocketPort<O> socket, Scheduler scheduler, Runnable tooSlow) {
        this.socket = socket;
        this.deadline = new ResettableTimer(scheduler);
        this.tooSlow = tooSlow;
    }

    void send(O frame) {
        if (closed || closeWith != null) {
            return;
        }
        waiting.remove(frame.slot());
        waiting.put(frame.slot(), frame);
        if (waiting.size() > MOST_WAITING) {
            late();
        } else {
            pump();
        }
    }

    int waiting() {
        return waiting.size();
    }

    /** Closes as soon as the waiting frames are taken; no further frame is accepted. */
    void closeAfter(EndReason reason) {
        if (closeWith == null) {
            closeWith = reason;
            pump();
        }
    }

    /** Closes now; the waiting frames are lost. */
    void close(EndReason reason) {
        if (!closed) {
            dropped();
            socket.close(reason.closeCode(), reason.name().toLowerCase(Locale.ROOT));
        }
    }

    /** The socket is gone. */
    void dropped() {
        closed = true;
        waiting.clear();
        deadline.cancel();
    }

    private void pump() {
        if (closed || inFlight) {
            return;
        }
        if (!waiting.isEmpty()) {
            var next = waiting.entrySet().iterator();
            O frame = next.next().getValue();
            next.remove();
            dispatch(frame);
        } else if (closeWith != null) {
            close(closeWith);
        }
    }

    private void dispatch(O frame) {
        inFlight = true;
        deadline.set(GREATEST_SEND, this::late);
        Uni.createFrom()
                .deferred(() -> socket.send(frame))
                .subscribe()
                .with(done -> taken(), fault -> close(closeWith == null ? EndReason.UNAVAILABLE : closeWith));
    }

    private void taken() {
        inFlight = false;
        deadline.cancel();
        pump();
    }

    private void late() {
        EndReason wanted = closeWith;
        if (wanted == null) {
            close(EndReason.TOO_SLOW);
            tooSlow.run();
        } else {
            close(wanted);
        }
    }
}
