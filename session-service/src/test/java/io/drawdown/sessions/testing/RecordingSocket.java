package io.drawdown.sessions.testing;

import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.socket.SocketPort;
import io.drawdown.kit.testing.ManualTime;
import io.drawdown.sessions.connection.ClientConnection;
import io.drawdown.sessions.protocol.ClientFrame;
import io.drawdown.sessions.protocol.Frame;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client's end of a socket: keeps what it heard and when, says what it is told to say. */
public final class RecordingSocket implements SocketPort<Frame> {

    public final List<Frame> frames = new ArrayList<>();
    public boolean drains = true;
    public Duration latency = Duration.ofMillis(1);
    public @Nullable TraceContext trace;
    public @Nullable Integer closeCode;
    public long closedMillis;

    private final ManualTime time;
    private @Nullable ClientConnection connection;
    private Consumer<Runnable> process = Runnable::run;

    public RecordingSocket(ManualTime time) {
        this.time = time;
    }

    /** @param toProcess brings the process what its client does, as long as it lives */
    public RecordingSocket connectedTo(ClientConnection other, Consumer<Runnable> toProcess) {
        connection = other;
        process = toProcess;
        return this;
    }

    @Override
    public Uni<Void> send(Frame frame) {
        return Uni.createFrom()
                .<Void>emitter(emitter -> time.after(latency, () -> {
                    if (drains) {
                        frames.add(frame);
                        emitter.complete(null);
                    }
                }));
    }

    @Override
    public @Nullable TraceContext trace() {
        return trace;
    }

    @Override
    public void close(int code, String reason) {
        if (closeCode == null) {
            closeCode = code;
            closedMillis = Duration.ofNanos(time.nanos()).toMillis();
            time.execute(() -> tell(other -> other.closed(code)));
        }
    }

    public void says(ClientFrame frame) {
        tell(other -> other.frame(frame));
    }

    public void pongs() {
        tell(ClientConnection::signOfLife);
    }

    /** The client closes, or the network breaks. */
    public void breaks(int code) {
        if (closeCode == null) {
            closeCode = code;
            tell(other -> other.closed(code));
        }
    }

    public <F extends Frame> List<F> all(Class<F> type) {
        return frames.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The last one of its kind. */
    public <F extends Frame> F last(Class<F> type) {
        List<F> found = all(type);
        if (found.isEmpty()) {
            throw new AssertionError("no " + type.getSimpleName() + " among " + frames);
        }
        return found.getLast();
    }

    private void tell(Consumer<ClientConnection> event) {
        ClientConnection other = Objects.requireNonNull(connection, "not connected");
        process.accept(() -> event.accept(other));
    }
}
