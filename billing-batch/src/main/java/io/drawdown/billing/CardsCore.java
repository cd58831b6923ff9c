package io.drawdown.billing;

import io.drawdown.billing.hook.CatchUp;
import io.drawdown.billing.hook.ChargeHints;
import io.drawdown.billing.hook.Hint;
import io.drawdown.billing.hook.Inbox;
import io.drawdown.billing.payer.CardVault;
import io.drawdown.billing.payer.CardVault.Payable;
import io.drawdown.billing.payer.Cards;
import io.drawdown.billing.payer.Customers;
import io.drawdown.billing.payer.Payers;
import io.drawdown.billing.refund.Refunds;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What concerns cards: who pays with them, what Stripe tells of them, what became of the money. Belongs to the thread of its core. */
public final class CardsCore {

    private final Customers customers;
    private final Cards cards;
    private final Refunds refunds;
    private final Inbox inbox;
    private final CatchUp catchUp;
    private final BillingPorts.Cards ports;
    private final List<ChargeHints> owners = new ArrayList<>();

    CardsCore(BillingPorts ports, Payers payers, Time time, Scheduler scheduler, RandomGenerator random) {
        this.ports = ports.outside().cards();
        customers = new Customers(payers, this.ports.vault(), random, time);
        cards = new Cards(payers, ports.outside().money().payers().fingerprints(), this.ports.vault(), random, time);
        refunds = new Refunds(
                new Refunds.Ports(this.ports.refunds(), this.ports.facts(), ports.events()), time, scheduler, random);
        inbox = new Inbox(this.ports.inbox(), this::look, time, scheduler, random);
        catchUp = new CatchUp(this.ports.feed(), inbox, this.ports.feeds(), time, scheduler, random);
    }

    /** Tells whoever owns charges of what happens to their intents. */
    void onCharge(ChargeHints owner) {
        owners.add(owner);
    }

    void start() {
        refunds.start();
        inbox.start();
    }

    void finish() {
        inbox.stop();
        refunds.finish();
    }

    boolean isDrained() {
        return refunds.isDrained();
    }

    /** Events that are not published yet. */
    int backlog() {
        return refunds.backlog();
    }

    /** Opens payers. */
    public Customers customers() {
        return customers;
    }

    /** Their cards. */
    public Cards cards() {
        return cards;
    }

    /** Where what Stripe tells arrives. */
    public Inbox inbox() {
        return inbox;
    }

    /** Where what Stripe told in vain is looked for. */
    public CatchUp catchUp() {
        return catchUp;
    }

    /** What became of money. */
    public Refunds refunds() {
        return refunds;
    }

    /** A payment that its payer may have to confirm; empty if it is none of ours. Fails as {@link CardVault} does. */
    public Uni<Optional<Payable>> payable(String paymentIntent) {
        return ports.vault().payable(paymentIntent);
    }

    private Uni<Void> look(Hint hint) {
        String object = hint.object();
        return switch (hint.subject()) {
            case INTENT ->
                ports.feed().referenceOf(object).chain(found -> found.map(this::tell)
                        .orElseGet(() -> Uni.createFrom().voidItem()));
            case SETUP -> cards.finish(object).replaceWithVoid();
            case CARD_ATTACHED -> cards.attached(object).replaceWithVoid();
            case CARD_DETACHED -> cards.detached(object);
            case CHARGE -> refunds.charge(object);
            case REFUND -> refunds.refund(object);
            case DISPUTE -> refunds.dispute(object);
            case OTHER -> Uni.createFrom().voidItem();
        };
    }

    private Uni<Void> tell(String reference) {
        return Multi.createFrom()
                .iterable(owners)
                .onItem()
                .transformToUniAndConcatenate(owner -> owner.look(reference))
                .collect()
                .asList()
                .replaceWithVoid();
    }
}
