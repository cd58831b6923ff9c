package io.drawdown.kit.socket;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SendQueueTest {

    private final ManualTime time = new ManualTime();
    private final List<String> sent = new ArrayList<>();
    private final Deque<Runnable> underWay = new ArrayDeque<>();
    private final SendQueue<Frame> queue = new SendQueue<>(new Wire(), time, () -> sent.add("too slow"));

    /** A frame of that kind. */
    private record Frame(String kind, int number) implements SocketFrame {
        @Override
        public Object slot() {
            return kind;
        }
    }

    /** Takes a frame when the test says so. */
    private final class Wire implements SocketPort<Frame> {
        @Override
        public Uni<Void> send(Frame frame) {
            sent.add(frame.kind() + frame.number());
            return Uni.createFrom().emitter(emitter -> underWay.add(() -> emitter.complete(null)));
        }

        @Override
        public @Nullable TraceContext trace() {
            return null;
        }

        @Override
        public void close(int code, String reason) {
            sent.add(reason);
        }
    }

    private void takeAll() {
        while (!underWay.isEmpty()) {
            underWay.remove().run();
        }
    }

    @Test
    void laterFrameOfAKindTakesTheLastPlace() {
        // Given
        queue.send(new Frame("a", 1));
        // When
        queue.send(new Frame("b", 1));
        queue.send(new Frame("c", 1));
        queue.send(new Frame("b", 2));
        takeAll();
        // Then
        assertThat(sent).containsExactly("a1", "c1", "b2");
    }

    @Test
    void clientThatDoesNotTakeAFrameInTimeIsTooSlow() {
        // Given
        queue.send(new Frame("a", 1));
        queue.send(new Frame("b", 1));
        // When
        time.advance(SendQueue.GREATEST_SEND.plus(Duration.ofMillis(1)));
        takeAll();
        // Then
        assertThat(sent).containsExactly("a1", "too_slow", "too slow");
    }

    @Test
    void whatWaitsIsSentBeforeTheSocketIsClosedAndNothingAfterwards() {
        // Given
        queue.send(new Frame("a", 1));
        queue.send(new Frame("b", 1));
        // When
        queue.closeAfter(EndReason.POLICY);
        queue.send(new Frame("c", 1));
        takeAll();
        // Then
        assertThat(sent).containsExactly("a1", "b1", "policy");
        assertThat(time.waiting()).isZero();
    }
}
