package io.drawdown.simulator.purchasing;

import io.drawdown.billing.purchase.engine.CreditAccounts;
import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.Granting;
import io.drawdown.contracts.Granting.GrantOutcome;
import io.drawdown.contracts.Granting.StandingStatus;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A small model of credits-service: one account that is spent, and grants that happen once under their key. */
final class ModelCredits {

    static final String ACCOUNT = "ada";

    /** What a top-up buys for: the balance must last that long. */
    static final Duration LEAD = Duration.ofMinutes(2);

    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** What was given, by key; a refused key is there with 0. */
    final Map<String, Credits> grants = new TreeMap<>();

    final List<AccountEvent> events = new ArrayList<>();

    StandingStatus status = StandingStatus.ACTIVE;
    Credits balance = Credits.of(100);
    Credits burnPerSecond = Credits.ZERO;

    /** Whether the balance was low, or did not last, at some moment since a top-up gave credits. */
    boolean wasLow;

    /** The rows that gave credits, by key. */
    private final Map<String, Long> rows = new TreeMap<>();

    private final Chaos chaos;
    private final Credits threshold;
    private final Predicate<String> isAutomatic;
    private final Consumer<Chaos.Process> whenRead;
    private long seq = 1;

    /**
     * @param isAutomatic whether the purchase with this id is that of a top-up
     * @param whenRead hears who reads the account, and has not heard of it yet
     */
    ModelCredits(Chaos chaos, Credits threshold, Predicate<String> isAutomatic, Consumer<Chaos.Process> whenRead) {
        this.chaos = chaos;
        this.isAutomatic = isAutomatic;
        this.whenRead = whenRead;
        this.threshold = threshold;
    }

    CreditAccounts of(Chaos.Process process) {
        return new CreditAccounts() {
            @Override
            public Uni<Granting.Standing> standing(String accountId) {
                return asked(process, () -> {
                    whenRead.accept(process);
                    return new Granting.Standing(status, view());
                });
            }

            @Override
            public Uni<Granting.GrantAnswer> grant(String accountId, Granting.Grant grant) {
                return asked(process, () -> granted(grant));
            }
        };
    }

    private <T> Uni<T> asked(Chaos.Process process, Supplier<T> effect) {
        return chaos.call(process, LONGEST, () -> Optional.of(effect.get()), Optional.<T>empty())
                .map(answer -> answer.orElseThrow(() -> new OutcomeUnknown("lost")));
    }

    private Granting.GrantAnswer granted(Granting.Grant grant) {
        Credits given = grants.get(grant.key());
        if (given == null) {
            boolean isClosed = status == StandingStatus.CLOSED;
            given = isClosed ? Credits.ZERO : grant.amount();
            grants.put(grant.key(), given);
            if (!isClosed) {
                balance = balance.plus(given);
                wasLow &= !isAutomatic.test(grant.key());
                rows.put(grant.key(), seq + 1);
            }
            happened(isClosed ? EntryType.VOIDED : EntryType.GRANTED, isClosed ? null : grant.reference());
        }
        return given.isZero()
                ? new Granting.GrantAnswer(GrantOutcome.REFUSED, null, ProblemType.ACCOUNT_CLOSED)
                : new Granting.GrantAnswer(GrantOutcome.GRANTED, rows.get(grant.key()), null);
    }

    void spend(Credits amount) {
        balance = balance.minus(amount.min(balance));
        happened(EntryType.SETTLED, null);
    }

    /** Sessions of the account begin or end. */
    void burn(Credits perSecond) {
        burnPerSecond = perSecond;
        happened(EntryType.SETTLED, null);
    }

    private boolean isLow() {
        long lasting = burnPerSecond.micros() * LEAD.toSeconds();
        return balance.compareTo(threshold) <= 0 || (lasting > 0 && balance.micros() <= lasting);
    }

    private void happened(EntryType type, @Nullable String cause) {
        seq++;
        wasLow |= isLow();
        events.add(new AccountEvent(
                type, ACCOUNT, chaos.now(), Credits.ZERO, view(), null, null, List.of(), null, null, cause));
    }

    AccountView view() {
        return new AccountView(seq, balance, Credits.ZERO, balance, burnPerSecond, balance);
    }
}
