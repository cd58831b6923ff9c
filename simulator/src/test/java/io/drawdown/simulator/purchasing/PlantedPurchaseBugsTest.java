package io.drawdown.simulator.purchasing;

import io.drawdown.simulator.bugs.overlay.Edit;
import io.drawdown.simulator.bugs.overlay.Overlay;
import io.drawdown.simulator.bugs.overlay.SeededBug;
import java.util.List;
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

    private static final String WORK = "billing.purchase.engine.PurchaseWork";
    private static final String CHECK = "billing.topup.engine.TopUpCheck";
    private static final String RULES = "billing.topup.TopUpRules";

    static Stream<SeededBug> bugs() {
        return Stream.concat(bugsOfPurchases(), bugsOfTopUps());
    }

    private static Stream<SeededBug> bugsOfPurchases() {
        return Stream.of(
                SeededBug.of(
                        "grant by event only",
                        WORK,
                        "case Paid paid -> grant(purchase, paid, turn);",
                        "case Paid _ -> stays(purchase);"),
                SeededBug.of(
                        "refund after an unknown grant",
                        WORK,
                        ".recoverWithItem(fault -> notGranted(purchase, paid))",
                        ".recoverWithItem(fault -> (current, now) -> PurchaseRules.refused(current, \"unknown\","
                                + " now))"));
    }

    private static Stream<SeededBug> bugsOfTopUps() {
        return Stream.of(
                new SeededBug(
                        "top-up guard that ends at paid",
                        List.of(
                                new Edit(
                                        CHECK,
                                        "return purchase.status().isOver() ? over(rule, purchase, left)",
                                        "return purchase.receipt() != null || purchase.status().isOver()"
                                                + " ? over(rule, purchase, left)"),
                                new Edit(
                                        RULES,
                                        "|| !purchase.status().isOver()) {",
                                        "|| (purchase.receipt() == null && !purchase.status().isOver())) {"))),
                SeededBug.of(
                        "a removed top-up forgets what it did",
                        RULES,
                        "TopUpDocument next = turnedOn(rule, now).with(terms)",
                        "TopUpDocument next = turnedOn(rule.isRemoved()"
                                + " ? rule.with(new Progress(0, null, null, 0, null, 0, 0)) : rule, now).with(terms)"),
                SeededBug.of(
                        "a view from before the latest grant counts",
                        RULES,
                        "return seq < rule.progress().grantedSeq();",
                        "return false;"),
                SeededBug.of(
                        "attempts that are not counted",
                        RULES,
                        "int attempts = day.equals(p.day()) ? p.attempts() + 1 : 1;",
                        "int attempts = day.equals(p.day()) ? p.attempts() : 1;"));
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
