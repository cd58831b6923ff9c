package io.drawdown.tasks.api.watch;

import io.drawdown.contracts.TaskEvent;
import io.drawdown.kit.testing.ManualTime;
import io.drawdown.tasks.api.watch.EventStream.Client;
import io.drawdown.tasks.api.watch.EventStream.Events;
import io.drawdown.tasks.api.watch.EventStream.Room;
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
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EventStreamTest {

    private static final String ID = "tsk_0123456789abcdef0123456789";
    private static final String ENDED = "ended";

    private final ManualTime time = new ManualTime();
    private final Seats seats = new Seats(2, 1);
    private final LiveTasks tasks = new LiveTasks(new OneTask(), time);
    private final List<Events> opened = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    /** A store with one task. A read takes ten milliseconds. */
    private final class OneTask implements LiveReads {
        @Override
        public Uni<Optional<TaskDocument>> task(String id) {
            return time.answer(Duration.ofMillis(10), () -> Optional.of(Tasks.waiting(ID)));
        }

        @Override
        public Uni<List<TaskDocument>> tasks(Collection<String> ids) {
            return time.answer(List::of);
        }

        @Override
        public Uni<List<TaskDocument>> page(Query query) {
            return time.answer(List::of);
        }
    }

    private void open(Duration validFor) {
        EventStream.open(new Room(tasks, seats, time), new Client(ID, null, validFor))
                .subscribe()
                .with(opened::add, fault -> told.add("refused " + fault));
    }

    private void read() {
        opened.getFirst()
                .text()
                .map(text -> text.lines().findFirst().orElse(""))
                .subscribe()
                .with(told::add, fault -> told.add("broken"), () -> told.add(ENDED));
    }

    private void pass(Duration period) {
        time.advance(period);
    }

    private void happens(long seq) {
        happens(seq, TaskEvent.Type.STARTED);
    }

    private void happens(long seq, TaskEvent.Type type) {
        tasks.happened(new TaskEvent(type, ID, seq, "echo", "acme", null, null, 1, 1, Tasks.AT, null, null, null));
    }

    @Test
    void tokenThatIsOverBeforeTheTaskIsReadEndsTheStreamAfterTheTask() {
        // When
        open(Duration.ofSeconds(-5));
        pass(Duration.ofSeconds(1));
        read();
        pass(Duration.ZERO);
        // Then
        assertThat(told).containsExactly("event: task", ENDED);
        assertThat(seats.taken()).isZero();
        assertThat(time.waiting()).isZero();
    }

    @Test
    void instanceThatStopsWhileTheTaskIsReadEndsTheStreamAfterTheTask() {
        // When
        open(Duration.ofHours(1));
        tasks.stop();
        pass(Duration.ofSeconds(1));
        read();
        // Then
        assertThat(told).containsExactly("event: task", ENDED);
        assertThat(tasks.clients()).isZero();
    }

    @Test
    void answerThatNobodyReadsKeepsNoSeat() {
        // Given
        open(Duration.ofHours(1));
        // When
        pass(Duration.ofSeconds(9));
        int before = seats.taken();
        pass(Duration.ofSeconds(2));
        // Then
        assertThat(before).isEqualTo(1);
        assertThat(seats.taken()).isZero();
        assertThat(time.waiting()).isZero();
    }

    @Test
    void streamThatIsReadGoesOn() {
        // Given
        open(Duration.ofHours(1));
        pass(Duration.ofSeconds(1));
        read();
        // When
        pass(Duration.ofSeconds(20));
        happens(2);
        // Then
        assertThat(told).containsExactly("event: task", ":", "event: step");
        assertThat(seats.taken()).isEqualTo(1);
    }

    @Test
    void streamEndsWithTheTaskAndAfterAnHourAtTheLatest() {
        // Given
        open(Duration.ofHours(2));
        pass(Duration.ofSeconds(1));
        read();
        // When
        happens(2, TaskEvent.Type.COMPLETED);
        List<String> first = List.copyOf(told);
        opened.clear();
        told.clear();
        open(Duration.ofHours(2));
        pass(Duration.ofSeconds(1));
        read();
        pass(EventStream.LONGEST);
        // Then
        assertThat(first).containsExactly("event: task", "event: step", ENDED);
        assertThat(told).startsWith("event: task").endsWith(ENDED);
        assertThat(seats.taken()).isZero();
    }

    @Test
    void clientThatIsTooSlowIsCutOff() {
        // Given
        open(Duration.ofHours(1));
        pass(Duration.ofSeconds(1));
        // When
        for (long seq = 2; seq < 300; seq++) {
            happens(seq);
        }
        pass(Duration.ZERO);
        // Then
        assertThat(seats.taken()).isZero();
        assertThat(tasks.clients()).isZero();
    }
}
