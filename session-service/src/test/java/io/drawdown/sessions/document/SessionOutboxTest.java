package io.drawdown.sessions.document;

import io.drawdown.contracts.SessionEvent;
import io.drawdown.sessions.protocol.ClientFrame;
import io.drawdown.sessions.testing.RecordingSocket;
import io.drawdown.sessions.testing.World;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The events of one instance's sessions, while another instance sweeps, too. */
class SessionOutboxTest {

    private final World world = new World();
    private final SessionOutbox ofAnother =
            new SessionOutbox(world.sessions, world.broker, new Nobody(), world.time, world.time, new Random(1));

    @Test
    void freshEventsArePublishedOnceByTheirWriter() {
        // Given
        ofAnother.start();
        world.credits.grant("ada", 50_000);
        // When
        for (int i = 0; i < 40; i++) {
            RecordingSocket socket = world.start("ada", "k" + i);
            world.time.advance(Duration.ofMillis(300));
            socket.says(new ClientFrame.End());
            world.time.advance(Duration.ofMillis(200));
        }
        world.time.advance(Duration.ofSeconds(10));
        // Then
        List<String> published =
                world.broker.lifecycle.stream().map(SessionEvent::id).toList();
        assertThat(published).hasSize(new HashSet<>(published).size()).hasSizeGreaterThan(79);
    }

    private static final class Nobody implements SessionOutbox.Listener {

        @Override
        public void trimmed(Map<String, Long> drainedTo) {}

        @Override
        public void unpublished(SessionDocument document) {}
    }
}
