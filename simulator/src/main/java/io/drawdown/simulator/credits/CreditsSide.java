package io.drawdown.simulator.credits;

import io.drawdown.contracts.Topic;
import io.drawdown.credits.CreditsSettings;
import io.drawdown.credits.accounts.Account;
import io.drawdown.simulator.broker.Broker;
import io.drawdown.simulator.broker.GroupTerms;
import io.drawdown.simulator.truth.Accounts;
import io.drawdown.simulator.truth.Answers;
import io.drawdown.simulator.truth.GrantTruths;
import io.drawdown.simulator.truth.Operations;
import io.drawdown.simulator.truth.Statements;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.Ground;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** credits-service: two instances on one database, and what is known of it. */
public final class CreditsSide {

    private final CreditsStores stores;
    private final Accounts accounts;
    private final Answers answers;
    private final Statements statements;
    private final GrantTruths grants;
    private final Operations operations;
    private final List<CreditsHost> hosts;

    public CreditsSide(Ground ground, Broker broker, CreditsSettings settings, GroupTerms groups) {
        stores = CreditsStores.in(new Database(ground.timeline, ground.random("credits database")));
        accounts = new Accounts(ground.timeline, ground.findings);
        answers = new Answers(accounts, ground.findings);
        statements = new Statements(accounts, ground.findings);
        grants = new GrantTruths(accounts, ground.findings);
        operations = new Operations(accounts, ground.findings);
        broker.whenPublished(statements::published);
        stores.accounts().whenCommitted(accounts::committed);
        stores.ledger().whenCommitted((id, row) -> accounts.recorded(row));
        broker.whenPublished((topic, event) -> {
            if (topic == Topic.CREDITS_ACCOUNT) {
                accounts.published(event);
            }
        });
        Consumers consumers = new Consumers(ground, broker, accounts, groups);
        hosts = Stream.of("credits-1", "credits-2")
                .map(name -> new CreditsHost(ground, name, stores, settings, consumers))
                .toList();
    }

    public void start() {
        hosts.forEach(CreditsHost::start);
    }

    public List<CreditsHost> hosts() {
        return hosts;
    }

    /** The instance that a balancer chooses. */
    public CreditsHost any(RandomGenerator random) {
        CreditsHost first = hosts.get(random.nextInt(hosts.size()));
        return first.isUp() ? first : hosts.get(random.nextInt(hosts.size()));
    }

    /** Whether nothing is left to be done. */
    public boolean isAtRest() {
        for (Account account : stores.accounts().all()) {
            if (account.pending() != null || !account.holds().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    public CreditsStores stores() {
        return stores;
    }

    public Accounts accounts() {
        return accounts;
    }

    public Answers answers() {
        return answers;
    }

    public Statements statements() {
        return statements;
    }

    public Operations operations() {
        return operations;
    }

    GrantTruths grants() {
        return grants;
    }
}
