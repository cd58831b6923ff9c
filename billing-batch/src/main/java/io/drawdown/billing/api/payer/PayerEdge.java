package io.drawdown.billing.api.payer;

import io.drawdown.billing.CardsCore;
import io.drawdown.billing.charge.engine.Payments.AccountRefused;
import io.drawdown.billing.payer.CardVault;
import io.drawdown.billing.payer.PayerDocument;
import io.drawdown.billing.payer.Payers;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.security.Caller;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.function.Function;

/** The way from the routes of payers into the core. A caller gets to their own payer only. */
@Singleton
final class PayerEdge {

    private final CardsCore core;
    private final Payers payers;
    private final CoreLoop loop;
    private final SecurityIdentity identity;

    PayerEdge(CardsCore core, Payers payers, CoreLoop loop, SecurityIdentity identity) {
        this.core = core;
        this.payers = payers;
        this.loop = loop;
        this.identity = identity;
    }

    /** @throws ProblemException {@link ProblemType#FORBIDDEN} if the payer is not the caller's */
    Caller require(String payerId) {
        Caller caller = Caller.of(identity);
        if (!caller.mayUse(payerId)) {
            throw new ProblemException(ProblemType.FORBIDDEN, "This payer is not yours");
        }
        return caller;
    }

    <T> Uni<T> call(Function<CardsCore, Uni<T>> action) {
        return loop.call(() -> action.apply(core))
                .onFailure(AccountRefused.class)
                .transform(PayerEdge::notConfigured)
                .onFailure(CardVault.CustomerGone.class)
                .transform(gone -> new ProblemException(ProblemType.PAYER_NOT_FOUND));
    }

    /** The payer, read now, who must be known at Stripe. */
    <T> Uni<T> withPayer(String payerId, Function<PayerDocument, Uni<T>> action) {
        return call(same -> payers.find(payerId)
                .map(found -> found.filter(payer -> payer.customer() != null)
                        .orElseThrow(() -> new ProblemException(ProblemType.PAYER_NOT_FOUND)))
                .chain(action::apply));
    }

    /** What Stripe says is not for clients; the alarm of the charges says it. */
    private static ProblemException notConfigured(Throwable refused) {
        return new ProblemException(
                ProblemType.NOT_CONFIGURED, "Stripe does not take the key of this service, or there is none");
    }
}
