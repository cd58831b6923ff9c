package io.drawdown.simulator.campaign;

import io.drawdown.simulator.history.Scene;
import io.drawdown.simulator.history.Script;
import io.drawdown.simulator.history.Step;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ShrinkerTest {

    private static final int MANY = 100_000;
    private static final Script LONG = Script.of(Scene.CREDITS, 7, 240);

    @Test
    void onlyTheNeededStepsStay() {
        // Given
        Step early = LONG.steps().get(20);
        Step late = LONG.steps().get(90);
        Predicate<Script> breaks = script -> salts(script).containsAll(List.of(early.salt(), late.salt()));

        // When
        Script shrunk = Shrinker.shrink(LONG, breaks, MANY);

        // Then
        assertThat(shrunk.seed()).isEqualTo(LONG.seed());
        assertThat(shrunk.steps())
                .containsExactly(new Step(early.act(), early.salt(), 0), new Step(late.act(), late.salt(), 0));
    }

    @Test
    void neededPausesStay() {
        // Given
        long needed = 60_000_000_000L;
        Predicate<Script> breaks = script -> pauses(script) >= needed;

        // When
        Script shrunk = Shrinker.shrink(LONG, breaks, MANY);

        // Then
        assertThat(shrunk.steps()).hasSize(1);
        assertThat(pauses(shrunk)).isBetween(needed, 2 * needed);
    }

    @Test
    void theBoundOfRunsIsKept() {
        // Given
        AtomicInteger runs = new AtomicInteger();
        Predicate<Script> breaks = script -> {
            runs.incrementAndGet();
            return script.steps().stream().anyMatch(step -> step.act().name().equals("CRASH"));
        };

        // When
        Script shrunk = Shrinker.shrink(LONG, breaks, 5);

        // Then
        assertThat(runs).hasValueLessThanOrEqualTo(5);
        assertThat(shrunk.steps()).hasSizeLessThan(LONG.steps().size());
    }

    @Test
    void aScriptThatCannotBeShortenedStaysAsItIs() {
        // Given
        Predicate<Script> breaks = LONG::equals;

        // When
        Script shrunk = Shrinker.shrink(LONG, breaks, MANY);

        // Then
        assertThat(shrunk).isEqualTo(LONG);
    }

    private static List<Long> salts(Script script) {
        return script.steps().stream().map(Step::salt).toList();
    }

    private static long pauses(Script script) {
        return script.steps().stream().mapToLong(Step::pauseNanos).sum();
    }
}
