package io.drawdown.tasks.store;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GroupedCallsTest {

    private final List<List<String>> sent = new ArrayList<>();
    private final List<UniEmitter<? super List<String>>> answers = new ArrayList<>();
    private final List<String> got = new ArrayList<>();
    private final GroupedCalls<String, String> calls =
            new GroupedCalls<>(this::call, item -> item.substring(0, 1), String::length, new GroupLimits(3, 10, 1));

    @Test
    void theFirstGoesAtOnceAndTheOthersAreTheNextGroup() {
        // When
        add("a");
        add("b");
        add("c");
        answer();
        // Then
        assertThat(sent).containsExactly(List.of("a"), List.of("b", "c"));
        assertThat(got).containsExactly("a!");
        answer();
        assertThat(got).containsExactly("a!", "b!", "c!");
    }

    @Test
    void aGroupIsBoundedInItemsAndBytes() {
        // Given
        add("a");
        // When
        add("b");
        add("c");
        add("d");
        add("e12345");
        add("f12345");
        add("g");
        answer();
        answer();
        answer();
        // Then
        assertThat(sent)
                .containsExactly(List.of("a"), List.of("b", "c", "d"), List.of("e12345"), List.of("f12345", "g"));
    }

    @Test
    void anItemThatIsTooLargeGoesAlone() {
        // Given
        add("a");
        // When
        add("b1234567890123");
        add("c");
        answer();
        answer();
        // Then
        assertThat(sent).containsExactly(List.of("a"), List.of("b1234567890123"), List.of("c"));
    }

    @Test
    void twoItemsOfOneKeyAreNeverInOneGroup() {
        // Given
        add("a");
        // When
        add("b1");
        add("b2");
        add("c");
        answer();
        answer();
        // Then
        assertThat(sent).containsExactly(List.of("a"), List.of("b1"), List.of("b2", "c"));
    }

    @Test
    void aFaultIsThatOfAllItsGroupAndOfNoOther() {
        // Given
        add("a");
        add("b");
        add("c");
        // When
        answers.removeFirst().fail(new IllegalStateException("away"));
        answer();
        // Then
        assertThat(got).containsExactly("a: away", "b!", "c!");
    }

    @Test
    void whatWaitsBehindACallThatDidNotHappenFailsAtOnce() {
        // Given
        add("a");
        add("b");
        add("c1234567890123");
        // When
        answers.removeFirst().fail(new Unavailable("away"));
        // Then
        assertThat(got).hasSize(3);
        assertThat(sent).hasSize(1);
    }

    @Test
    void oneCallAtATimeTriesWhetherTheDatabaseIsBackAndTheOthersFailAtOnce() {
        // Given
        add("a");
        answers.removeFirst().fail(new Unavailable("away"));
        // When
        add("b");
        add("c");
        assertThat(got).containsExactly("a: away", "c: the database is away");
        answer();
        add("d");
        add("e");
        answer();
        answer();
        // Then
        assertThat(sent).containsExactly(List.of("a"), List.of("b"), List.of("d"), List.of("e"));
        assertThat(got).containsExactly("a: away", "c: the database is away", "b!", "d!", "e!");
    }

    @Test
    void oneLostAnswerIsNoOutageAndTheSecondInARowIs() {
        // Given
        add("a");
        add("b");
        // When
        answers.removeFirst().fail(new OutcomeUnknown("lost"));
        add("c");
        assertThat(got).containsExactly("a: lost");
        answers.removeFirst().fail(new OutcomeUnknown("lost"));
        // Then
        assertThat(got).containsExactly("a: lost", "b: lost", "c: the database is away");
    }

    private Uni<List<String>> call(List<String> items) {
        sent.add(items);
        return Uni.createFrom().emitter(answers::add);
    }

    private void add(String item) {
        calls.add(item).subscribe().with(got::add, fault -> got.add(item + ": " + fault.getMessage()));
    }

    private void answer() {
        List<String> items = sent.get(sent.size() - 1);
        answers.removeFirst().complete(items.stream().map(item -> item + "!").toList());
    }
}
