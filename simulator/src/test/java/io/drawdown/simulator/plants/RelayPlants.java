package io.drawdown.simulator.plants;

import java.util.List;

/** Bugs on the way of an outbox item to its row and its event. */
final class RelayPlants {

    private static final String RELAY = "kit/src/main/java/io/drawdown/kit/outbox/Relay.java";
    private static final String LANE = "kit/src/main/java/io/drawdown/kit/outbox/Lane.java";
    private static final String PUBLICATION =
            "credits-service/src/main/java/io/drawdown/credits/ledger/Publication.java";

    private static final String DRAINING = "credits-service/src/main/java/io/drawdown/credits/ledger/Draining.java";

    private static final String STOP = "credits-service/src/main/java/io/drawdown/credits/GracefulStop.java";

    private RelayPlants() {}

    static List<Plant> all() {
        return List.of(
                clearBeforePublishing(),
                goOnAfterAFailure(),
                takeADuplicateRowForPublished(),
                leaveAnOutboxForEver(),
                stopBeforeTheRelayIsEmpty(),
                stopBeforeTakingBack(),
                stopBeforeTheEndsAreSaid());
    }

    /** Whoever finds an outbox with entries of another trusts that one to drain it, though it may have died. */
    private static Plant leaveAnOutboxForEver() {
        return Plant.of(
                "leave an outbox to another for ever",
                DRAINING,
                "return Duration.between(head.at(), now).abs().compareTo(PATIENCE) < 0;",
                "return true;");
    }

    /** The publisher is closed as soon as all work is decided; what is in the outboxes waits for another process. */
    private static Plant stopBeforeTheRelayIsEmpty() {
        return Plant.of(
                "stop before the relay is empty",
                STOP,
                "boolean isDone = isDecided && !draining.hasLeft() && relay.keys() == 0;",
                "boolean isDone = isDecided;");
    }

    /** What it had left to another waits in the outbox, though that one may have died. */
    private static Plant stopBeforeTakingBack() {
        return new Plant(
                "stop without what was left to another",
                List.of(
                        new Edit(STOP, "draining.takeBack();", ""),
                        new Edit(STOP, "isDecided && !draining.hasLeft() &&", "isDecided &&")));
    }

    /** The same of the sessions: their ends are written, and nobody hears of them. */
    private static Plant stopBeforeTheEndsAreSaid() {
        return Plant.of(
                "stop before the ends are said",
                "session-service/src/main/java/io/drawdown/sessions/sessions/SessionsCore.java",
                "boolean idle = isEnded && outbox.isDrained();",
                "boolean idle = isEnded;");
    }

    /** The next write of the document drops what has its row; after a crash nobody publishes it. */
    private static Plant clearBeforePublishing() {
        return new Plant(
                "clear the outbox before publishing",
                List.of(
                        new Edit(LANE, "recorded--;\ndrainedTo = seq;", """
                                recorded--;
                                drainedTo = Math.max(drainedTo, seq);"""),
                        new Edit(LANE, "void recorded(int count) {", """
                                void cleared(long seq) {
                                    drainedTo = seq;
                                }

                                void recorded(int count) {"""),
                        new Edit(RELAY, "lane.recorded(items.size());", """
                                lane.recorded(items.size());
                                lane.cleared(destination.seq(items.getLast()));""")));
    }

    /** Later events of the key overtake the failed one; if that fails again, or after a crash, it is lost. */
    private static Plant goOnAfterAFailure() {
        return Plant.of("go on publishing a key after a failed send", RELAY, """
                publishing--;
                if (lane.failures == 0) {
                    LOG.warnf("An event was not published, tried again soon: %s", fault);
                }
                retry(lane);
                wake();""", """
                I item = lane.head();
                scheduler.after(limits.leastRetry(), () -> destination.publish(lane.key, item)
                        .subscribe()
                        .with(done -> {}, again -> {}));
                published(lane, item);""");
    }

    /** A row from before a crash, or from a write whose answer was lost, has never been published and never will be. */
    private static Plant takeADuplicateRowForPublished() {
        return new Plant(
                "take a duplicate row for a published one",
                List.of(
                        new Edit(PUBLICATION, "private final Listener listener;", """
                                private final Listener listener;
                                private final Set<String> duplicates = new java.util.HashSet<>();"""),
                        new Edit(PUBLICATION, ".flatMap(there -> conflicts(rows, Set.copyOf(there)))", """
                                .invoke(duplicates::addAll)
                                .flatMap(there -> conflicts(rows, Set.copyOf(there)))"""),
                        new Edit(PUBLICATION, "AccountEvent event = row.entry().event(row.account());", """
                                if (duplicates.remove(row.id())) {
                                    return Uni.createFrom().voidItem();
                                }
                                AccountEvent event = row.entry().event(row.account());""")));
    }
}
