package io.drawdown.simulator.plants;

import java.util.List;

/** Bugs in what becomes of credits that are given or paid. */
final class GrantPlants {

    private static final String ACCOUNTS = "credits-service/src/main/java/io/drawdown/credits/accounts/";
    private static final String ROOM = ACCOUNTS + "GrantRoom.java";

    private GrantPlants() {}

    static List<Plant> all() {
        return List.of(joinAGrantOfAnotherEnd(), refuseAPayment(), burnPromosFirst());
    }

    /** At the bound a promo of a day joins a promo without end, and has none either. */
    private static Plant joinAGrantOfAnotherEnd() {
        return Plant.of(
                "let a grant join one that ends later",
                ROOM,
                "grant.hasTermsOf(wanted) || isShared && isUsedLike(grant, wanted)",
                "grant.kind() == wanted.kind() && grant.priority() == wanted.priority()");
    }

    /** Whoever paid hears that there are too many grants, and hears it again with every retry. */
    private static Plant refuseAPayment() {
        return Plant.of(
                "refuse a payment at the bound of grants",
                ROOM,
                "return joined.isPresent() || !isPaid ? joined : Optional.of(wanted);",
                "return joined;");
    }

    /** Paid credits that end soon are lost while promos without end burn. */
    private static Plant burnPromosFirst() {
        return Plant.of("burn promos before paid credits that end sooner", ACCOUNTS + "Grant.java", """
                .thenComparing(grant -> grant.expiresAt == null ? Instant.MAX : grant.expiresAt)
                .thenComparing(grant -> grant.kind.isPaid());""", """
                .thenComparing(grant -> grant.kind.isPaid())
                .thenComparing(grant -> grant.expiresAt == null ? Instant.MAX : grant.expiresAt);""");
    }
}
