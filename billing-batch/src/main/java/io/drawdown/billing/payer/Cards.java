package io.drawdown.billing.payer;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.payer.CardVault.Begun;
import io.drawdown.billing.payer.CardVault.CustomerGone;
import io.drawdown.billing.payer.CardVault.SetupView;
import io.drawdown.billing.payer.Wallet.Setup;
import io.drawdown.kit.store.GuardedStore;
import io.drawdown.kit.store.RandomIds;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The cards of payers: set up, attached, detached. A card comes from a SetupIntent only, whose consent is stored before it is asked
 * for; so no card is charged that its owner has not agreed to, and no card number comes here. Belongs to the thread of its core.
 */
public final class Cards {

    private final Payers payers;
    private final GuardedStore<FingerprintDocument> fingerprints;
    private final CardVault vault;
    private final RandomIds tokens;
    private final Time time;

    public Cards(
            Payers payers,
            GuardedStore<FingerprintDocument> fingerprints,
            CardVault vault,
            RandomGenerator random,
            Time time) {
        this.payers = payers;
        this.fingerprints = fingerprints;
        this.vault = vault;
        this.tokens = new RandomIds(random);
        this.time = time;
    }

    /** Who agrees to what. */
    public record Agreement(String by, String textVersion, long capCents) {

        Consent at(Instant now) {
            return new Consent(by, now, textVersion, capCents);
        }
    }

    /**
     * A card is to be set up for that payer, who has a customer. Stores the consent, then asks Stripe; where Stripe does nothing, the
     * consent is taken back. If Stripe does not know the customer, the payer has none any more. Fails as {@link CardVault} does.
     */
    public Uni<Begun> begin(PayerDocument payer, Agreement agreement) {
        Setup setup = new Setup(tokens.get(), agreement.at(time.now()));
        String customer = payer.customer();
        if (customer == null) {
            throw new IllegalArgumentException("payer " + payer.id() + " has no customer");
        }
        return payers.write(payer, (current, now) -> PayerRules.begun(current, setup))
                .chain(written -> vault.beginSetup(customer, payer.id(), setup.token())
                        .onFailure(AfterWrite::isNothingDone)
                        .recoverWithUni(fault -> withdraw(written, setup)
                                .chain(same -> Uni.createFrom().failure(fault)))
                        .onFailure(CustomerGone.class)
                        .recoverWithUni(gone -> forget(written, customer)
                                .chain(same -> Uni.createFrom().failure(gone))));
    }

    /** With the customer, the consent is no more. */
    private Uni<PayerDocument> forget(PayerDocument payer, String customer) {
        return payers.write(payer, (current, now) -> PayerRules.customerGone(current, customer))
                .onFailure()
                .transform(AfterWrite::unknown);
    }

    private Uni<PayerDocument> withdraw(PayerDocument payer, Setup setup) {
        return payers.write(
                        payer, (current, now) -> current.with(current.wallet().withdrawn(setup)))
                .onFailure()
                .transform(AfterWrite::unknown);
    }

    /** What became of a setup. */
    public sealed interface Finished {

        /** Its card is attached; perhaps it was before. */
        record Attached(PayerDocument payer, Wallet.Kept card) implements Finished {}

        /** Its owner has not finished it. */
        record NotYet() implements Finished {}

        /** It is none of ours, or its consent is not known any more. */
        record Unknown() implements Finished {}
    }

    /** Attaches the card of that SetupIntent, if it is finished. May be told again. */
    public Uni<Finished> finish(String setupIntent) {
        return vault.setup(setupIntent).chain(this::finish);
    }

    /** The same, if it is that payer's. */
    public Uni<Finished> finish(String payerId, String setupIntent) {
        return vault.setup(setupIntent)
                .map(found -> found.filter(setup -> setup.payerId().equals(payerId)))
                .chain(this::finish);
    }

    /** The same, of the SetupIntent that this card came from. */
    public Uni<Finished> attached(String paymentMethod) {
        return vault.setupOf(paymentMethod).chain(this::finish);
    }

    private Uni<Finished> finish(Optional<SetupView> found) {
        if (found.isEmpty()) {
            return Uni.createFrom().item(new Finished.Unknown());
        }
        SetupView setup = found.get();
        Card card = setup.card();
        return card == null
                ? Uni.createFrom().item(new Finished.NotYet())
                : payers.find(setup.payerId()).chain(payer -> finish(payer, setup, card));
    }

    private Uni<Finished> finish(Optional<PayerDocument> payer, SetupView setup, Card card) {
        boolean isTheirs =
                payer.isPresent() && setup.customer().equals(payer.get().customer());
        return isTheirs
                ? payers.finish(payer.get(), setup.token(), card).map(known -> finished(known, card.paymentMethod()))
                : Uni.createFrom().item(new Finished.Unknown());
    }

    private static Finished finished(PayerDocument payer, String paymentMethod) {
        return payer.wallet()
                .kept(paymentMethod)
                .<Finished>map(kept -> new Finished.Attached(payer, kept))
                .orElseGet(Finished.Unknown::new);
    }

    /**
     * Takes the card away: from the payer first, so that it is not charged any more, then at Stripe. Answers whether it was theirs. Fails
     * with {@code OutcomeUnknown} if only the payer has let it go; may be repeated until it says that it was theirs.
     */
    public Uni<Boolean> detach(PayerDocument payer, String paymentMethod) {
        String customer = payer.customer();
        if (customer == null) {
            return Uni.createFrom().item(false);
        }
        boolean isKept = payer.wallet().kept(paymentMethod).isPresent();
        return payers.detach(payer.id(), paymentMethod)
                .chain(() -> vault.detach(paymentMethod, customer)
                        .onFailure(fault -> isKept)
                        .transform(AfterWrite::unknown))
                .map(isGone -> isGone || isKept);
    }

    /** Stripe says that the card was detached from its customer: no payer with its number pays with that payment method. */
    public Uni<Void> detached(String paymentMethod) {
        return vault.detachedCard(paymentMethod)
                .chain(card -> card.isEmpty()
                        ? Uni.createFrom().item(Optional.<FingerprintDocument>empty())
                        : fingerprints.get(card.get().fingerprint()))
                .map(found -> found.map(FingerprintDocument::payers).orElse(List.of()))
                .chain(owners -> Multi.createFrom()
                        .iterable(owners)
                        .onItem()
                        .transformToUniAndConcatenate(owner -> payers.detach(owner, paymentMethod))
                        .collect()
                        .asList()
                        .replaceWithVoid());
    }
}
