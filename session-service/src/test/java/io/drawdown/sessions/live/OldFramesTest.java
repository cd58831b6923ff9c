package io.drawdown.sessions.live;

import io.drawdown.contracts.EndReason;
import io.drawdown.sessions.protocol.ClientFrame;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.sessions.testing.RecordingSocket;
import io.drawdown.sessions.testing.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a client said to a process that stalled is not obeyed when that wakes: the client may be elsewhere by now. */
class OldFramesTest {

    private static final Duration LONG = Duration.ofMillis(2_700);

    private final World world = new World();

    @Test
    void aStartFromBeforeAStallIsNotBegun() {
        // Given
        world.credits.grant("ada", 90);
        RecordingSocket ada = world.client(World.GATEWAY);
        saidInItsSleep(ada, new ClientFrame.Start("live_dubbing", "ada", "k"));
        // When
        world.sleep(LONG);
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(ada.last(Frame.Restarting.class).retryAfter()).isEqualTo(1);
        assertThat(ada.closeCode).isEqualTo(EndReason.RESTARTING.closeCode());
        assertThat(world.sessions.documents).isEmpty();
        assertThat(world.credits.questions).isEmpty();
    }

    @Test
    void aResumeFromBeforeAStallMovesNoSession() {
        // Given
        world.credits.grant("ada", 90);
        RecordingSocket first = world.start("ada", "k");
        String token = first.last(Frame.Started.class).session().resumeToken();
        RecordingSocket second = world.client(World.GATEWAY);
        saidInItsSleep(second, World.resume(world.id(first), token));
        // When
        world.sleep(LONG);
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(second.closeCode).isEqualTo(EndReason.RESTARTING.closeCode());
        assertThat(first.closeCode).isNull();
    }

    @Test
    void aNewSocketAfterTheStallIsServed() {
        // Given
        world.credits.grant("ada", 90);
        world.sleep(LONG);
        world.time.advance(Duration.ofMillis(1));
        // When
        RecordingSocket ada = world.start("ada", "k");
        // Then
        assertThat(ada.all(Frame.Started.class)).hasSize(1);
    }

    @Test
    void anOldSocketIsServedOnceTheBuffersAreEmpty() {
        // Given
        world.credits.grant("ada", 90);
        RecordingSocket ada = world.client(World.GATEWAY);
        world.sleep(LONG);
        world.time.advance(Duration.ofMillis(1_100));
        // When
        ada.says(new ClientFrame.Start("live_dubbing", "ada", "k"));
        world.time.advance(Duration.ofMillis(100));
        // Then
        assertThat(ada.all(Frame.Started.class)).hasSize(1);
    }

    @Test
    void aShortHesitationIsNoStall() {
        // Given
        world.credits.grant("ada", 90);
        RecordingSocket ada = world.client(World.GATEWAY);
        saidInItsSleep(ada, new ClientFrame.Start("live_dubbing", "ada", "k"));
        // When
        world.sleep(Duration.ofMillis(1_400));
        world.time.advance(Duration.ofMillis(100));
        // Then
        assertThat(ada.all(Frame.Started.class)).hasSize(1);
    }

    private void saidInItsSleep(RecordingSocket socket, ClientFrame frame) {
        world.time.after(Duration.ofMillis(600), () -> socket.says(frame));
    }
}
