package io.drawdown.sessions.live;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.TraceContext;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.protocol.ClientFrame;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.sessions.testing.RecordingSocket;
import io.drawdown.sessions.testing.World;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The context of the request that wants a start or an end goes with its event and its call, and with no other. */
class TraceTest {

    private static final TraceContext SOCKET =
            new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "rojo=1");
    private static final TraceContext REST =
            new TraceContext("00-1af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00", null);

    private final World world = new World();

    private RecordingSocket started(long credits, @Nullable TraceContext trace) {
        world.credits.grant("ada", credits);
        RecordingSocket socket = world.client(World.GATEWAY);
        socket.trace = trace;
        socket.says(new ClientFrame.Start("live_dubbing", "ada", "key"));
        world.time.advance(Duration.ofSeconds(1));
        return socket;
    }

    private EndReason endOf(RecordingSocket socket) {
        world.time.advance(Duration.ofSeconds(3));
        return socket.last(Frame.Ended.class).reason();
    }

    @Test
    void framesBelongToTheHandshakeOfTheirSocket() {
        // Given
        RecordingSocket ada = started(500, SOCKET);
        // When
        ada.says(new ClientFrame.End());
        // Then
        assertThat(endOf(ada)).isEqualTo(EndReason.USER);
        assertThat(world.broker.traces).containsExactly(SOCKET, SOCKET);
        assertThat(world.credits.traces).containsExactly(SOCKET, SOCKET);
    }

    @Test
    void endOverRestBelongsToItsOwnRequest() {
        // Given
        RecordingSocket ada = started(500, SOCKET);
        // When
        world.core().end(world.id(ada), EndReason.USER, REST).subscribe().with(view -> {});
        world.core().end(world.id(ada), EndReason.USER, SOCKET).subscribe().with(view -> {});
        // Then
        assertThat(endOf(ada)).isEqualTo(EndReason.USER);
        assertThat(world.broker.traces).containsExactly(SOCKET, REST);
        assertThat(world.credits.traces).containsExactly(SOCKET, REST);
    }

    @Test
    void endThatAnotherInstanceWasAskedForBelongsToThatRequest() {
        // Given
        RecordingSocket ada = started(500, null);
        SessionDocument there = world.sessions.one(world.id(ada));
        // When
        world.sessions.documents.put(
                there.id(), there.wantEnd(EndReason.OPERATOR, REST).written("other", 0));
        // Then
        assertThat(endOf(ada)).isEqualTo(EndReason.OPERATOR);
        assertThat(world.broker.traces).containsExactly(null, REST);
        assertThat(world.credits.traces).containsExactly(null, REST);
    }

    @Test
    void endThatNobodyAskedForBelongsToNoRequest() {
        // Given
        RecordingSocket ada = started(2, SOCKET);
        // Then
        assertThat(endOf(ada)).isEqualTo(EndReason.EXHAUSTED);
        assertThat(world.broker.traces).containsExactly(SOCKET, null);
        assertThat(world.credits.traces).containsExactly(SOCKET, null);
    }
}
