package io.drawdown.simulator.charging;

import io.drawdown.simulator.bugs.BillingBugs;
import io.drawdown.simulator.bugs.overlay.Overlay;
import io.drawdown.simulator.bugs.overlay.SeededBug;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Shows that the histories can fail: each known bug of charging alone is found by them. */
@Tag("seeded")
@Execution(ExecutionMode.CONCURRENT)
class PlantedBugsTest {

    private static final long HISTORIES = 20_000;

    private static final String MOVE = "billing.charge.engine.Move";
    private static final String OUTCOMES = "billing.charge.engine.Outcomes";
    private static final String CHARGE = "billing.charge.Charge";
    private static final String NEXT_INTENT =
            "move.writes.record(now -> now.canceledAtStripe(move.claim()), move::step)";

    static Stream<SeededBug> bugs() {
        return Stream.of(BillingBugs.ofCharges().stream(), bugsOfKeys(), bugsOfDeclines())
                .flatMap(each -> each);
    }

    private static Stream<SeededBug> bugsOfKeys() {
        return Stream.of(
                SeededBug.of(
                        "an old key sent again after 24 hours",
                        MOVE,
                        "return !ports.time().now().isBefore(keyAt.plus(ports.limits().key()));",
                        "return false;"),
                SeededBug.of("resource_missing taken for not charged", OUTCOMES, """
                    case Answer.Shown it -> shown.apply(it.view());
                    case Answer.Missing _ -> dies(Fault.MISSING);\
                    """, """
                        case Answer.Shown it -> shown.apply(it.view());
                        case Answer.Missing _ -> %s;\
                        """.formatted(NEXT_INTENT)));
    }

    private static Stream<SeededBug> bugsOfDeclines() {
        return Stream.of(
                SeededBug.of(
                        "processing taken for declined",
                        CHARGE,
                        "case PROCESSING -> new Sight.Open(Cause.PROCESSING);",
                        "case PROCESSING -> refusal(view);"),
                SeededBug.of(
                        "the previous charge of the intent is not compared",
                        CHARGE,
                        "|| view.latestCharge().equals(attempt.previousCharge())",
                        ""),
                SeededBug.of("the payer hears of a decline after the charge", OUTCOMES, """
                    return move.leave(leave(refused))
                            .chain(nextTry -> move.writes.record(
                                    now -> now.declined(refused, nextTry.orElse(null), move.now()), this::rest));\
                    """, """
                    return move.writes.record(
                            now -> now.declined(refused, move.soon(), move.now()),
                            () -> move.leave(leave(refused)).chain(this::rest));\
                    """),
                SeededBug.of(
                        "a refused cancellation taken for a cancellation",
                        OUTCOMES,
                        "case Answer.WrongState _, Answer.Unknown _, Answer.KeyInUse _, Answer.KeyReused _,",
                        "case Answer.WrongState _ -> " + NEXT_INTENT
                                + "; case Answer.Unknown _, Answer.KeyInUse _, Answer.KeyReused _,"));
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
