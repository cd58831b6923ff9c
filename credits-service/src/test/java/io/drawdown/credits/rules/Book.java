package io.drawdown.credits.rules;

import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.GrantKind;
import io.drawdown.contracts.Rate;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.credits.account.Account;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Hold;
import io.drawdown.credits.account.Key;
import io.drawdown.credits.account.Priced;
import io.drawdown.credits.decision.AccountLimits;
import io.drawdown.credits.decision.Decision;
import io.drawdown.credits.decision.DecisionContext;
import io.drawdown.credits.decision.NewGrant;
import io.drawdown.credits.decision.Posted;
import io.drawdown.credits.decision.Refusal;
import io.drawdown.credits.decision.Reply;
import io.drawdown.credits.decision.SessionKeys;
import io.drawdown.credits.decision.Turn;
import io.drawdown.credits.sessions.SessionEnds;
import io.drawdown.kit.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** One account with its pure rules alone. After every command it checks what must always hold. */
final class Book {

    static final String ID = "ada";
    static final Rate ONE_PER_SECOND = new Rate("live_dubbing", Credits.of(1), 1_000);

    AccountLimits limits = AccountLimits.DEFAULT;
    Instant now = ManualTime.START;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Entry> ledger = new HashMap<>();
    private final Replay running = new Replay();
    private long drainedTo;
    private int keys;

    @Nullable
    Account account;

    /** An open account with one purchased grant of so many credits; none if zero. */
    static Book with(long credits) {
        Book book = new Book();
        book.tell(new Command.Open(ID, credits == 0 ? List.of() : List.of(purchased(credits)), "opening"));
        return book;
    }

    static NewGrant purchased(long credits) {
        return new NewGrant(GrantKind.PURCHASED, Credits.of(credits), NewGrant.DEFAULT_PRIORITY, null, null);
    }

    Account account() {
        return requireNonNull(account);
    }

    /** Decides the command, keeps what it changed, and checks what must always hold. */
    <R> Reply<R> tell(Command<R> command) {
        return tell(command, Turn.LAST).orElseThrow();
    }

    /** The reply; empty if the command waits. */
    <R> Optional<Reply<R>> tell(Command<R> command, Turn turn) {
        DecisionContext context = new DecisionContext(now, limits, lookUp(command)).of(null, turn);
        return switch (command.decide(account, context)) {
            case Decision.Changed<R> changed -> {
                keep(changed.next());
                yield Optional.of(new Reply.Done<>(changed.result()));
            }
            case Decision.Unchanged<R> unchanged -> Optional.of(unchanged.reply());
            case Decision.Waiting<R> waiting -> {
                keep(waiting.next());
                yield Optional.empty();
            }
        };
    }

    private Map<String, Optional<Entry>> lookUp(Command<?> command) {
        Map<String, Optional<Entry>> found = new HashMap<>();
        if (account != null && account.outbox().hasDrained()) {
            command.keys(account()).forEach(hash -> found.put(hash, Optional.ofNullable(ledger.get(hash))));
        }
        return found;
    }

    private void keep(Account next) {
        long known = entries.size();
        next.outbox().entries().stream().filter(entry -> entry.seq() > known).forEach(this::enter);
        assertThat(entries).last().extracting(Entry::seq).isEqualTo(next.seq());
        account = next.withoutDrained(drainedTo);
        running.compare(account);
        assertThat(running.problems()).isEmpty();
    }

    private void enter(Entry entry) {
        entries.add(entry);
        running.apply(entry);
    }

    /** The account derived from its entries alone, compared with the document. */
    Replay replay() {
        Replay replay = new Replay();
        entries.forEach(replay::apply);
        replay.compare(account());
        return replay;
    }

    /** All that waits goes to the ledger and leaves the outbox. */
    void drain() {
        for (Entry entry : account().outbox().entries()) {
            if (entry.keyHash() != null) {
                ledger.put(entry.keyHash(), entry);
            }
        }
        drainedTo = account().seq();
        account = account().withoutDrained(drainedTo);
    }

    void pass(Duration duration) {
        now = now.plus(duration);
    }

    Key freshKey() {
        return new Key("key" + keys++, "request");
    }

    Reply<Posted> grant(NewGrant grant) {
        return tell(new Command.AddGrant(ID, grant, freshKey()));
    }

    Reply<Posted> charge(long credits) {
        return charge(credits, freshKey());
    }

    Reply<Posted> charge(long credits, Key key) {
        return tell(new Command.Charge(ID, new Priced("ai_search", credits, Credits.of(1)), key));
    }

    Reply<Funding.Answer> begin(String session) {
        return tell(new Command.StartHold(
                ID, session, ONE_PER_SECOND, new Key(SessionKeys.start(ID, session), "live_dubbing")));
    }

    Funding.Answer start(String session) {
        return done(begin(session));
    }

    Funding.Answer settle(String session, long epoch, long usedMillis) {
        return done(tell(new Command.Settle(ID, session, epoch, usedMillis, false)));
    }

    /** Its owner asks for more. */
    Funding.Answer renew(String session, long epoch, long usedMillis) {
        return done(tell(new Command.Settle(ID, session, epoch, usedMillis, true)));
    }

    Funding.Answer giveBack(String session, long epoch, long cut, long usedMillis, long fundedMillis) {
        return done(tell(
                new Command.GiveBack(ID, session, new Funding.GiveBack(ID, epoch, cut, usedMillis, fundedMillis))));
    }

    Funding.Answer takeover(String session, long epoch, long proofEpoch, long proofUsed) {
        return done(tell(new Command.Takeover(ID, session, epoch, proofEpoch, proofUsed)));
    }

    /** The owner asks for it. */
    Reply<Funding.Answer> release(String session, long epoch, long usedMillis) {
        return tell(SessionEnds.fromOwner(session, new Funding.Release(ID, epoch, usedMillis, EndReason.USER)));
    }

    /** The session's event says it. */
    Reply<Funding.Answer> ended(String session, long epoch, long usedMillis) {
        return tell(SessionEnds.fromEvent(new SessionEvent(
                SessionEvent.Type.ENDED, session, 2, ID, "live_dubbing", epoch, usedMillis, now, EndReason.USER)));
    }

    Reply<AccountView> tick() {
        return tell(new Command.Tick(ID));
    }

    static <R> R done(Reply<R> reply) {
        return ((Reply.Done<R>) reply).result();
    }

    static Refusal refused(Reply<?> reply) {
        return ((Reply.Refused<?>) reply).refusal();
    }

    Hold hold(String session) {
        return account().hold(session).orElseThrow();
    }

    AccountView view() {
        return account().view(now);
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }

    List<EntryType> types() {
        return entries.stream().map(Entry::type).toList();
    }

    /** The entries that came after the first {@code count}. */
    List<EntryType> typesAfter(int count) {
        return types().subList(count, entries.size());
    }

    Entry last() {
        return entries.getLast();
    }
}
