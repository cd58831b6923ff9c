package io.drawdown.tasks.enqueue;

import io.drawdown.kit.faults.Unavailable;
import io.drawdown.tasks.testing.MemoryOrderKeys;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OrderNumbersTest {

    /** Calls of the store that are under way. */
    private final Deque<Runnable> wire = new ArrayDeque<>();

    private final MemoryOrderKeys store = new MemoryOrderKeys(wire::add);
    private final OrderNumbers numbers = new OrderNumbers(store);
    private final List<String> given = new ArrayList<>();

    @Test
    void numbersOfOneKeyAreAskedForOneAfterTheOther() {
        // When
        for (String task : List.of("first", "second", "third")) {
            ask("k", task);
        }
        ask("other", "of another key");
        // Then
        assertThat(wire).as("one of each key").hasSize(2);
        while (!wire.isEmpty()) {
            wire.removeLast().run();
        }
        assertThat(given)
                .containsExactlyInAnyOrder("first 1", "second 2", "third 3", "of another key 1")
                .containsSubsequence("first 1", "second 2", "third 3");
    }

    @Test
    void whatWaitsBehindACallThatFailedFailsWithItAndTheNextOneIsAskedFor() {
        // Given
        ask("k", "first");
        ask("k", "second");
        store.calls.away = true;
        wire.remove().run();
        store.calls.away = false;
        // When
        ask("k", "third");
        wire.remove().run();
        // Then
        assertThat(given).containsExactly("first failed", "second failed", "third 1");
        assertThat(wire).isEmpty();
    }

    private void ask(String key, String task) {
        numbers.next(key)
                .subscribe()
                .with(
                        number -> given.add(task + " " + number),
                        fault -> given.add(task + (fault instanceof Unavailable ? " failed" : " " + fault)));
    }
}
