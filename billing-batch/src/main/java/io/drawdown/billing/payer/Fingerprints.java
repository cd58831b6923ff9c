package io.drawdown.billing.payer;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.engine.PayerGate.Leave;
import io.drawdown.billing.payer.PayerRules.Permitted;
import io.drawdown.kit.store.GuardedStore;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What the networks allow to be tried, per card number and whoever pays with it. Belongs to the thread of its core. */
final class Fingerprints {

    private final GuardedStore<FingerprintDocument> store;
    private final GuardedWrites<FingerprintDocument> writes;
    private final Time time;

    Fingerprints(GuardedStore<FingerprintDocument> store, Time time, Scheduler scheduler, RandomGenerator random) {
        this.store = store;
        this.time = time;
        this.writes = new GuardedWrites<>(store, FingerprintDocument::written, document -> {}, time, scheduler, random);
    }

    /** May the card be tried now? */
    sealed interface Permit {

        record Granted(Permitted permitted) implements Permit {}

        record NotBefore(Instant at) implements Permit {}
    }

    /** That payer has the card. It is known here before the payer's own document shows it. */
    Uni<Void> join(Card card, String payer) {
        return change(card, payer, (current, now) -> current.joined(payer, now)).replaceWithVoid();
    }

    Uni<Permit> permit(Card card, String chargeId) {
        return store.get(card.fingerprint())
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(granted(card, null))
                        : permit(found.get(), card, chargeId));
    }

    /** Only a trial costs a write; one refusal is read after this call began. */
    private Uni<Permit> permit(FingerprintDocument found, Card card, String chargeId) {
        Instant now = time.now();
        if (found.tried(chargeId, now) == null) {
            return Uni.createFrom().item(answer(found, card, chargeId));
        }
        return writes.change(found, (current, at) -> current.tried(chargeId, at))
                .map(written -> answer(written, card, chargeId));
    }

    private Permit answer(FingerprintDocument document, Card card, String chargeId) {
        if (document.hasTrial(chargeId)) {
            return granted(card, document.id());
        }
        Instant now = time.now();
        Instant at = document.allowedAt(chargeId, now);
        return at.isAfter(now) ? new Permit.NotBefore(at) : granted(card, null);
    }

    private static Permit granted(Card card, @Nullable String trial) {
        return new Permit.Granted(new Permitted(card, trial));
    }

    /** The charge is no trial any more. */
    Uni<Void> leave(@Nullable String trial, String chargeId) {
        return trial == null
                ? Uni.createFrom().voidItem()
                : store.get(trial)
                        .chain(found -> found.isEmpty()
                                ? Uni.createFrom().voidItem()
                                : writes.change(found.get(), (current, now) -> current.left(chargeId, now))
                                        .replaceWithVoid());
    }

    Uni<Void> count(String payer, String chargeId, Leave.Declined declined) {
        return change(declined.card(), payer, (current, now) -> current.declined(chargeId, declined.id(), now))
                .replaceWithVoid();
    }

    private Uni<FingerprintDocument> change(Card card, String payer, GuardedWrites.Rule<FingerprintDocument> rule) {
        return store.get(card.fingerprint()).chain(found -> {
            if (found.isPresent()) {
                return writes.change(found.get(), rule);
            }
            FingerprintDocument first = FingerprintDocument.of(card, payer);
            FingerprintDocument next = rule.apply(first, time.now());
            return writes.insert(next == null ? first : next)
                    .chain(inserted ->
                            inserted.isPresent() ? Uni.createFrom().item(inserted.get()) : change(card, payer, rule));
        });
    }
}
