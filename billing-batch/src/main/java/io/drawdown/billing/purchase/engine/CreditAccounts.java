package io.drawdown.billing.purchase.engine;

import io.drawdown.contracts.Granting;
import io.smallrye.mutiny.Uni;

/** The port to credits-service. Fails with {@code Unavailable} or {@code OutcomeUnknown}; every call may be repeated. */
public interface CreditAccounts {

    /** The account, read after this call. */
    Uni<Granting.Standing> standing(String accountId);

    /** Gives credits once for ever under the key of the grant. Each answer is final. */
    Uni<Granting.GrantAnswer> grant(String accountId, Granting.Grant grant);
}
