package io.drawdown.simulator.bugs;

import io.drawdown.simulator.bugs.overlay.Edit;
import io.drawdown.simulator.bugs.overlay.SeededBug;
import io.drawdown.simulator.history.Scene;
import java.util.List;

/** Bugs of credits that are bought, which their own histories find, too. */
public final class PurchaseBugs {

    private static final String WORK = "billing.purchase.engine.PurchaseWork";
    private static final String CHECK = "billing.topup.engine.TopUpCheck";
    private static final String RULES = "billing.topup.TopUpRules";

    private PurchaseBugs() {}

    public static List<SeededBug> all() {
        return List.of(endTheGuardAtPaid(), grantByEventOnly(), refundAfterAnUnknownGrant());
    }

    private static SeededBug endTheGuardAtPaid() {
        return new SeededBug(
                Scene.BILLING,
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
                                "|| (purchase.receipt() == null && !purchase.status().isOver())) {")));
    }

    private static SeededBug grantByEventOnly() {
        return SeededBug.ofBilling(
                "grant by event only",
                WORK,
                "case Paid paid -> grant(purchase, paid, turn);",
                "case Paid _ -> stays(purchase);");
    }

    private static SeededBug refundAfterAnUnknownGrant() {
        return SeededBug.ofBilling(
                "refund after an unknown grant",
                WORK,
                ".recoverWithItem(fault -> notGranted(purchase, paid))",
                ".recoverWithItem(fault -> (current, now) -> PurchaseRules.refused(current, \"unknown\", now))");
    }
}
