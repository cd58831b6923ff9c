package io.drawdown.billing.refund;

import io.drawdown.billing.refund.ChargeFacts.Facts;
import io.drawdown.billing.store.DocumentOutbox;
import io.drawdown.contracts.ChargeEvent;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Records refunds and disputes of charges. After an event it reads the document, then asks Stripe for the charge, then writes only if
 * the document is still the one that was read. So an older answer of Stripe never replaces a newer one, in whatever order events
 * arrive. Runs on the thread of its core.
 */
public final class Refunds {

    private static final int MOST_RACES = 8;

    private final RefundStore store;
    private final ChargeFacts facts;
    private final GuardedWrites<RefundDocument> writes;
    private final DocumentOutbox<RefundDocument, ChargeEvent> outbox;
    private final Time time;

    public Refunds(Ports ports, Time time, Scheduler scheduler, RandomGenerator random) {
        this.store = ports.store();
        this.facts = ports.facts();
        this.time = time;
        this.outbox = new DocumentOutbox<>(
                "look for unsent events of refunds",
                store,
                new RefundOutbox(store),
                ports.events(),
                time,
                scheduler,
                random);
        this.writes = new GuardedWrites<>(store, RefundDocument::written, outbox, time, scheduler, random);
    }

    /** Everything outside that this talks to. */
    public record Ports(RefundStore store, ChargeFacts facts, EventPublisher events) {}

    /** Publishes events that a crash left behind. */
    public void start() {
        outbox.start();
    }

    /** Publishes at once what is left, and looks for no more. */
    public void finish() {
        outbox.finish();
    }

    public boolean isDrained() {
        return outbox.isDrained();
    }

    /** Events that are not published yet. */
    public int backlog() {
        return outbox.backlog();
    }

    /** As stored; empty if nothing became of that charge of Stripe's. */
    public Uni<Optional<RefundDocument>> find(String stripeCharge) {
        return store.get(stripeCharge);
    }

    /** Something has happened to a charge of Stripe's. Fails if that cannot be looked at now. */
    public Uni<Void> charge(String stripeCharge) {
        return look(stripeCharge, 0);
    }

    public Uni<Void> refund(String refund) {
        return facts.chargeOfRefund(refund).chain(this::look);
    }

    public Uni<Void> dispute(String dispute) {
        return facts.chargeOfDispute(dispute).chain(this::look);
    }

    private Uni<Void> look(Optional<String> stripeCharge) {
        return stripeCharge.isEmpty() ? Uni.createFrom().voidItem() : look(stripeCharge.get(), 0);
    }

    private Uni<Void> look(String stripeCharge, int races) {
        return store.get(stripeCharge).chain(before -> facts.charge(stripeCharge)
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : record(stripeCharge, before, found.get(), races)));
    }

    private Uni<Void> record(String stripeCharge, Optional<RefundDocument> before, Facts seen, int races) {
        RefundDocument read = before.orElseGet(() -> RefundDocument.of(stripeCharge, seen.paid()));
        return before.isEmpty() ? insert(read, seen, races) : replace(read, seen, races);
    }

    /** Nothing is stored of a charge that nothing became of. */
    private Uni<Void> insert(RefundDocument none, Facts seen, int races) {
        RefundDocument first = none.seen(seen, time.now());
        return first == null
                ? Uni.createFrom().voidItem()
                : writes.insert(first)
                        .chain(inserted ->
                                inserted.isPresent() ? Uni.createFrom().voidItem() : again(none.id(), races));
    }

    private Uni<Void> replace(RefundDocument read, Facts seen, int races) {
        return writes.change(read, (current, now) -> current.rev() == read.rev() ? current.seen(seen, now) : null)
                .chain(written -> isLost(read, written, seen)
                        ? again(read.id(), races)
                        : Uni.createFrom().voidItem());
    }

    /** Somebody has written it since it was read, so what was seen may be older than what is written there. */
    private static boolean isLost(RefundDocument read, RefundDocument written, Facts seen) {
        return written.rev() > read.rev() + 1 || (written.rev() == read.rev() + 1 && !shows(written, seen));
    }

    private static boolean shows(RefundDocument document, Facts seen) {
        return document.refundedCents() == seen.refundedCents()
                && document.disputes().containsAll(seen.disputes());
    }

    private Uni<Void> again(String stripeCharge, int races) {
        return races < MOST_RACES
                ? look(stripeCharge, races + 1)
                : Uni.createFrom().failure(new Unavailable("lost the race for " + stripeCharge + " too often"));
    }
}
