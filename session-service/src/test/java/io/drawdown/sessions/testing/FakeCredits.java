package io.drawdown.sessions.testing;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.Funding.Outcome;
import io.drawdown.contracts.Granting;
import io.drawdown.contracts.HoldView;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.Rate;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.testing.ManualTime;
import io.drawdown.sessions.funding.CreditsClient;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Credits-service as the owner of a session sees it, small: one balance per account and the holds' totals, by the rules
 * of the real one. It publishes its events after {@link #eventDelay}; it can be away, slow, or lose answers.
 */
public final class FakeCredits implements CreditsClient {

    public boolean away;
    public boolean losesAnswers;
    public boolean takesNoReleases;
    public Duration latency = Duration.ofMillis(3);
    /** How much later than other requests one that gives back arrives. */
    public Duration giveBackDelay = Duration.ZERO;
    /** From the decision to the answer. */
    public Duration answerDelay = Duration.ZERO;

    public Duration eventDelay = Duration.ofMillis(10);
    public final List<String> questions = new ArrayList<>();

    /** Of the requests for which it was asked to start and to release. */
    public final List<@Nullable TraceContext> traces = new ArrayList<>();

    public final List<Funding.Answer> answers = new ArrayList<>();

    private final ManualTime time;
    private final Network network;
    private final Consumer<AccountEvent> events;
    private final Map<String, FakeAccount> accounts = new LinkedHashMap<>();

    public FakeCredits(ManualTime time, Network network, Consumer<AccountEvent> events) {
        this.time = time;
        this.network = network;
        this.events = events;
    }

    public FakeAccount account(String id) {
        return accounts.computeIfAbsent(id, FakeAccount::new);
    }

    public void grant(String account, long credits) {
        FakeAccount there = account(account);
        there.grant(Credits.of(credits));
        publish(there, EntryType.GRANTED, null, null);
    }

    public void suspend(String account) {
        account(account).suspended = true;
        publish(account(account), EntryType.SUSPENDED, null, null);
    }

    public void reinstate(String account) {
        account(account).suspended = false;
        publish(account(account), EntryType.REINSTATED, null, null);
    }

    public void overdue(String account, String session) {
        publish(account(account), EntryType.OVERDUE, account(account).hold(session), null);
    }

    /** As if nobody had settled any hold for long. */
    public void raiseAllOverdue() {
        accounts.values().forEach(account -> account.holds.keySet().forEach(session -> overdue(account.id, session)));
    }

    /** What the consumer of life-cycle events does. */
    public void release(String account, String session, long usedMillis) {
        FakeAccount there = account(account);
        HoldView hold = there.hold(session);
        if (hold != null) {
            released(there, hold, usedMillis);
        }
    }

    private Funding.Answer released(FakeAccount account, HoldView hold, long usedMillis) {
        HoldView last = settle(account, hold, usedMillis);
        account.holds.remove(hold.sessionId());
        publish(account, EntryType.RELEASED, last, null);
        Funding.Answer answer = given(Outcome.RELEASED, account, last);
        account.released.put(hold.sessionId(), answer);
        return answer;
    }

    /** What a checkpoint does. */
    public void checkpoint(String account, String session, long epoch, long usedMillis) {
        HoldView hold = account(account).hold(session);
        boolean saysNothingNew =
                hold != null && usedMillis <= hold.usedMillis() && hold.fundedMillis() - hold.usedMillis() < 1_000;
        if (!saysNothingNew) {
            decideRenew(session, new Funding.Renew(account, epoch, usedMillis));
        }
    }

    @Override
    public Uni<Funding.Answer> start(String session, Funding.Start request, @Nullable TraceContext trace) {
        traces.add(trace);
        return answer("start " + session, () -> decideStart(session, request));
    }

    @Override
    public Uni<Funding.Answer> cancelStart(String session, Funding.CancelStart request) {
        return answer("cancel " + session, () -> decideCancel(session, account(request.accountId())));
    }

    private Funding.Answer decideCancel(String session, FakeAccount account) {
        HoldView hold = account.hold(session);
        if (hold != null) {
            return given(Outcome.FUNDED, account, hold);
        }
        if (account.known.contains(session)) {
            return new Funding.Answer(Outcome.NO_HOLD, account.view(), null, null, null);
        }
        account.cancelled.add(session);
        return new Funding.Answer(Outcome.CANCELLED, account.view(), null, null, null);
    }

    @Override
    public Uni<Funding.Answer> renew(String session, Funding.Renew request, @Nullable TraceContext trace) {
        return answer("renew " + request.usedMillis(), () -> decideRenew(session, request));
    }

    /** Somebody waits for credits. */
    public void askBack(String account) {
        publish(account(account), EntryType.GIVE_BACK_ASKED, null, null);
    }

    /** That session waits for credits. */
    public void askBackFor(String account, String session) {
        publish(account(account), EntryType.GIVE_BACK_ASKED, account(account).hold(session), null);
    }

    @Override
    public Uni<Funding.Answer> giveBack(String session, Funding.GiveBack request) {
        return answer(giveBackDelay, "give back " + request.cut() + " to " + request.fundedMillis(), () -> {
            FakeAccount account = account(request.accountId());
            HoldView hold = account.hold(session);
            if (hold == null) {
                return new Funding.Answer(Outcome.NO_HOLD, account.view(), null, null, null);
            }
            if (request.epoch() == hold.epoch() && request.cut() == hold.cut() + 1) {
                hold = account.giveBack(settle(account, hold, request.usedMillis()), request.fundedMillis());
                publish(account, EntryType.SETTLED, hold, null);
            }
            return given(request.epoch() == hold.epoch() ? Outcome.FUNDED : Outcome.STALE, account, hold);
        });
    }

    @Override
    public Uni<Funding.Answer> takeover(String session, Funding.Takeover request) {
        return answer("takeover " + request.epoch(), () -> decideTakeover(session, request));
    }

    @Override
    public Uni<Funding.Answer> release(String session, Funding.Release request, @Nullable TraceContext trace) {
        traces.add(trace);
        return answer("release " + request.usedMillis(), () -> {
            if (takesNoReleases) {
                throw new Unavailable("credits-service takes no releases");
            }
            return decideRelease(session, request);
        });
    }

    private Funding.Answer decideRelease(String session, Funding.Release request) {
        FakeAccount account = account(request.accountId());
        HoldView hold = account.hold(session);
        if (hold != null && request.epoch() < hold.epoch()) {
            return given(Outcome.STALE, account, hold);
        }
        if (hold != null) {
            return released(account, hold, request.usedMillis());
        }
        account.known.add(session);
        return account.released.computeIfAbsent(
                session, fresh -> new Funding.Answer(Outcome.RELEASED, account.view(), null, null, null));
    }

    private Funding.Answer decideStart(String session, Funding.Start request) {
        FakeAccount account = account(request.accountId());
        HoldView hold = account.hold(session);
        if (hold != null) {
            return given(Outcome.FUNDED, account, hold);
        }
        if (account.known.contains(session)) {
            return new Funding.Answer(Outcome.NO_HOLD, account.view(), null, null, null);
        }
        if (account.cancelled.contains(session)) {
            return refused(account, ProblemType.OPERATION_CANCELLED, null);
        }
        Rate rate = account.rate;
        if (account.suspended) {
            return refused(account, ProblemType.ACCOUNT_SUSPENDED, null);
        }
        long slice = Math.min(account.firstSliceMillis, FakeAccount.affordableMillis(rate, account.available()));
        if (slice < rate.incrementMillis()) {
            return refused(account, ProblemType.INSUFFICIENT_CREDITS, rate.price());
        }
        HoldView fresh = new HoldView(session, 1, 0, FakeAccount.wholeIncrements(rate, slice), Credits.ZERO, rate);
        account.known.add(session);
        account.holds.put(session, fresh);
        publish(account, EntryType.HELD, fresh, null);
        return given(Outcome.FUNDED, account, fresh);
    }

    @Override
    public Uni<Granting.StandingStatus> standing(String account) {
        return Uni.createFrom().deferred(() -> {
            questions.add("standing " + account);
            return network.answer(
                    latency,
                    () -> account(account).suspended
                            ? Granting.StandingStatus.SUSPENDED
                            : Granting.StandingStatus.ACTIVE);
        });
    }

    private Funding.Answer decideRenew(String session, Funding.Renew request) {
        FakeAccount account = account(request.accountId());
        HoldView hold = account.hold(session);
        if (hold == null) {
            return new Funding.Answer(Outcome.NO_HOLD, account.view(), null, null, null);
        }
        if (request.epoch() != hold.epoch()) {
            return given(Outcome.STALE, account, hold);
        }
        return refill(account, settle(account, hold, request.usedMillis()), request.usedMillis());
    }

    private Funding.Answer decideTakeover(String session, Funding.Takeover request) {
        FakeAccount account = account(request.accountId());
        HoldView hold = account.hold(session);
        if (hold == null) {
            return new Funding.Answer(Outcome.NO_HOLD, account.view(), null, null, null);
        }
        if (request.epoch() < hold.epoch()) {
            return given(Outcome.STALE, account, hold);
        }
        if (request.epoch() > hold.epoch()) {
            long proof = request.proofEpoch() == hold.epoch() ? request.proofUsedMillis() : 0;
            HoldView settled = settle(account, hold, proof);
            hold = new HoldView(
                    session,
                    request.epoch(),
                    settled.usedMillis(),
                    settled.fundedMillis(),
                    settled.charged(),
                    settled.rate(),
                    settled.cut());
            account.holds.put(session, hold);
            hold = account.refillsAtTakeover ? account.refill(hold) : hold;
            publish(account, EntryType.SETTLED, hold, null);
        }
        return given(Outcome.FUNDED, account, hold);
    }

    private HoldView settle(FakeAccount account, HoldView hold, long usedMillis) {
        if (usedMillis <= hold.usedMillis()) {
            return hold;
        }
        HoldView settled = account.settle(hold, Math.min(usedMillis, hold.fundedMillis()));
        publish(account, EntryType.SETTLED, settled, null);
        for (int level : account.crossed()) {
            publish(account, EntryType.THRESHOLD_CROSSED, settled, level);
        }
        return settled;
    }

    private Funding.Answer refill(FakeAccount account, HoldView hold, long usedMillis) {
        if (account.suspended) {
            return given(Outcome.SUSPENDED, account, hold);
        }
        HoldView refilled = account.refill(hold);
        if (refilled.fundedMillis() > hold.fundedMillis()) {
            publish(account, EntryType.SETTLED, refilled, null);
        }
        boolean moreIsThere = refilled.fundedMillis() > hold.fundedMillis()
                || account.available().compareTo(hold.rate().price()) >= 0;
        if (refilled.fundedMillis() > usedMillis && moreIsThere) {
            return given(Outcome.FUNDED, account, refilled);
        }
        boolean exhausted = refilled.usedMillis() == refilled.fundedMillis();
        return given(exhausted ? Outcome.EXHAUSTED : Outcome.ENDING, account, refilled);
    }

    private static Funding.Answer given(Outcome outcome, FakeAccount account, HoldView hold) {
        return new Funding.Answer(outcome, account.view(), hold, null, null);
    }

    private static Funding.Answer refused(FakeAccount account, ProblemType problem, @Nullable Credits required) {
        return new Funding.Answer(Outcome.REFUSED, account.view(), null, problem, required);
    }

    private void publish(FakeAccount account, EntryType type, @Nullable HoldView hold, @Nullable Integer level) {
        account.seq++;
        AccountView view = account.view();
        AccountEvent event = new AccountEvent(
                type, account.id, time.now(), Credits.ZERO, view, hold, level, List.of(), null, null, null);
        time.after(eventDelay, () -> events.accept(event));
    }

    private Uni<Funding.Answer> answer(String question, Supplier<Funding.Answer> decision) {
        return answer(Duration.ZERO, question, decision);
    }

    private Uni<Funding.Answer> answer(Duration delay, String question, Supplier<Funding.Answer> decision) {
        return Uni.createFrom().deferred(() -> {
            questions.add(question);
            return network.answer(latency.plus(delay), () -> decide(decision))
                    .chain(answer -> network.answer(answerDelay, () -> answer));
        });
    }

    private Funding.Answer decide(Supplier<Funding.Answer> decision) {
        if (away) {
            throw new Unavailable("credits-service is away");
        }
        Funding.Answer answer = decision.get();
        answers.add(answer);
        if (losesAnswers) {
            throw new OutcomeUnknown("the answer was lost");
        }
        return answer;
    }
}
