package io.drawdown.simulator.billing.outside;

import io.drawdown.billing.purchase.engine.CreditAccounts;
import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.Granting;
import io.drawdown.contracts.Granting.GrantAnswer;
import io.drawdown.contracts.Granting.GrantOutcome;
import io.drawdown.contracts.Granting.Standing;
import io.drawdown.contracts.Granting.StandingStatus;
import io.drawdown.simulator.world.Link;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.TreeMap;

/** credits-service, as far as purchases ask it: every account is there, and gives credits once under a key. */
public final class ModelCredits {

    private record Given(long seq, Credits amount) {}

    private record Account(long seq, Credits balance) {}

    private final Map<String, Account> accounts = new TreeMap<>();
    private final Map<String, Given> grants = new TreeMap<>();

    /** The way of one process to it. */
    public CreditAccounts over(Link link) {
        return new CreditAccounts() {
            @Override
            public Uni<Standing> standing(String accountId) {
                return link.read(() -> new Standing(StandingStatus.ACTIVE, view(account(accountId))));
            }

            @Override
            public Uni<GrantAnswer> grant(String accountId, Granting.Grant grant) {
                return link.write((callFault, answer) -> answer.complete(give(accountId, grant)));
            }
        };
    }

    private Account account(String id) {
        return accounts.getOrDefault(id, new Account(1, Credits.ZERO));
    }

    private static AccountView view(Account account) {
        Credits balance = account.balance();
        return new AccountView(account.seq(), balance, Credits.ZERO, balance, Credits.ZERO, balance);
    }

    private GrantAnswer give(String accountId, Granting.Grant grant) {
        Given given = grants.computeIfAbsent(grant.key(), key -> {
            Account before = account(accountId);
            accounts.put(accountId, new Account(before.seq() + 1, before.balance().plus(grant.amount())));
            return new Given(before.seq() + 1, grant.amount());
        });
        return new GrantAnswer(GrantOutcome.GRANTED, given.seq(), null);
    }
}
