package io.drawdown.billing.credits;

import io.drawdown.billing.purchase.engine.CreditAccounts;
import io.drawdown.contracts.Granting;
import io.drawdown.contracts.Service;
import io.drawdown.kit.client.ServiceClient;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/** Asks credits-service over HTTP. What is not an answer is a fault, as {@link ServiceClient} says. */
public final class HttpCreditAccounts implements CreditAccounts {

    private final ServiceClient<CreditAccountsApi> credits;

    /**
     * A client of the credits-service at that address.
     *
     * @param token the file with the token of this service
     * @param core where answers arrive
     */
    public HttpCreditAccounts(URI address, Path token, Executor core) {
        credits =
                ServiceClient.of(CreditAccountsApi.class, Service.CREDITS_SERVICE.serviceName(), address, token, core);
    }

    @Override
    public Uni<Granting.Standing> standing(String accountId) {
        return credits.answer("standing", credits.api().standing(accountId));
    }

    @Override
    public Uni<Granting.GrantAnswer> grant(String accountId, Granting.Grant grant) {
        return credits.answer("grant", credits.api().grant(accountId, grant));
    }
}
