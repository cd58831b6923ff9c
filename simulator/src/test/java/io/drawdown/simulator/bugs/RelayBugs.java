package io.drawdown.simulator.bugs;

import io.drawdown.simulator.bugs.overlay.Edit;
import io.drawdown.simulator.bugs.overlay.SeededBug;
import java.util.List;

/** Bugs on the way of an outbox entry to its row and its event. */
final class RelayBugs {

    private static final String RELAY = "kit.outbox.Relay";
    private static final String QUEUE = "kit.outbox.AggregateQueue";
    private static final String PUBLICATION = "credits.ledger.Publication";

    private static final String OUTBOX = "credits.ledger.AccountOutbox";

    private static final String STOP = "credits.GracefulStop";

    private RelayBugs() {}

    static List<SeededBug> all() {
        return List.of(
                clearBeforePublishing(),
                publishOnAfterAFailure(),
                takePartOfAPublicationForAll(),
                takeADuplicateRowForPublished(),
                leaveAnOutboxForEver(),
                stopBeforeTheRelayIsEmpty(),
                stopBeforeTakingBack(),
                stopBeforeTheEndsAreSaid());
    }

    /** An instance that finds another's entries in an outbox leaves the outbox to that instance, which may have died. */
    private static SeededBug leaveAnOutboxForEver() {
        return SeededBug.of(
                "leave an outbox to another instance for ever",
                OUTBOX,
                "return Duration.between(head.at(), now).abs().compareTo(PATIENCE) < 0;",
                "return true;");
    }

    /** The publisher is closed as soon as all work is decided; the entries in outboxes wait for another instance. */
    private static SeededBug stopBeforeTheRelayIsEmpty() {
        return SeededBug.of(
                "stop before the relay is empty", STOP, "return isDecided && outbox.isDrained();", "return isDecided;");
    }

    /** The entries that it left to another instance stay in the outbox, and that instance may have died. */
    private static SeededBug stopBeforeTakingBack() {
        return new SeededBug(
                "stop without draining what was left to another instance",
                List.of(
                        new Edit(OUTBOX, "takeBack();\nrelay.finish();", "relay.finish();"),
                        new Edit(
                                OUTBOX,
                                "return leftToOthers.isEmpty() && relay.aggregates() == 0;",
                                "return relay.aggregates() == 0;")));
    }

    /** The same for sessions: their ends are stored but not published. */
    private static SeededBug stopBeforeTheEndsAreSaid() {
        return SeededBug.of(
                "stop before the ends are published",
                "sessions.SessionsCore",
                "return isEnded && outbox.isDrained();",
                "return isEnded;");
    }

    /** The next write of the document drops entries that have their row; after a crash nobody publishes them. */
    private static SeededBug clearBeforePublishing() {
        return new SeededBug(
                "clear the outbox before publishing",
                List.of(
                        new Edit(QUEUE, "recorded -= count;\ndrainedTo = seq;", """
                                recorded -= count;
                                drainedTo = Math.max(drainedTo, seq);"""),
                        new Edit(QUEUE, "void recorded(int count) {", """
                                void cleared(long seq) {
                                    drainedTo = seq;
                                }

                                void recorded(int count) {"""),
                        new Edit(RELAY, "queue.recorded(items.size());", """
                                queue.recorded(items.size());
                                queue.cleared(destination.seq(items.getLast()));""")));
    }

    /** Later events of the key overtake the failed one; if that fails again, or after a crash, it is lost. */
    private static SeededBug publishOnAfterAFailure() {
        return SeededBug.of("go on publishing a key after a failed send", RELAY, """
                publishing--;
                if (queue.failures == 0) {
                    LOG.warnf("Events not published, trying again: fault=%s", fault);
                }
                retry(queue);
                scheduleDispatch();""", """
                List<I> first = queue.publishable(1);
                scheduler.after(limits.retry().first(), () -> destination.publish(queue.aggregateId, first)
                        .subscribe()
                        .with(done -> {}, again -> {}));
                published(queue, first);""");
    }

    /** A publication that stopped in the middle counts as done; what was left of it is lost. */
    private static SeededBug takePartOfAPublicationForAll() {
        return SeededBug.of(
                "take a part of a publication for all of it",
                RELAY,
                "published(queue, items.subList(0, count))",
                "published(queue, items)");
    }

    /** A row from before a crash, or from a write whose answer was lost, has never been published and never will be. */
    private static SeededBug takeADuplicateRowForPublished() {
        return new SeededBug(
                "take a duplicate row for a published one",
                List.of(
                        new Edit(PUBLICATION, "private final CoreMetrics metrics;", """
                                private final CoreMetrics metrics;
                                private final Set<String> duplicates = new java.util.HashSet<>();"""),
                        new Edit(PUBLICATION, ".flatMap(there -> conflicts(rows, Set.copyOf(there)))", """
                                .invoke(duplicates::addAll)
                                .flatMap(there -> conflicts(rows, Set.copyOf(there)))"""),
                        new Edit(PUBLICATION, "return publisher.publishInOrder(", """
                                if (duplicates.remove(rows.getFirst().id())) {
                                    return Uni.createFrom().item(1);
                                }
                                return publisher.publishInOrder(""")));
    }
}
