package io.drawdown.billing.testing;

import io.drawdown.billing.purchase.engine.CreditAccounts;
import io.drawdown.contracts.Granting;
import io.drawdown.kit.faults.Unavailable;
import io.smallrye.mutiny.Uni;

/** Credits-service is away. */
final class NoCredits implements CreditAccounts {

    @Override
    public Uni<Granting.Standing> standing(String accountId) {
        return Uni.createFrom().failure(new Unavailable("credits-service is away"));
    }

    @Override
    public Uni<Granting.GrantAnswer> grant(String accountId, Granting.Grant grant) {
        return Uni.createFrom().failure(new Unavailable("credits-service is away"));
    }
}
