package io.drawdown.simulator.purchasing;

import io.drawdown.simulator.bugs.PurchaseBugs;
import io.drawdown.simulator.bugs.overlay.Overlay;
import io.drawdown.simulator.bugs.overlay.SeededBug;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Shows that the histories can fail: each known bug of purchases and top-ups is found by them. */
@Tag("seeded")
@Execution(ExecutionMode.CONCURRENT)
class PlantedPurchaseBugsTest {

    private static final long HISTORIES = 5_000;

    private static final String RULES = "billing.topup.TopUpRules";

    static Stream<SeededBug> bugs() {
        return Stream.concat(
                PurchaseBugs.all().stream(),
                Stream.of(SeededBug.of(
                        "a removed top-up forgets what it did",
                        RULES,
                        "TopUpDocument next = turnedOn(rule, now).with(terms)",
                        "TopUpDocument next = turnedOn(rule.isRemoved() ? rule.with(new Progress(0, null,"
                                + " null, 0, null, 0, 0)) : rule, now).with(terms)")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bugs")
    void isFound(SeededBug bug) {
        // When
        String found = String.valueOf(Overlay.with(bug).run(Hunt.class.getName(), "run", 1L, HISTORIES));
        // Then
        System.out.println(bug.name() + ": " + found);
        assertThat(found).isNotEqualTo(Hunt.NOTHING).doesNotContain("the engine fails");
    }
}
