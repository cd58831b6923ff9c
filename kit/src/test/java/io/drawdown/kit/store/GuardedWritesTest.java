package io.drawdown.kit.store;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** A change of a counter, against a store in memory that loses races, requests and answers. */
class GuardedWritesTest {

    /** A document as a service would have one. */
    record Counter(String id, long rev, String writeId, int value) implements GuardedDocument {

        Counter plus(int more) {
            return new Counter(id, rev, writeId, value + more);
        }

        Counter stamped(String nextWriteId) {
            return new Counter(id, rev + 1, nextWriteId, value);
        }
    }

    private static final GuardedWrites.Rule<Counter> ONE_MORE = (current, _) -> current.plus(1);
    private static final GuardedWrites.Rule<Counter> TO_ONE =
            (current, _) -> current.value() < 1 ? current.plus(1) : null;
    private static final Duration LONG = Duration.ofSeconds(10);

    private final ManualTime time = new ManualTime();
    private final Counters store = new Counters();
    private final List<Counter> offered = new ArrayList<>();
    private final GuardedWrites<Counter> writes =
            new GuardedWrites<>(store, Counter::stamped, offered::add, time, time, new Random(1));

    @Test
    void insertedDocumentIsStampedAndOffered() {
        // When
        Optional<Counter> inserted = done(writes.insert(fresh("b")));
        // Then
        assertThat(inserted).contains(store.stored("b"));
        assertThat(store.stored("b").writeId()).isNotEmpty();
        assertThat(offered).containsExactly(store.stored("b"));
    }

    @Test
    void insertOfAnExistingDocumentChangesNothing() {
        // Given
        Counter there = store.put(fresh("a"));
        // When
        Optional<Counter> inserted = done(writes.insert(fresh("a").plus(7)));
        // Then
        assertThat(inserted).isEmpty();
        assertThat(store.stored("a")).isEqualTo(there);
        assertThat(offered).isEmpty();
    }

    @Test
    void changeOfACurrentCopyNeedsNoRead() {
        // Given
        Counter seen = store.put(fresh("a"));
        // When
        Counter changed = done(writes.change(seen, ONE_MORE));
        // Then
        assertThat(changed).isEqualTo(store.stored("a"));
        assertThat(store.stored("a").value()).isEqualTo(1);
        assertThat(store.reads).isZero();
        assertThat(offered).containsExactly(store.stored("a"));
    }

    @Test
    void lostRaceIsDecidedAgainOnWhatTheWinnerLeft() {
        // Given
        Counter seen = store.put(fresh("a"));
        store.put(seen.plus(10).stamped("winner"));
        // When
        Counter changed = done(writes.change(seen, ONE_MORE));
        // Then
        assertThat(changed.value()).isEqualTo(11);
        assertThat(store.stored("a").value()).isEqualTo(11);
    }

    @Test
    void ruleThatDoesNotApplyIsAnsweredFromAFreshRead() {
        // Given
        Counter seen = store.put(fresh("a")).plus(1);
        Counter winner = store.put(seen.stamped("winner"));
        // When
        Counter found = done(writes.change(seen, TO_ONE));
        // Then
        assertThat(found).isEqualTo(winner);
        assertThat(store.writes).isZero();
        assertThat(offered).containsExactly(winner);
    }

    @Test
    void raceThatIsLostEachTimeIsGivenUpAfterSixteen() {
        // Given
        Counter seen = store.put(fresh("a"));
        store.losing = true;
        // When
        Throwable fault = failed(writes.change(seen, ONE_MORE));
        // Then
        assertThat(fault).isInstanceOf(Unavailable.class).hasMessageContaining("too often");
        assertThat(store.writes).isEqualTo(GuardedWrites.MOST_TRIES).isEqualTo(16);
        assertThat(store.stored("a").value()).isZero();
    }

    @Test
    void unknownWriteThatHappenedIsFoundByItsWriteId() {
        // Given
        Counter seen = store.put(fresh("a"));
        store.answersToLose = 1;
        // When
        Counter changed = done(writes.change(seen, ONE_MORE));
        // Then
        assertThat(changed).isEqualTo(store.stored("a"));
        assertThat(store.stored("a").value()).isEqualTo(1);
        assertThat(store.writes).isEqualTo(1);
        assertThat(offered).containsExactly(store.stored("a"));
    }

    @Test
    void unknownWriteThatDidNotHappenIsSentAgain() {
        // Given
        Counter seen = store.put(fresh("a"));
        store.requestsToLose = 1;
        // When
        Counter changed = done(writes.change(seen, ONE_MORE));
        // Then
        assertThat(changed).isEqualTo(store.stored("a"));
        assertThat(store.stored("a").value()).isEqualTo(1);
        assertThat(store.writes).isEqualTo(2);
    }

    @Test
    void writeThatMayStillArriveForbidsAnAnswerWithoutAWrite() {
        // Given
        Counter seen = store.put(fresh("a"));
        store.requestsToLose = 1;
        boolean[] asked = {false};
        GuardedWrites.Rule<Counter> once = (current, _) -> {
            boolean isFirst = !asked[0];
            asked[0] = true;
            return isFirst ? current.plus(1) : null;
        };
        // When
        Throwable fault = failed(writes.change(seen, once));
        // Then
        assertThat(fault).isInstanceOf(OutcomeUnknown.class);
        assertThat(offered).isEmpty();
    }

    @Test
    void anotherWriteInItsPlaceShowsThatAnUnknownWriteDidNotHappen() {
        // Given
        Counter seen = store.put(fresh("a"));
        store.requestsToLose = 1;
        store.afterLoss = () -> store.put(seen.plus(5).stamped("winner"));
        // When
        Counter found = done(writes.change(seen, TO_ONE));
        // Then
        assertThat(found.writeId()).isEqualTo("winner");
        assertThat(offered).containsExactly(found);
    }

    @Test
    void storeThatIsAwayAfterAnUnknownWriteLeavesTheOutcomeUnknown() {
        // Given
        Counter seen = store.put(fresh("a"));
        store.requestsToLose = 1;
        store.afterLoss = () -> store.away = true;
        // When
        Throwable fault = failed(writes.change(seen, ONE_MORE));
        // Then
        assertThat(fault).isInstanceOf(OutcomeUnknown.class);
    }

    @Test
    void storeThatIsAwayDidNothing() {
        // Given
        Counter seen = store.put(fresh("a"));
        store.away = true;
        // When
        Throwable fault = failed(writes.change(seen, ONE_MORE));
        // Then
        assertThat(fault).isInstanceOf(Unavailable.class);
    }

    @Test
    void documentThatIsGoneIsABug() {
        // Given
        Counter seen = fresh("gone");
        // When
        Throwable fault = failed(writes.change(seen, ONE_MORE));
        // Then
        assertThat(fault).isInstanceOf(IllegalStateException.class).hasMessageContaining("gone");
    }

    private static Counter fresh(String id) {
        return new Counter(id, 1, "", 0);
    }

    private <T> T done(Uni<T> answer) {
        return run(answer).assertCompleted().getItem();
    }

    private Throwable failed(Uni<?> answer) {
        return run(answer).assertFailed().getFailure();
    }

    private <T> UniAssertSubscriber<T> run(Uni<T> answer) {
        UniAssertSubscriber<T> subscriber = answer.subscribe().withSubscriber(UniAssertSubscriber.create());
        time.advance(LONG);
        return subscriber;
    }

    /** Counters in memory, 1 ms away. */
    private final class Counters implements GuardedStore<Counter> {

        private final Map<String, Counter> documents = new HashMap<>();
        boolean away;
        /** Somebody else is always faster. */
        boolean losing;
        /** So many writes do not arrive, and their writers do not learn it. */
        int requestsToLose;
        /** What happens once a write was lost. */
        Runnable afterLoss = () -> {};
        /** So many writes happen, but their writers do not learn it. */
        int answersToLose;

        int reads;
        int writes;

        Counter put(Counter counter) {
            documents.put(counter.id(), counter);
            return counter;
        }

        Counter stored(String id) {
            return requireNonNull(documents.get(id));
        }

        @Override
        public Uni<Optional<Counter>> get(String id) {
            return answer(() -> {
                reads++;
                return Optional.ofNullable(documents.get(id));
            });
        }

        @Override
        public Uni<Boolean> insert(Counter counter) {
            return write(() -> documents.putIfAbsent(counter.id(), counter) == null);
        }

        @Override
        public Uni<Boolean> replace(Counter before, Counter next) {
            return write(() -> {
                Counter there = documents.get(before.id());
                boolean wins = !losing && there != null && there.rev() == before.rev();
                if (wins) {
                    put(next);
                }
                return wins;
            });
        }

        private Uni<Boolean> write(Supplier<Boolean> effect) {
            return answer(() -> {
                writes++;
                if (requestsToLose > 0) {
                    requestsToLose--;
                    afterLoss.run();
                    throw new OutcomeUnknown("the request was lost");
                }
                boolean done = effect.get();
                if (answersToLose > 0) {
                    answersToLose--;
                    throw new OutcomeUnknown("the answer was lost");
                }
                return done;
            });
        }

        private <T> Uni<T> answer(Supplier<T> effect) {
            return time.answer(Duration.ofMillis(1), () -> {
                if (away) {
                    throw new Unavailable("the counters are away");
                }
                return effect.get();
            });
        }
    }
}
