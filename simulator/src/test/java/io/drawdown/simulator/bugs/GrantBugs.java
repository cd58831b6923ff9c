package io.drawdown.simulator.bugs;

import io.drawdown.simulator.bugs.overlay.SeededBug;
import java.util.List;

/** Bugs in the treatment of given and paid credits. */
final class GrantBugs {

    private static final String ROOM = "credits.rules.GrantRoom";

    private GrantBugs() {}

    static List<SeededBug> all() {
        return List.of(joinAGrantOfAnotherEnd(), refuseAPayment(), burnPromosFirst());
    }

    /** At the bound a promo of one day joins a promo without an end, and never expires. */
    private static SeededBug joinAGrantOfAnotherEnd() {
        return SeededBug.of(
                "let a grant join one that ends later",
                ROOM,
                "grant.hasTermsOf(wanted) || (isShared && isUsedLike(grant, wanted))",
                "grant.kind() == wanted.kind() && grant.priority() == wanted.priority()");
    }

    /** A payment is refused because there are too many grants, on every retry too. */
    private static SeededBug refuseAPayment() {
        return SeededBug.of(
                "refuse a payment at the bound of grants",
                ROOM,
                "return joined.isPresent() || !isPaid ? joined : Optional.of(wanted);",
                "return joined;");
    }

    /** Paid credits that end soon are lost while promos without end burn. */
    private static SeededBug burnPromosFirst() {
        return SeededBug.of("burn promos before paid credits that end sooner", "credits.account.Grant", """
                .thenComparing(grant -> grant.expiresAt == null ? Instant.MAX : grant.expiresAt)
                .thenComparing(grant -> grant.kind.isPaid());""", """
                .thenComparing(grant -> grant.kind.isPaid())
                .thenComparing(grant -> grant.expiresAt == null ? Instant.MAX : grant.expiresAt);""");
    }
}
