package io.drawdown.simulator.credits;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.CreditsCore;
import io.drawdown.credits.accounts.AccountBusy;
import io.drawdown.credits.accounts.AccountStatus;
import io.drawdown.credits.accounts.GrantKind;
import io.drawdown.credits.accounts.Key;
import io.drawdown.credits.accounts.NewGrant;
import io.drawdown.credits.accounts.Reply;
import io.drawdown.credits.checks.CheckReport;
import io.drawdown.credits.ledger.LedgerPages;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.simulator.truth.AccountTruth.Window;
import io.drawdown.simulator.truth.Answers.Asked;
import io.drawdown.simulator.world.Ground;
import io.drawdown.simulator.world.Line;
import io.drawdown.simulator.world.Process;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Whoever calls credits-service over HTTP: opens, grants, charges, suspends, looks, and repeats what was not answered. */
public final class Gateway {

    private static final int MOST_REMEMBERED = 64;

    private final Ground ground;
    private final CreditsSide credits;
    private final List<String> accounts;
    private final Process process;
    private final List<Line> lines;
    private final List<Command> sent = new ArrayList<>();
    private final Map<String, Integer> timesSent = new HashMap<>();
    private final List<Denied> denied = new ArrayList<>();
    private int keys;

    /** A command with a key, so that it can be sent again. */
    private record Command(String account, String what, Key key, Function<CreditsCore, Uni<Reply>> question) {}

    /** A key that was sent once and denied. */
    private record Denied(String account, String key) {}

    public Gateway(Ground ground, CreditsSide credits, List<String> accounts) {
        this.ground = ground;
        this.credits = credits;
        this.accounts = accounts;
        process = new Process("gateway", ground.timeline);
        lines = credits.hosts().stream()
                .map(host -> ground.line(host.name(), process))
                .toList();
    }

    /** All accounts but the last, so that there is something to use from the beginning. */
    public void openMost(RandomGenerator random) {
        accounts.subList(0, accounts.size() - 1).forEach(account -> open(account, random));
    }

    public void open(RandomGenerator random) {
        open(account(random), random);
    }

    private void open(String account, RandomGenerator random) {
        long amount = 5 + random.nextInt(60);
        String hash = random.nextInt(8) == 0 ? "another opening" : "opening";
        List<NewGrant> grants = random.nextInt(4) == 0 ? List.of() : List.of(grant(amount, null, null, random));
        command(
                random,
                account,
                "opens " + account + " with " + grants,
                null,
                null,
                core -> core.open(account, grants, hash));
    }

    public void topUp(RandomGenerator random) {
        grant(random, grant(1 + random.nextInt(40), null, null, random));
    }

    public void grantThatExpires(RandomGenerator random) {
        grant(random, grant(1 + random.nextInt(40), null, soon(random), random));
    }

    public void grantForLater(RandomGenerator random) {
        Instant from = soon(random);
        grant(random, grant(1 + random.nextInt(40), from, from.plusMillis(500 + random.nextInt(20_000)), random));
    }

    private void grant(RandomGenerator random, NewGrant grant) {
        String account = account(random);
        Key key = new Key("grant " + ++keys, "grant " + grant);
        keyed(
                random,
                new Command(
                        account, "grants " + grant + " to " + account, key, core -> core.grant(account, grant, key)));
    }

    public void charge(RandomGenerator random) {
        String account = account(random);
        long units = 1 + random.nextInt(random.nextInt(4) == 0 ? 40 : 4);
        Key key = new Key("charge " + ++keys, "charge " + units);
        keyed(random, charge(account, units, key));
    }

    private static Command charge(String account, long units, Key key) {
        String what = "charges " + account + " for " + units + " under key " + key.hash();
        return new Command(account, what, key, core -> core.charge(account, "credit", units, key));
    }

    /** Many at once, so that groups form and arrays fill. */
    public void burst(RandomGenerator random) {
        String account = account(random);
        int size = 2 + random.nextInt(6);
        for (int i = 0; i < size; i++) {
            Key key = new Key("charge " + ++keys, "charge 1");
            keyed(random, charge(account, 1, key));
            if (random.nextInt(3) == 0) {
                keyed(random, charge(account, 1, key));
            }
        }
    }

    public void repeat(RandomGenerator random) {
        if (!sent.isEmpty()) {
            keyed(
                    random,
                    sent.get(sent.size() - 1 - Math.min(random.nextInt(sent.size()), random.nextInt(sent.size()))));
        }
    }

    /** The key of an earlier command with another body. */
    public void reuse(RandomGenerator random) {
        if (!sent.isEmpty()) {
            Command earlier = sent.get(random.nextInt(sent.size()));
            Key key = new Key(earlier.key().hash(), "another body");
            send(random, charge(earlier.account(), 3, key));
        }
    }

    public void suspend(RandomGenerator random) {
        String account = account(random);
        command(
                random,
                account,
                "suspends " + account,
                null,
                AccountStatus.SUSPENDED,
                core -> core.suspend(account, "fraud"));
    }

    public void reinstate(RandomGenerator random) {
        accounts.forEach(account -> command(
                random, account, "reinstates " + account, null, AccountStatus.ACTIVE, core -> core.reinstate(account)));
    }

    public void close(RandomGenerator random) {
        String account = accounts.getLast();
        command(random, account, "closes " + account, null, AccountStatus.CLOSED, core -> core.close(account));
    }

    /** What no honest client sends. */
    public void nonsense(RandomGenerator random) {
        String account = account(random);
        Key key = new Key("nonsense " + ++keys, "nonsense");
        NewGrant nothing = new NewGrant(GrantKind.PROMO, Credits.ZERO, 1, null, null);
        NewGrant past = new NewGrant(GrantKind.PROMO, Credits.of(1), 1, null, Instant.EPOCH);
        NewGrant tooMuch = new NewGrant(GrantKind.PROMO, Credits.ofMicros(Credits.MAX_MICROS), 1, null, null);
        Function<CreditsCore, Uni<Reply>> question =
                switch (random.nextInt(6)) {
                    case 0 -> core -> core.charge(account, "no such meter", 1, key);
                    case 1 -> core -> core.charge(account, "credit", 0, key);
                    case 2 -> core -> core.charge(account, "credit", Long.MAX_VALUE, key);
                    case 3 -> core -> core.grant(account, nothing, key);
                    case 4 -> core -> core.grant(account, past, key);
                    default -> core -> core.grant(account, tooMuch, key);
                };
        command(random, account, "sends nonsense about " + account, key, null, question);
    }

    public void look(RandomGenerator random) {
        String account = account(random);
        ask(random, "looks at " + account, core -> core.account(account), (window, found) -> {
                    if (found.isPresent()) {
                        credits.answers().check(account, window, found.get());
                    }
                })
                .subscribe()
                .with(done -> {}, fault -> {});
    }

    public void page(RandomGenerator random) {
        String account = account(random);
        LedgerPages.Query query = new LedgerPages.Query(1 + random.nextInt(30), null, null);
        ask(random, "reads the ledger of " + account, core -> core.ledger(account, query), (window, found) -> {
                    if (found.isPresent()) {
                        credits.answers().check(account, window, found.get());
                    }
                })
                .subscribe()
                .with(done -> {}, fault -> {});
    }

    public void check(RandomGenerator random) {
        ask(random, "starts a check", CreditsCore::startCheck, (window, report) -> {})
                .subscribe()
                .with(done -> {}, fault -> {});
    }

    /** No check that came to its end ever found anything. */
    public void checksWereClean() {
        for (CheckReport report : credits.stores().checks().all()) {
            ground.counts.count("check " + report.state());
            ground.findings.expect(
                    report.state() != CheckReport.State.FINISHED || report.isClean(),
                    "the check finds nothing",
                    report::toString);
        }
    }

    private void keyed(RandomGenerator random, Command command) {
        if (sent.size() == MOST_REMEMBERED) {
            sent.removeFirst();
        }
        sent.add(command);
        send(random, command);
    }

    private void send(RandomGenerator random, Command command) {
        command(random, command.account(), command.what(), command.key(), null, command.question());
    }

    private void command(
            RandomGenerator random,
            String account,
            String what,
            @Nullable Key key,
            @Nullable AccountStatus status,
            Function<CreditsCore, Uni<Reply>> question) {
        BiConsumer<Window, Reply> check =
                (window, reply) -> credits.answers().check(new Asked(account, what, key, status, window), reply);
        if (key != null) {
            timesSent.merge(key.hash(), 1, Integer::sum);
        }
        ask(random, what, question, check).subscribe().with(reply -> {}, fault -> {
            if (key != null && fault instanceof Unavailable) {
                denied.add(new Denied(account, key.hash()));
            }
        });
    }

    /** What was said not to have happened did not happen, unless it was asked for again. */
    public void denialsWereTrue() {
        for (Denied each : denied) {
            boolean wasAskedAgain = timesSent.getOrDefault(each.key(), 0) > 1;
            Long seq = credits.accounts().of(each.account()).seqOf(each.key());
            ground.findings.expect(
                    wasAskedAgain || seq == null,
                    "what is answered as unavailable did not happen",
                    () -> each + " is entry " + seq);
        }
    }

    private <T> Uni<T> ask(
            RandomGenerator random, String what, Function<CreditsCore, Uni<T>> question, BiConsumer<Window, T> check) {
        CreditsHost host = credits.any(random);
        Line line = lines.get(credits.hosts().indexOf(host));
        ground.trace.say("gateway", () -> what + ", by " + host.name());
        Uni<T> answer = line.write((fate, back) -> host.serve(question, check, back));
        return answer.invoke(item -> answered(what, item)).onFailure().invoke(fault -> failed(what, fault));
    }

    private void answered(String what, @Nullable Object item) {
        ground.trace.say("gateway", () -> "hears: " + what + " → " + item);
        if (item instanceof Reply.Refused refused) {
            ground.counts.count("problem " + refused.problem());
        } else if (item instanceof Reply reply) {
            ground.counts.count("reply " + reply.getClass().getSimpleName());
        }
    }

    private void failed(String what, Throwable fault) {
        ground.trace.say("gateway", () -> "hears: " + what + " → " + fault);
        ground.counts.count(
                "problem " + (fault instanceof AccountBusy ? ProblemType.ACCOUNT_BUSY : ProblemType.UNAVAILABLE));
        ground.findings.expect(Faults.isExpected(fault), "nothing fails but what is away", fault::toString);
    }

    private NewGrant grant(long amount, @Nullable Instant from, @Nullable Instant until, RandomGenerator random) {
        GrantKind kind = GrantKind.values()[random.nextInt(GrantKind.values().length)];
        return new NewGrant(kind, Credits.of(amount), 10 * random.nextInt(3), from, until);
    }

    private Instant soon(RandomGenerator random) {
        return credits.stores().database().now().plus(Duration.ofMillis(200 + random.nextInt(20_000)));
    }

    private String account(RandomGenerator random) {
        return accounts.get(random.nextInt(accounts.size()));
    }
}
