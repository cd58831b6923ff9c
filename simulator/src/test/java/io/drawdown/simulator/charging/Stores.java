package io.drawdown.simulator.charging;

import io.drawdown.billing.charge.Charge;
import io.drawdown.billing.charge.ChargeState;
import io.drawdown.billing.charge.engine.ChargeOwner;
import io.drawdown.billing.payer.FingerprintDocument;
import io.drawdown.billing.payer.PayerDocument;
import io.drawdown.billing.payer.PayerStore;
import io.drawdown.billing.payer.PayerStores;
import io.drawdown.kit.store.GuardedStore;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The documents: one per charge, one per payer, guarded as real ones are. */
final class Stores {

    private final World world;
    final List<ChargeOwner.Stored> charges = new ArrayList<>();
    final Map<String, PayerDocument> payers = new HashMap<>();
    private final Map<String, FingerprintDocument> fingerprints = new HashMap<>();

    /** The keys of the confirmations that were ever stored, and of the declines that were ever counted. */
    final Set<String> confirmKeys = new HashSet<>();

    final Set<String> counted = new HashSet<>();

    /** The payment methods that their owner has taken away, with when that was. */
    final Map<String, Integer> deleted = new HashMap<>();

    int ticks;

    /** The numbers of the cards that ever rested. */
    final Set<String> rested = new HashSet<>();

    Stores(World world) {
        this.world = world;
    }

    void add(Charge charge) {
        charges.add(new ChargeOwner.Stored(charge, 1));
    }

    Charge charge(int item) {
        return charges.get(item).charge();
    }

    /** Somebody else writes the document, e.g. the wish of a person. */
    void write(int item, Charge next) {
        world.tell("stored", next);
        charges.set(item, new ChargeOwner.Stored(next, charges.get(item).version() + 1));
    }

    ChargeOwner owner(Runner runner, int item) {
        return new ChargeOwner() {
            @Override
            public Uni<Stored> read() {
                return world.store(runner, false, () -> charges.get(item));
            }

            @Override
            public Uni<Optional<Stored>> replace(Stored seen, Charge next) {
                return world.store(runner, true, () -> {
                    if (charges.get(item).version() != seen.version()) {
                        return Optional.empty();
                    }
                    write(item, next);
                    if (next.state() instanceof ChargeState.Confirming s) {
                        confirmKeys.add(s.attempt().key());
                    }
                    return Optional.of(charges.get(item));
                });
            }
        };
    }

    PayerStores payers(Runner runner) {
        return new PayerStores(payersOf(runner), fingerprintsOf(runner));
    }

    private PayerStore payersOf(Runner runner) {
        return new PayerStore() {
            @Override
            public Uni<Optional<PayerDocument>> get(String id) {
                return world.store(runner, false, () -> Optional.ofNullable(payers.get(id)));
            }

            @Override
            public Uni<Boolean> insert(PayerDocument document) {
                return world.store(runner, true, () -> payers.putIfAbsent(document.id(), document) == null);
            }

            @Override
            public Uni<Boolean> replace(PayerDocument before, PayerDocument next) {
                return world.store(runner, true, () -> replaced(before, next));
            }
        };
    }

    private GuardedStore<FingerprintDocument> fingerprintsOf(Runner runner) {
        return new GuardedStore<>() {
            @Override
            public Uni<Optional<FingerprintDocument>> get(String id) {
                return world.store(runner, false, () -> Optional.ofNullable(fingerprints.get(id)));
            }

            @Override
            public Uni<Boolean> insert(FingerprintDocument document) {
                return world.store(runner, true, () -> fingerprints.putIfAbsent(document.id(), document) == null);
            }

            @Override
            public Uni<Boolean> replace(FingerprintDocument before, FingerprintDocument next) {
                return world.store(runner, true, () -> {
                    FingerprintDocument current = fingerprints.get(before.id());
                    boolean isSame = current != null && current.rev() == before.rev();
                    if (isSame) {
                        fingerprints.put(before.id(), next);
                    }
                    return isSame;
                });
            }
        };
    }

    private boolean replaced(PayerDocument before, PayerDocument next) {
        PayerDocument current = payers.get(before.id());
        if (current == null || current.rev() != before.rev()) {
            return false;
        }
        world.tell("stored", next);
        payers.put(next.id(), next);
        counted.addAll(next.declines());
        if (next.rest() != null && next.card() != null) {
            rested.add(next.card().fingerprint());
        }
        return true;
    }
}
