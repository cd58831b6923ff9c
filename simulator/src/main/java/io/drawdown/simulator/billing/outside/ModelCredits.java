package io.drawdown.simulator.billing.outside;

import io.drawdown.billing.purchase.engine.CreditAccounts;
import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.Granting;
import io.drawdown.contracts.Granting.GrantAnswer;
import io.drawdown.contracts.Granting.GrantOutcome;
import io.drawdown.contracts.Granting.Standing;
import io.drawdown.contracts.Granting.StandingStatus;
import io.drawdown.contracts.ProblemType;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.Link;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** credits-service, as far as purchases know it: every account is there, credits are spent, and given once under a key. */
public final class ModelCredits {

    /** @param amount zero: they were refused, for ever */
    private record Given(long seq, Credits amount) {}

    private static final class Account {
        private long seq = 1;
        private Credits balance = Credits.of(100);
        private boolean isClosed;

        AccountView view() {
            return new AccountView(seq, balance, Credits.ZERO, balance, Credits.ZERO, balance);
        }
    }

    private final Database clock;
    private final Predicate<String> isAutomatic;
    private final Map<String, Account> accounts = new TreeMap<>();
    private final Map<String, Given> grants = new TreeMap<>();
    private final List<Consumer<AccountEvent>> listeners = new ArrayList<>();
    private final Set<String> wasLow = new HashSet<>();

    /** At or below this an account is low. */
    public static final Credits LOW = Credits.of(50);

    /** @param isAutomatic whether a top-up bought what is given under that key */
    public ModelCredits(Database clock, Predicate<String> isAutomatic) {
        this.clock = clock;
        this.isAutomatic = isAutomatic;
    }

    /** Tells the listener of everything that happens to accounts from now on. */
    public void onEvent(Consumer<AccountEvent> listener) {
        listeners.add(listener);
    }

    /** The way of one process to it. */
    public CreditAccounts over(Link link) {
        return new CreditAccounts() {
            @Override
            public Uni<Standing> standing(String accountId) {
                return link.read(() -> {
                    Account account = account(accountId);
                    return new Standing(
                            account.isClosed ? StandingStatus.CLOSED : StandingStatus.ACTIVE, account.view());
                });
            }

            @Override
            public Uni<GrantAnswer> grant(String accountId, Granting.Grant grant) {
                return link.write((callFault, answer) -> answer.complete(give(accountId, grant)));
            }
        };
    }

    private Account account(String id) {
        return accounts.computeIfAbsent(id, name -> new Account());
    }

    private GrantAnswer give(String accountId, Granting.Grant grant) {
        Given given = grants.get(grant.key());
        if (given == null) {
            Account account = account(accountId);
            Credits amount = account.isClosed ? Credits.ZERO : grant.amount();
            account.balance = account.balance.plus(amount);
            given = new Given(account.seq + 1, amount);
            grants.put(grant.key(), given);
            if (isAutomatic.test(grant.key())) {
                wasLow.remove(accountId);
            }
            happened(accountId, account.isClosed ? EntryType.VOIDED : EntryType.GRANTED, grant.reference());
        }
        return given.amount().isZero()
                ? new GrantAnswer(GrantOutcome.REFUSED, null, ProblemType.ACCOUNT_CLOSED)
                : new GrantAnswer(GrantOutcome.GRANTED, given.seq(), null);
    }

    /** Credits are spent, as many as there are at most. */
    public void spend(String accountId, Credits amount) {
        Account account = account(accountId);
        account.balance = account.balance.minus(amount.min(account.balance));
        happened(accountId, EntryType.SETTLED, null);
    }

    /** It takes no credits any more, for ever. */
    public void close(String accountId) {
        account(accountId).isClosed = true;
    }

    private void happened(String accountId, EntryType type, @Nullable String cause) {
        Account account = account(accountId);
        account.seq++;
        if (account.balance.compareTo(LOW) <= 0) {
            wasLow.add(accountId);
        }
        AccountEvent event = new AccountEvent(
                type,
                accountId,
                clock.now(),
                Credits.ZERO,
                account.view(),
                null,
                null,
                List.of(),
                null,
                null,
                type == EntryType.GRANTED ? cause : null);
        listeners.forEach(listener -> listener.accept(event));
    }

    /** Whether credits were given under that key. */
    public boolean hasGiven(String key) {
        Given given = grants.get(key);
        return given != null && given.amount().isPositive();
    }

    /** Whether it was low at some moment since a top-up gave credits. */
    public boolean wasLow(String accountId) {
        return wasLow.contains(accountId);
    }
}
