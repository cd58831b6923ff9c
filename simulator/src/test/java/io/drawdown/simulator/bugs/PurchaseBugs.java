package io.drawdown.simulator.bugs;

import io.drawdown.simulator.bugs.overlay.SeededBug;
import java.util.List;

/** Bugs of credits that are bought, which their own histories find, too. */
public final class PurchaseBugs {

    private static final String WORK = "billing.purchase.engine.PurchaseWork";

    private PurchaseBugs() {}

    public static List<SeededBug> all() {
        return List.of(grantByEventOnly());
    }

    private static SeededBug grantByEventOnly() {
        return SeededBug.ofBilling(
                "grant by event only",
                WORK,
                "case Paid paid -> grant(purchase, paid, turn);",
                "case Paid _ -> stays(purchase);");
    }
}
