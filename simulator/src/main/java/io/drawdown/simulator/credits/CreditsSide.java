package io.drawdown.simulator.credits;

import io.drawdown.contracts.Topic;
import io.drawdown.credits.account.Account;
import io.drawdown.credits.config.CreditsSettings;
import io.drawdown.simulator.broker.Broker;
import io.drawdown.simulator.broker.GroupSettings;
import io.drawdown.simulator.invariants.AccountInvariants;
import io.drawdown.simulator.invariants.AnswerInvariants;
import io.drawdown.simulator.invariants.AskInvariants;
import io.drawdown.simulator.invariants.GrantInvariants;
import io.drawdown.simulator.invariants.OperationInvariants;
import io.drawdown.simulator.invariants.StatementInvariants;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.SimulationContext;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** credits-service: two instances on one database, and what is known of it. */
public final class CreditsSide {

    private final CreditsStores stores;
    private final AccountInvariants accounts;
    private final AnswerInvariants answers;
    private final StatementInvariants statements;
    private final GrantInvariants grants;
    private final OperationInvariants operations;
    private final List<CreditsHost> hosts;

    public CreditsSide(SimulationContext context, Broker broker, CreditsSettings settings, GroupSettings groups) {
        stores = CreditsStores.in(new Database(context.timeline, context.random("credits database")));
        accounts = new AccountInvariants(context.timeline, context.findings);
        answers = new AnswerInvariants(accounts, context.findings);
        statements = new StatementInvariants(accounts, context.findings);
        grants = new GrantInvariants(accounts, context.findings);
        operations = new OperationInvariants(accounts, context.findings);
        new AskInvariants(accounts, context.findings);
        broker.whenPublished(statements::published);
        stores.accounts().whenCommitted(accounts::committed);
        stores.ledger().whenCommitted((id, row) -> accounts.recorded(row));
        broker.whenPublished((topic, event) -> {
            if (topic.equals(Topic.CREDITS_ACCOUNT)) {
                accounts.published(event);
            }
        });
        Consumers consumers = new Consumers(context, broker, accounts, groups);
        hosts = Stream.of("credits-1", "credits-2")
                .map(name -> new CreditsHost(context, name, stores, settings, consumers))
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
            if (account.outbox().pending() != null || !account.holds().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    public CreditsStores stores() {
        return stores;
    }

    public AccountInvariants accounts() {
        return accounts;
    }

    public AnswerInvariants answers() {
        return answers;
    }

    public StatementInvariants statements() {
        return statements;
    }

    public OperationInvariants operations() {
        return operations;
    }

    GrantInvariants grants() {
        return grants;
    }
}
