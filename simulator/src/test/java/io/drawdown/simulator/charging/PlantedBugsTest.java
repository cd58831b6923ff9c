package io.drawdown.simulator.charging;

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
    private static final String PAYER = "billing.payer.PayerRules";
    private static final String NEXT_INTENT =
            "move.writes.record(now -> now.canceledAtStripe(move.claim()), move::step)";

    static Stream<SeededBug> bugs() {
        return Stream.of(bugsOfIntents(), bugsOfWrites(), bugsOfDeclines(), bugsOfHints())
                .flatMap(each -> each);
    }

    private static Stream<SeededBug> bugsOfIntents() {
        return Stream.of(
                SeededBug.of(
                        "confirm before storing the intent",
                        OUTCOMES,
                        ": move.writes.write(charge().created(view, card, move.claim()), move::confirm, move::step);",
                        """
                        : Move.call(move.ports.payments().confirm(
                                Objects.requireNonNull(charge().created(view, card, move.claim()).intent()),
                                ((Confirming) charge().created(view, card, move.claim()).state()).attempt(),
                                true))
                        .chain(() -> move.writes.write(
                                charge().created(view, card, move.claim()), move::confirm, move::step));\
                        """),
                SeededBug.of(
                        "a new intent after an unknown outcome",
                        OUTCOMES,
                        "case Answer.WrongState _, Answer.Unknown _, Answer.KeyInUse _ -> look(IfUnchanged.WAIT);",
                        "case Answer.Unknown _ -> " + NEXT_INTENT
                                + "; case Answer.WrongState _, Answer.KeyInUse _ -> look(IfUnchanged.WAIT);"),
                SeededBug.of("resource_missing taken for not charged", OUTCOMES, """
                    case Answer.Shown it -> shown.apply(it.view());
                    case Answer.Missing _ -> dies(Fault.MISSING);\
                    """, """
                        case Answer.Shown it -> shown.apply(it.view());
                        case Answer.Missing _ -> %s;\
                        """.formatted(NEXT_INTENT)));
    }

    private static Stream<SeededBug> bugsOfWrites() {
        return Stream.of(
                SeededBug.of(
                        "cancel without Stripe", MOVE, "WaitingForCard _, WaitingForCustomer _ -> cancel(null);", """
                        WaitingForCard _, WaitingForCustomer _ -> leave(new Leave.Untried())
                                .chain(() -> writes.write(charge().canceledAtStripe(claim()), this::step, this::step));\
                        """),
                SeededBug.of(
                        "the loser of the write confirms",
                        "billing.charge.engine.ChargeWrites",
                        ".map(stored -> keep(stored));",
                        ".map(stored -> keep(stored.or(() -> Optional.of(new Stored(next, before.version())))));"),
                SeededBug.of(
                        "declines counted per item",
                        PAYER,
                        "return isCurrent(payer, card) ? counted.with(resting(payer.rest(), chargeId, declined.decline(), now))"
                                + " : counted;",
                        "return counted;"),
                SeededBug.of(
                        "an old key sent again after 24 hours",
                        MOVE,
                        "return !ports.time().now().isBefore(keyAt.plus(ports.limits().key()));",
                        "return false;"),
                SeededBug.of(
                        "an attempt that nobody can send stays confirming",
                        MOVE,
                        "case WaitingForCard _ -> waitsForCard();",
                        "case WaitingForCard _, Confirming _ -> waitsForCard();"),
                SeededBug.of(
                        "a stored attempt is sent with a card that was taken away",
                        MOVE,
                        "&& card.equals(s.attempt().card());",
                        ";"));
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

    private static Stream<SeededBug> bugsOfHints() {
        return Stream.of(
                SeededBug.of(
                        "a hint does not read the intent of a declined charge",
                        MOVE,
                        "return turn.isHinted() && charge().isResting()",
                        "return turn.isHinted() && charge().id().isEmpty()"),
                SeededBug.of(
                        "a hint counts as used although nobody looked",
                        MOVE,
                        "if (turn.isHinted() && !isUsed) {",
                        "if (turn.fence() < 0) {"));
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
