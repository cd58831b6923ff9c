package io.drawdown.billing.payer;

import io.drawdown.billing.payer.CardVault.Opened;
import io.drawdown.billing.payer.Customer.Opening;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.store.RandomIds;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes payers known at Stripe: guarded write, call, guarded write, as charges do. The key of the request is stored before it is sent,
 * so however often it is sent, by whomever, Stripe makes one customer of it. Belongs to the thread of its core.
 */
public final class Customers {

    private static final int MOST_KEYS = 3;

    private final Payers payers;
    private final CardVault vault;
    private final RandomIds tokens;
    private final Time time;

    public Customers(Payers payers, CardVault vault, RandomGenerator random, Time time) {
        this.payers = payers;
        this.vault = vault;
        this.tokens = new RandomIds(random);
        this.time = time;
    }

    /**
     * The payer with their customer; the same however often it is asked for, until Stripe does not know it any more. What is said of mail
     * replaces what was, once there is a customer: until then the payer is not shown.
     *
     * <p>Fails as {@link CardVault} does.
     */
    public Uni<PayerDocument> open(String payerId, @Nullable String email) {
        Opening first = Opening.of(tokens.get(), time.now());
        return payers.known(payerId, Customer.asked(first)).chain(payer -> withCustomer(payer, MOST_KEYS)
                .chain(opened -> reachable(opened, email, payer.customer() == null)));
    }

    private Uni<PayerDocument> reachable(PayerDocument payer, @Nullable String email, boolean isNew) {
        return payers.write(payer, (current, now) -> PayerRules.reachable(current, email))
                .onFailure(fault -> isNew)
                .transform(AfterWrite::unknown);
    }

    private Uni<PayerDocument> withCustomer(PayerDocument payer, int keysLeft) {
        Opening opening = payer.account().opening();
        if (payer.customer() != null) {
            return Uni.createFrom().item(payer);
        }
        return opening == null || opening.isOld(time.now())
                ? withNextKey(payer, opening, keysLeft)
                : ask(payer, opening, keysLeft);
    }

    private Uni<PayerDocument> ask(PayerDocument payer, Opening opening, int keysLeft) {
        return vault.createCustomer(payer.id(), opening.key()).chain(opened -> switch (opened) {
            case Opened.Created created ->
                payers.write(payer, (current, now) -> PayerRules.opened(current, created.customer()));
            case Opened.KeySpent _ -> withNextKey(payer, opening, keysLeft);
        });
    }

    private Uni<PayerDocument> withNextKey(PayerDocument payer, @Nullable Opening before, int keysLeft) {
        if (keysLeft == 0) {
            return Uni.createFrom().failure(new Unavailable("Stripe makes no customer of payer " + payer.id()));
        }
        Opening next = Opening.of(tokens.get(), time.now());
        return payers.write(payer, (current, now) -> PayerRules.asked(current, before, next))
                .chain(written -> withCustomer(written, keysLeft - 1));
    }
}
