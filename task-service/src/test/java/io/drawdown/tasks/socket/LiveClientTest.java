package io.drawdown.tasks.socket;

import io.drawdown.contracts.TaskEvent;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.socket.Identity;
import io.drawdown.kit.socket.SocketClient.Surroundings;
import io.drawdown.kit.socket.SocketPort;
import io.drawdown.kit.testing.ManualTime;
import io.drawdown.tasks.live.Interest.OfTag;
import io.drawdown.tasks.live.Interest.OfTask;
import io.drawdown.tasks.live.LiveReads;
import io.drawdown.tasks.live.LiveTasks;
import io.drawdown.tasks.live.Seats;
import io.drawdown.tasks.store.TaskPages.Query;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.testing.Tasks;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LiveClientTest {

    private static final String ID = "tsk_0123456789abcdef0123456789";

    private final ManualTime time = new ManualTime();
    private final Map<String, Identity> tokens = new HashMap<>();
    private final LiveTasks tasks = new LiveTasks(new OneTask(), time);
    private final Seats seats = new Seats(3, 1);
    private final Wire wire = new Wire();
    private final LiveClient client = client(wire);

    /** A store with one task, which is not found under another id. */
    private final class OneTask implements LiveReads {
        @Override
        public Uni<Optional<TaskDocument>> task(String id) {
            return time.answer(() -> id.equals(ID) ? Optional.of(Tasks.waiting(ID)) : Optional.empty());
        }

        @Override
        public Uni<List<TaskDocument>> tasks(Collection<String> ids) {
            return time.answer(List::of);
        }

        @Override
        public Uni<List<TaskDocument>> page(Query query) {
            return time.answer(() -> List.of(Tasks.waiting(ID)));
        }
    }

    /** The network, which takes a frame at once or never. */
    private final class Wire implements SocketPort<LiveFrame> {
        final List<LiveFrame> frames = new ArrayList<>();
        boolean isStuck;

        @Nullable
        Integer closeCode;

        @Override
        public Uni<Void> send(LiveFrame frame) {
            frames.add(frame);
            return isStuck ? Uni.createFrom().nothing() : time.answer(() -> null);
        }

        @Override
        public @Nullable TraceContext trace() {
            return null;
        }

        @Override
        public void close(int code, String reason) {
            closeCode = code;
        }

        List<String> kinds() {
            return frames.stream()
                    .map(frame -> frame.getClass().getSimpleName())
                    .toList();
        }
    }

    private LiveClient client(Wire to) {
        Surroundings surroundings = new Surroundings(
                token -> time.answer(() -> Optional.ofNullable(tokens.get(token))), time, time, Duration.ofSeconds(10));
        return new LiveClient(to, surroundings, new LiveClient.Room(tasks, seats, Duration.ofSeconds(30), 2));
    }

    private Identity ada(long seconds) {
        return new Identity("ada", false, time.now().plusSeconds(seconds));
    }

    private void pass(long seconds) {
        time.advance(Duration.ofSeconds(seconds));
    }

    private void subscribe(String tag) {
        client.frame(new ClientFrame.Subscribe(new OfTag(tag)));
        pass(0);
    }

    @Test
    void anonymousSilentAndIdleClientsAreClosed() {
        // Given
        Wire silent = new Wire();
        LiveClient subscribed = client(silent);
        client.opened(null);
        subscribed.opened(ada(3_600));
        subscribed.frame(new ClientFrame.Subscribe(new OfTag("a")));
        Wire idle = new Wire();
        LiveClient pinging = client(idle);
        pinging.opened(new Identity("shop", true, time.now().plusSeconds(3_600)));
        // When
        for (int each = 0; each < 4; each++) {
            pass(8);
            pinging.signOfLife();
        }
        // Then
        assertThat(wire.closeCode).isEqualTo(4001);
        assertThat(silent.closeCode).isEqualTo(4008);
        assertThat(idle.closeCode).isEqualTo(4008);
        assertThat(idle.kinds()).containsExactly("Error");
        assertThat(seats.taken()).isZero();
        assertThat(tasks.clients()).isZero();
        assertThat(time.waiting()).isZero();
    }

    @Test
    void clientIsClosedWhenItsTokenExpiresUnlessALaterOneCame() {
        // Given
        client.opened(ada(70));
        subscribe("a");
        tokens.put("later", ada(140));
        for (int each = 0; each < 6; each++) {
            pass(10);
            client.signOfLife();
        }
        client.frame(new ClientFrame.Authenticate("later"));
        // When
        for (int each = 0; each < 7; each++) {
            pass(10);
            client.signOfLife();
        }
        @Nullable Integer before = wire.closeCode;
        pass(15);
        // Then
        assertThat(before).isNull();
        assertThat(wire.closeCode).isEqualTo(4001);
    }

    @Test
    void tokenWithOtherRightsEndsTheSocket() {
        // Given
        client.opened(ada(600));
        subscribe("a");
        tokens.put("more", new Identity("ada", true, time.now().plusSeconds(600)));
        // When
        client.frame(new ClientFrame.Authenticate("more"));
        pass(1);
        // Then
        assertThat(wire.closeCode).isEqualTo(4001);
    }

    @Test
    void subscriptionsAndSocketsAreBounded() {
        // Given
        client.opened(ada(600));
        subscribe("a");
        subscribe("b");
        // When
        subscribe("c");
        subscribe("b");
        Wire second = new Wire();
        client(second).opened(ada(600));
        pass(1);
        // Then
        assertThat(wire.kinds()).containsExactly("Subscribed", "Subscribed", "Error", "Subscribed");
        assertThat(second.closeCode).isEqualTo(4029);
        assertThat(seats.taken()).isEqualTo(1);
    }

    @Test
    void taskThatIsNotThereIsUnsubscribedAndLeavesTheClientIdle() {
        // Given
        client.opened(ada(600));
        // When
        client.frame(new ClientFrame.Subscribe(new OfTask("tsk_none")));
        for (int each = 0; each < 4; each++) {
            pass(10);
            client.signOfLife();
        }
        // Then
        assertThat(wire.kinds()).containsExactly("Unsubscribed", "Error");
        assertThat(wire.closeCode).isEqualTo(4008);
    }

    @Test
    void clientThatDoesNotReadIsClosed() {
        // Given
        client.opened(new Identity("shop", true, time.now().plusSeconds(600)));
        subscribe("a");
        wire.isStuck = true;
        // When
        for (int seq = 1; seq < 2_000; seq++) {
            tasks.happened(new TaskEvent(
                    TaskEvent.Type.QUEUED,
                    "tsk_" + seq,
                    1,
                    "echo",
                    "acme",
                    null,
                    List.of("a"),
                    1,
                    0,
                    Tasks.AT,
                    null,
                    null,
                    null));
        }
        // Then
        assertThat(wire.closeCode).isEqualTo(4008);
        assertThat(seats.taken()).isZero();
    }

    @Test
    void instanceThatStopsSaysSo() {
        // Given
        client.opened(ada(600));
        pass(0);
        // When
        tasks.stop();
        pass(1);
        // Then
        assertThat(wire.kinds()).containsExactly("Restarting");
        assertThat(wire.closeCode).isEqualTo(1012);
    }
}
