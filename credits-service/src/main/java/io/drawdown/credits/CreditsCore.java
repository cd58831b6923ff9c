package io.drawdown.credits;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.contracts.UsageReport;
import io.drawdown.credits.account.AccountSummary;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Key;
import io.drawdown.credits.account.Priced;
import io.drawdown.credits.checks.CheckReport;
import io.drawdown.credits.checks.ConsistencyChecks;
import io.drawdown.credits.commit.CoreMetrics;
import io.drawdown.credits.commit.GroupCommit;
import io.drawdown.credits.commit.Submission;
import io.drawdown.credits.config.CreditsSettings;
import io.drawdown.credits.config.Tariff;
import io.drawdown.credits.decision.Command;
import io.drawdown.credits.decision.NewGrant;
import io.drawdown.credits.decision.Reply;
import io.drawdown.credits.ledger.Draining;
import io.drawdown.credits.ledger.LedgerPages;
import io.drawdown.credits.ledger.LedgerRow;
import io.drawdown.credits.ledger.Operation;
import io.drawdown.credits.ledger.Operations;
import io.drawdown.credits.ledger.PendingSweep;
import io.drawdown.credits.ledger.Publication;
import io.drawdown.credits.ledger.RowHistory;
import io.drawdown.credits.sessions.Intake;
import io.drawdown.credits.sessions.SessionFunding;
import io.drawdown.credits.store.AccountStore;
import io.drawdown.kit.events.Rejection;
import io.drawdown.kit.outbox.Relay;
import io.drawdown.kit.time.PeriodicTask;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The core of credits-service: all of it but HTTP, Kafka and MongoDB. Single-threaded: call it, and answer its ports, on
 * its scheduler's thread only.
 *
 * <p>Expected outcomes are values ({@link Reply}, {@link Funding.Answer}, an empty Optional for an account that is not
 * there). Faults fail the Uni: {@link io.drawdown.kit.faults.Unavailable} (it did not happen and will not), {@link
 * io.drawdown.kit.faults.OutcomeUnknown}, {@link io.drawdown.credits.commit.AccountBusy}. Everything may be asked again.
 */
public final class CreditsCore {

    private final AccountStore accounts;
    private final CoreMetrics metrics;
    private final Tariff tariff;
    private final Time time;
    private final Relay<LedgerRow> relay;
    private final GroupCommit commits;
    private final GracefulStop gracefulStop;
    private final Submission door;
    private final SessionFunding funding;
    private final Intake intake;
    private final LedgerPages pages;
    private final Operations operations;
    private final ConsistencyChecks checks;
    private final PeriodicTask pendingSweep;
    private final PeriodicTask dueSweep;

    public CreditsCore(
            CreditsPorts ports, CreditsSettings settings, Time time, Scheduler scheduler, RandomGenerator random) {
        this.accounts = ports.accounts();
        this.metrics = ports.metrics();
        this.tariff = settings.tariff();
        this.time = time;
        Publication publication = new Publication(
                ports.ledger(), accounts, ports.publisher(), new PublicationEvents(metrics, this::commits));
        relay = new Relay<>(publication, scheduler, settings.relay(), random);
        Draining draining = new Draining(relay, accounts, time);
        GroupCommit.Ports work = new GroupCommit.Ports(accounts, new RowHistory(ports.ledger()), draining, metrics);
        commits = new GroupCommit(work, time, scheduler, random, settings.limits(), settings.commit());
        gracefulStop = new GracefulStop(commits, draining, relay, time, scheduler);
        door = commits;
        funding = new SessionFunding(commits, tariff);
        intake = new Intake(commits);
        pages = new LedgerPages(accounts, ports.ledger());
        operations = new Operations(accounts, ports.ledger(), time);
        checks = new ConsistencyChecks(accounts, ports.ledger(), ports.checks(), time, scheduler, random);
        pendingSweep = PeriodicTask.of(
                "sweep of pending outboxes",
                scheduler,
                settings.pendingSweep(),
                new PendingSweep(accounts, relay, time)::round);
        dueSweep = PeriodicTask.of(
                "sweep of due accounts", scheduler, settings.dueSweep(), new DueSweep(accounts, commits, time)::round);
    }

    private CreditsCore(CreditsCore whole, Submission door) {
        this.door = door;
        accounts = whole.accounts;
        metrics = whole.metrics;
        tariff = whole.tariff;
        time = whole.time;
        relay = whole.relay;
        commits = whole.commits;
        gracefulStop = whole.gracefulStop;
        funding = new SessionFunding(door, whole.tariff);
        intake = whole.intake;
        pages = whole.pages;
        operations = whole.operations;
        checks = whole.checks;
        pendingSweep = whole.pendingSweep;
        dueSweep = whole.dueSweep;
    }

    /**
     * This core for one request that is worth nothing after this instant, in database time: no write of it is handed over
     * then. It fails as unavailable if none was before, else as of unknown outcome.
     */
    public CreditsCore until(Instant notAfter) {
        return new CreditsCore(this, commits.until(notAfter));
    }

    /** Starts the sweeps. Requests are answered without them too. */
    public void start() {
        pendingSweep.start();
        dueSweep.start();
    }

    /**
     * Takes no more work and brings what it has taken to its end, up to the ledger and the broker. Answers whether nothing is
     * left; false after that time: whoever runs next finds the rest.
     */
    public Uni<Boolean> stopGracefully(Duration atMost) {
        stop();
        return gracefulStop.begin(atMost);
    }

    /** Stops the sweeps and a running check; what is under way comes to its end. */
    public void stop() {
        pendingSweep.stop();
        dueSweep.stop();
        checks.stop();
    }

    /** {@link Reply.Opened} or {@link Reply.Refused} (account-exists, or a grant that cannot be). */
    public Uni<Reply> open(String accountId, List<NewGrant> grants, String openingHash) {
        return door.submit(new Command.Open(accountId, grants, openingHash));
    }

    /** {@link Reply.Posted} or {@link Reply.Refused}. */
    public Uni<Reply> grant(String accountId, NewGrant grant, Key key) {
        return door.submit(new Command.AddGrant(accountId, grant, key));
    }

    /** {@link Reply.Posted} or {@link Reply.Refused}, the latter with what is required if it is too much. */
    public Uni<Reply> charge(String accountId, String meter, long units, Key key) {
        Optional<Credits> price = tariff.price(meter);
        if (price.isEmpty()) {
            return refused(ProblemType.UNKNOWN_METER, "the price list has no meter " + meter);
        }
        if (units < 1) {
            return refused(ProblemType.INVALID_REQUEST, "units are positive");
        }
        if (units > Credits.MAX_MICROS / Math.max(1, price.get().micros())) {
            return refused(ProblemType.AMOUNT_OUT_OF_RANGE, ProblemType.AMOUNT_OUT_OF_RANGE.title());
        }
        return door.submit(new Command.Charge(accountId, new Priced(meter, units, price.get()), key));
    }

    /** {@link Reply.Posted}, {@link Reply.Nothing} if it is suspended already, or {@link Reply.Refused}. */
    public Uni<Reply> suspend(String accountId, String cause) {
        return door.submit(new Command.Suspend(accountId, cause));
    }

    /** {@link Reply.Posted}, {@link Reply.Nothing} if it is active already, or {@link Reply.Refused}. */
    public Uni<Reply> reinstate(String accountId) {
        return door.submit(new Command.Reinstate(accountId));
    }

    /** {@link Reply.Posted}, {@link Reply.Nothing} if it is closed already, or {@link Reply.Refused} (account-in-use). */
    public Uni<Reply> close(String accountId) {
        return door.submit(new Command.Close(accountId));
    }

    /** The account and its money now. */
    public Uni<Optional<AccountSummary>> account(String accountId) {
        Instant now = time.now();
        return accounts.readLatest(accountId).map(found -> found.map(account -> AccountSummary.of(account, now)));
    }

    /** Accounts in order of their ids, after {@code afterId}; it may be a moment old. */
    public Uni<List<AccountSummary>> accounts(@Nullable String afterId, int limit) {
        Instant now = time.now();
        return accounts.page(afterId, limit).map(page -> page.stream()
                .map(account -> AccountSummary.of(account, now))
                .toList());
    }

    /** Entries of the account, newest first. */
    public Uni<Optional<List<Entry>>> ledger(String accountId, LedgerPages.Query query) {
        return pages.page(accountId, query);
    }

    /** One entry: how an amount came about. */
    public Uni<Optional<Entry>> explain(String accountId, long seq) {
        return pages.entry(accountId, seq);
    }

    /** What became of what was sent under this key, a client's or an internal one. */
    public Uni<Optional<Operation>> operation(String accountId, String keyHash) {
        return operations.find(accountId, keyHash);
    }

    /**
     * Makes that final: {@link Reply.Posted} with the row of what was done, or with the void row that stands under the key
     * for ever, or {@link Reply.Refused}.
     */
    public Uni<Reply> cancel(String accountId, String keyHash) {
        return door.submit(new Command.Cancel(accountId, Key.cancelled(keyHash)));
    }

    /** The first slice of a session. */
    public Uni<Funding.Answer> start(String sessionId, Funding.Start start) {
        return funding.start(sessionId, start);
    }

    /** {@link Funding.Outcome#CANCELLED} for ever, or what became of it. */
    public Uni<Funding.Answer> cancelStart(String sessionId, Funding.CancelStart request) {
        return funding.cancelStart(sessionId, request);
    }

    /** Settles to the owner's total and refills. */
    public Uni<Funding.Answer> renew(String sessionId, Funding.Renew renew) {
        return funding.renew(sessionId, renew);
    }

    /** Gives the hold to another owner. */
    public Uni<Funding.Answer> takeover(String sessionId, Funding.Takeover takeover) {
        return funding.takeover(sessionId, takeover);
    }

    /** Gives back what the ended session does not need; asked again, it answers the same. */
    public Uni<Funding.Answer> release(String sessionId, Funding.Release release) {
        return funding.release(sessionId, release);
    }

    /** A batch of usage; fails if it is to be handled again as a whole. What it returns goes to the dead letters. */
    public Uni<List<Rejection>> handleUsage(List<UsageReport> reports) {
        return intake.usage(reports);
    }

    /** A batch of session events; otherwise as {@link #handleUsage}. */
    public Uni<List<Rejection>> handleLifecycle(List<SessionEvent> events) {
        return intake.lifecycle(events);
    }

    /** Starts a check of all accounts, or joins the one that runs in this process. */
    public Uni<CheckReport> startCheck() {
        return checks.start();
    }

    /** How far a check is and what it found. */
    public Uni<Optional<CheckReport>> check(String checkId) {
        return checks.find(checkId);
    }

    /** Entries that are committed and not yet published by this process. */
    public int backlog() {
        return relay.backlog();
    }

    public Tariff tariff() {
        return tariff;
    }

    private GroupCommit commits() {
        return commits;
    }

    private static Uni<Reply> refused(ProblemType problem, String detail) {
        return Uni.createFrom().item(new Reply.Refused(problem, detail, null, null));
    }
}
