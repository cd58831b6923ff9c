package io.drawdown.sessions.testing;

import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.HoldView;
import io.drawdown.contracts.Rate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One account of {@link FakeCredits}: one credit per second, a first slice of a minute. */
public final class FakeAccount {

    private static final List<Integer> LEVELS = List.of(20, 10, 5);

    public Rate rate = new Rate("live_dubbing", Credits.of(1), 1_000);
    public long firstSliceMillis = 60_000;
    public long greatestSliceSeconds = 300;
    public boolean suspended;
    public boolean refillsAtTakeover;
    public Credits balance = Credits.ZERO;

    final String id;
    final Map<String, HoldView> holds = new LinkedHashMap<>();
    final Map<String, Funding.Answer> released = new LinkedHashMap<>();
    final Set<String> known = new LinkedHashSet<>();
    final Set<String> cancelled = new LinkedHashSet<>();
    long seq;

    private Credits armed = Credits.ZERO;
    private final Set<Integer> crossed = new LinkedHashSet<>();

    FakeAccount(String id) {
        this.id = id;
    }

    public @Nullable HoldView hold(String session) {
        return holds.get(session);
    }

    public Credits available() {
        return balance.minus(held());
    }

    void grant(Credits amount) {
        balance = balance.plus(amount);
        armed = balance;
        crossed.clear();
    }

    HoldView settle(HoldView hold, long usedMillis) {
        Credits charged = hold.rate().priceOf(usedMillis);
        balance = balance.minus(charged.minus(hold.charged()));
        HoldView settled = new HoldView(
                hold.sessionId(), hold.epoch(), usedMillis, hold.fundedMillis(), charged, hold.rate(), hold.cut());
        holds.put(hold.sessionId(), settled);
        return settled;
    }

    HoldView giveBack(HoldView hold, long fundedMillis) {
        HoldView left = new HoldView(
                hold.sessionId(),
                hold.epoch(),
                hold.usedMillis(),
                Math.min(fundedMillis, hold.fundedMillis()),
                hold.charged(),
                hold.rate(),
                hold.cut() + 1);
        holds.put(hold.sessionId(), left);
        return left;
    }

    HoldView refill(HoldView hold) {
        Credits mine = available().plus(reserved(hold));
        long seconds = mine.micros() / hold.rate().perSecond().micros() / (holds.size() + 1);
        long slice =
                Math.min(Math.clamp(seconds, 5, greatestSliceSeconds) * 1_000, affordableMillis(hold.rate(), mine));
        long target = wholeIncrements(hold.rate(), hold.usedMillis() + slice);
        HoldView refilled = new HoldView(
                hold.sessionId(),
                hold.epoch(),
                hold.usedMillis(),
                Math.max(hold.fundedMillis(), Math.min(target, greatest(hold, mine))),
                hold.charged(),
                hold.rate(),
                hold.cut());
        holds.put(hold.sessionId(), refilled);
        return refilled;
    }

    /** What has been charged for begun increments is paid for. */
    private static long greatest(HoldView hold, Credits mine) {
        long paid = Math.ceilDiv(hold.usedMillis(), hold.rate().incrementMillis())
                * hold.rate().incrementMillis();
        return paid + affordableMillis(hold.rate(), mine);
    }

    static long affordableMillis(Rate rate, Credits credits) {
        return Math.max(0, credits.micros()) / rate.price().micros() * rate.incrementMillis();
    }

    static long wholeIncrements(Rate rate, long millis) {
        return millis / rate.incrementMillis() * rate.incrementMillis();
    }

    /** Levels that the balance reached since the last time. */
    List<Integer> crossed() {
        List<Integer> fresh = new ArrayList<>();
        for (int level : LEVELS) {
            if (balance.micros() * 100 <= armed.micros() * level && crossed.add(level)) {
                fresh.add(level);
            }
        }
        return fresh;
    }

    AccountView view() {
        Credits burn =
                holds.values().stream().map(hold -> hold.rate().perSecond()).reduce(Credits.ZERO, Credits::plus);
        return new AccountView(seq, balance, held(), available(), burn, armed);
    }

    private Credits held() {
        return holds.values().stream().map(FakeAccount::reserved).reduce(Credits.ZERO, Credits::plus);
    }

    private static Credits reserved(HoldView hold) {
        return hold.rate().priceOf(hold.fundedMillis()).minus(hold.charged());
    }
}
