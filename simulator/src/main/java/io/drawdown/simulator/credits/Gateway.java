package io.drawdown.simulator.credits;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.GrantKind;
import io.drawdown.credits.CreditsCore;
import io.drawdown.credits.account.AccountStatus;
import io.drawdown.credits.account.Key;
import io.drawdown.credits.checks.CheckReport;
import io.drawdown.credits.decision.NewGrant;
import io.drawdown.credits.ledger.LedgerPages;
import io.drawdown.simulator.credits.Requests.Command;
import io.drawdown.simulator.credits.Requests.Question;
import io.drawdown.simulator.invariants.GrantInvariants;
import io.drawdown.simulator.invariants.Plans;
import io.drawdown.simulator.world.SimulationContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A client of credits-service over HTTP: opens, grants, charges, suspends, reads, and repeats what was not answered. */
public final class Gateway {

    private static final int MOST_REMEMBERED = 64;
    private static final int MOST_NEW = 4;

    private final SimulationContext context;
    private final CreditsSide credits;
    private final List<String> accounts;
    final Requests requests;
    private final List<Command> sent = new ArrayList<>();
    private int keys;
    private int opened;

    public Gateway(SimulationContext context, CreditsSide credits, List<String> accounts) {
        this.context = context;
        this.credits = credits;
        this.accounts = accounts;
        requests = new Requests(context, credits);
    }

    /** All accounts but the last, so that there is something to use from the beginning. */
    public void openMost(RandomGenerator random) {
        accounts.subList(0, accounts.size() - 1).forEach(account -> open(account, random));
    }

    public void open(RandomGenerator random) {
        open(account(random), random);
    }

    private void open(String account, RandomGenerator random) {
        long amount = 5L + random.nextInt(60);
        String hash = random.nextInt(8) == 0 ? "another opening" : "opening";
        List<NewGrant> grants = random.nextInt(4) == 0 ? List.of() : List.of(grant(amount, null, null, random));
        requests.send(random, Command.opening(account, hash, commands -> commands.open(account, grants, hash)));
    }

    /** A new account, by several clients that do not agree on what it begins with. */
    public void openAtOnce(RandomGenerator random) {
        String account = "new-" + opened++ % MOST_NEW;
        for (int i = 0; i < 3; i++) {
            String hash = "opening " + random.nextInt(2);
            List<NewGrant> grants = List.of(grant(5 + random.nextInt(60), null, null, random));
            requests.send(random, Command.opening(account, hash, commands -> commands.open(account, grants, hash)));
        }
    }

    public void topUp(RandomGenerator random) {
        grant(random, grant(1 + random.nextInt(40), null, null, random));
    }

    /** One, or several that are alike, until the account has as many as it may have. */
    public void grantThatExpires(RandomGenerator random) {
        String account = account(random);
        boolean areMany = random.nextInt(4) == 0;
        Instant from = areMany ? credits.stores().database().now() : null;
        NewGrant grant = grant(1 + random.nextInt(40), from, soon(random), random);
        for (int i = areMany ? 2 + random.nextInt(6) : 1; i > 0; i--) {
            keyed(random, granting(account, grant));
        }
    }

    public void grantForLater(RandomGenerator random) {
        Instant from = soon(random);
        grant(random, grant(1 + random.nextInt(40), from, from.plusMillis(500 + random.nextInt(20_000)), random));
    }

    private void grant(RandomGenerator random, NewGrant grant) {
        keyed(random, granting(account(random), grant));
    }

    public void charge(RandomGenerator random) {
        String account = account(random);
        long units = 1L + random.nextInt(random.nextInt(4) == 0 ? 40 : 4);
        keyed(random, charge(account, units));
    }

    /** A charge under a key that was never used. */
    Command charge(String account, long units) {
        return charge(account, units, new Key("charge " + ++keys, "charge " + units));
    }

    private static Command charge(String account, long units, Key key) {
        String what = "charges " + account + " for " + units + " under key " + key.hash();
        return Command.keyed(account, what, key, commands -> commands.charge(account, "credit", units, key));
    }

    /** Many at once, so that groups form and arrays fill. */
    public void burst(RandomGenerator random) {
        String account = account(random);
        int size = 2 + random.nextInt(6);
        for (int i = 0; i < size; i++) {
            Command charge = charge(account, 1);
            keyed(random, charge);
            if (random.nextInt(3) == 0) {
                keyed(random, charge);
            }
        }
    }

    /** An earlier command again, by one or several at once, while new ones come between. */
    public void repeat(RandomGenerator random) {
        if (!sent.isEmpty()) {
            int back = Math.min(random.nextInt(sent.size()), random.nextInt(sent.size()));
            Command earlier = sent.get(sent.size() - 1 - back);
            for (int others = random.nextInt(4); others > 0; others--) {
                keyed(random, charge(earlier.account(), 1));
            }
            for (int times = 1 + random.nextInt(3); times > 0; times--) {
                keyed(random, earlier);
            }
        }
    }

    Command granting(String account, NewGrant grant) {
        Key key = new Key("grant " + ++keys, "grant " + grant);
        GrantInvariants truths = credits.grants();
        truths.ask(key, grant);
        return Command.keyed(
                account, "grants " + grant + " to " + account, key, commands -> commands.grant(account, grant, key)
                        .invoke(reply -> truths.answered(grant, reply)));
    }

    /** The key of an earlier command with another body. */
    public void reuse(RandomGenerator random) {
        if (!sent.isEmpty()) {
            Command earlier = sent.get(random.nextInt(sent.size()));
            Key key = new Key(Objects.requireNonNull(earlier.key()).hash(), "another body");
            requests.send(random, charge(earlier.account(), 3, key));
        }
    }

    public void suspend(RandomGenerator random) {
        String account = account(random);
        become(random, account, AccountStatus.SUSPENDED, commands -> commands.suspend(account, "fraud"));
    }

    public void reinstate(RandomGenerator random) {
        accounts.forEach(
                account -> become(random, account, AccountStatus.ACTIVE, commands -> commands.reinstate(account)));
    }

    /** Mostly takes it away again, so that most sessions can start. */
    public void changePlan(RandomGenerator random) {
        String account = account(random);
        List<String> plans = Plans.KINDS.keySet().stream().sorted().toList();
        String plan = random.nextInt(3) > 0 ? null : plans.get(random.nextInt(plans.size()));
        requests.send(
                random,
                new Command(
                        account,
                        "gives " + account + " the plan " + plan,
                        null,
                        null,
                        null,
                        commands -> commands.changePlan(account, plan)));
    }

    public void close(RandomGenerator random) {
        String account = accounts.getLast();
        become(random, account, AccountStatus.CLOSED, commands -> commands.close(account));
    }

    private void become(RandomGenerator random, String account, AccountStatus status, Question question) {
        requests.send(random, new Command(account, "makes " + account + " " + status, null, status, null, question));
    }

    /** Sends what no honest client sends. */
    public void nonsense(RandomGenerator random) {
        String account = account(random);
        Key key = new Key("nonsense " + ++keys, "nonsense");
        NewGrant nothing = new NewGrant(GrantKind.PROMO, Credits.ZERO, 1, null, null);
        NewGrant past = new NewGrant(GrantKind.PROMO, Credits.of(1), 1, null, Instant.EPOCH);
        NewGrant tooMuch = new NewGrant(GrantKind.PROMO, Credits.ofMicros(Credits.MAX_MICROS), 1, null, null);
        Question question =
                switch (random.nextInt(7)) {
                    case 0 -> commands -> commands.charge(account, "no such meter", 1, key);
                    case 1 -> commands -> commands.charge(account, "credit", 0, key);
                    case 2 -> commands -> commands.charge(account, "credit", Long.MAX_VALUE, key);
                    case 3 -> commands -> commands.grant(account, nothing, key);
                    case 4 -> commands -> commands.grant(account, past, key);
                    case 5 -> commands -> commands.changePlan(account, "no such plan");
                    default -> commands -> commands.grant(account, tooMuch, key);
                };
        requests.send(random, Command.keyed(account, "sends nonsense about " + account, key, question));
    }

    public void look(RandomGenerator random) {
        String account = account(random);
        requests.look(random, "looks at " + account, core -> core.account(account), (window, found) -> {
            if (found.isPresent()) {
                credits.answers().check(account, window, found.get());
            }
        });
    }

    public void page(RandomGenerator random) {
        String account = account(random);
        LedgerPages.Query query = new LedgerPages.Query(1 + random.nextInt(30), null, null);
        requests.look(
                random, "reads the ledger of " + account, core -> core.ledger(account, query), (window, found) -> {
                    if (found.isPresent()) {
                        credits.answers().check(account, window, found.get());
                    }
                });
    }

    public void check(RandomGenerator random) {
        requests.look(random, "starts a check", CreditsCore::startCheck, (window, report) -> {});
    }

    /** Checks that no finished check found anything. */
    public void checksWereClean() {
        for (CheckReport report : credits.stores().checks().all()) {
            context.counts.count("check " + report.state());
            context.findings.expect(
                    report.state() != CheckReport.State.FINISHED || report.isClean(),
                    "the check finds nothing",
                    report::toString);
        }
    }

    /** Checks that denied operations did not happen. */
    public void denialsWereTrue() {
        requests.denialsWereTrue();
    }

    /** Something that was sent and can be repeated, of late if possible; sent now if there is nothing. */
    Command earlier(RandomGenerator random) {
        if (sent.isEmpty() || random.nextInt(3) == 0) {
            keyed(random, charge(account(random), 1));
        }
        return sent.get(Math.max(0, sent.size() - 1 - random.nextInt(3)));
    }

    void keyed(RandomGenerator random, Command command) {
        if (sent.size() == MOST_REMEMBERED) {
            sent.removeFirst();
        }
        sent.add(command);
        requests.send(random, command);
    }

    NewGrant grant(long amount, @Nullable Instant from, @Nullable Instant until, RandomGenerator random) {
        GrantKind kind = List.of(GrantKind.values()).get(random.nextInt(GrantKind.values().length));
        return new NewGrant(kind, Credits.of(amount), 10 * random.nextInt(3), from, until);
    }

    private Instant soon(RandomGenerator random) {
        return credits.stores().database().now().plus(Duration.ofMillis(200 + random.nextInt(20_000)));
    }

    String account(RandomGenerator random) {
        return accounts.get(random.nextInt(accounts.size()));
    }
}
