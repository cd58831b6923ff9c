package io.drawdown.simulator.bugs;

import java.util.List;

/** Bugs in what becomes of credits that are given or paid. */
final class GrantBugs {

    private static final String ROOM = "credits.rules.GrantRoom";

    private GrantBugs() {}

    static List<SeededBug> all() {
        return List.of(joinAGrantOfAnotherEnd(), refuseAPayment(), burnPromosFirst());
    }

    /** At the bound a promo of a day joins a promo without end, and has none either. */
    private static SeededBug joinAGrantOfAnotherEnd() {
        return SeededBug.of(
                "let a grant join one that ends later",
                ROOM,
                "grant.hasTermsOf(wanted) || isShared && isUsedLike(grant, wanted)",
                "grant.kind() == wanted.kind() && grant.priority() == wanted.priority()");
    }

    /** Whoever paid hears that there are too many grants, and hears it again with every retry. */
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
