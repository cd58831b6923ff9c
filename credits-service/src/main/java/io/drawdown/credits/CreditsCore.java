package io.drawdown.credits;

import io.drawdown.contracts.SessionEvent;
import io.drawdown.contracts.UsageReport;
import io.drawdown.credits.account.AccountSummary;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.checks.CheckReport;
import io.drawdown.credits.checks.ConsistencyChecks;
import io.drawdown.credits.commit.CommitPorts;
import io.drawdown.credits.commit.GroupCommit;
import io.drawdown.credits.commit.RequestContext;
import io.drawdown.credits.config.CreditsSettings;
import io.drawdown.credits.config.Tariff;
import io.drawdown.credits.ledger.AccountOutbox;
import io.drawdown.credits.ledger.LedgerPages;
import io.drawdown.credits.ledger.Operation;
import io.drawdown.credits.ledger.Operations;
import io.drawdown.credits.ledger.Publication;
import io.drawdown.credits.rules.Command;
import io.drawdown.credits.sessions.SessionIntake;
import io.drawdown.credits.store.AccountCache;
import io.drawdown.credits.store.AccountStore;
import io.drawdown.kit.events.Received;
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
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The core of credits-service: all of it but HTTP, Kafka and MongoDB. Single-threaded: call it, and answer its ports, on
 * its scheduler's thread only.
 *
 * <p>Expected outcomes are values ({@link io.drawdown.credits.decision.Reply}, an empty Optional for an account that is not
 * there). Faults fail the Uni: {@link io.drawdown.kit.faults.Unavailable} (it did not happen and will not), {@link
 * io.drawdown.kit.faults.OutcomeUnknown}, {@link io.drawdown.credits.commit.AccountBusy}. Everything may be asked again.
 */
public final class CreditsCore {

    private static final Logger LOG = Logger.getLogger(CreditsCore.class);

    private final AccountStore accounts;
    private final Tariff tariff;
    private final Time time;
    private final AccountOutbox outbox;
    private final GroupCommit commits;
    private final GracefulStop gracefulStop;
    private final SessionIntake intake;
    private final LedgerPages pages;
    private final Operations operations;
    private final ConsistencyChecks checks;
    private final PeriodicTask pendingSweep;
    private final PeriodicTask dueSweep;

    public CreditsCore(
            CreditsPorts ports, CreditsSettings settings, Time time, Scheduler scheduler, RandomGenerator random) {
        this.accounts = ports.accounts();
        this.tariff = settings.tariff();
        this.time = time;
        AccountCache cache = new AccountCache(
                settings.commit().remembered(), settings.commit().alone(), time);
        Publication publication =
                new Publication(ports.ledger(), accounts, ports.publisher(), cache, ports.metrics(), ports.spans());
        outbox = new AccountOutbox(new Relay<>(publication, scheduler, settings.relay(), random), accounts, time);
        CommitPorts commitPorts =
                new CommitPorts(accounts, ports.ledger(), outbox, cache, ports.metrics(), ports.spans());
        commits = new GroupCommit(commitPorts, time, scheduler, random, settings.limits(), settings.commit());
        publication.whenConflict(this::suspend);
        gracefulStop = new GracefulStop(commits, outbox, time, scheduler);
        intake = new SessionIntake(commits);
        pages = new LedgerPages(accounts, ports.ledger());
        operations = new Operations(accounts, ports.ledger(), time);
        checks = new ConsistencyChecks(accounts, ports.ledger(), ports.checks(), time, scheduler, random);
        pendingSweep = PeriodicTask.of("sweep of pending outboxes", scheduler, settings.pendingSweep(), outbox::sweep);
        dueSweep = PeriodicTask.of(
                "sweep of due accounts", scheduler, settings.dueSweep(), new DueSweep(accounts, commits, time)::round);
    }

    /** What changes accounts, at any time. */
    public AccountCommands commands() {
        return commands(RequestContext.NONE);
    }

    /**
     * What changes accounts, for a request that may be worth nothing after an instant, in database time: no write of it is
     * handed over then. It fails as unavailable if none was before, else as of unknown outcome.
     */
    public AccountCommands commands(RequestContext request) {
        return new AccountCommands(commits, tariff, request);
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

    /** The outcome of the operation with this key, which may be a client's key or an internal one. */
    public Uni<Optional<Operation>> operation(String accountId, String keyHash) {
        return operations.find(accountId, keyHash);
    }

    /** A batch of usage; fails if it is to be handled again as a whole. What it returns goes to the dead letters. */
    public Uni<List<Rejection>> handleUsage(List<Received<UsageReport>> reports) {
        return intake.usage(reports);
    }

    /** A batch of session events; otherwise as {@link #handleUsage}. */
    public Uni<List<Rejection>> handleLifecycle(List<Received<SessionEvent>> events) {
        return intake.lifecycle(events);
    }

    /** Starts a check of all accounts, or joins the one that runs in this instance. */
    public Uni<CheckReport> startCheck() {
        return checks.start();
    }

    /** How far a check is and what it found. */
    public Uni<Optional<CheckReport>> check(String checkId) {
        return checks.find(checkId);
    }

    /** Entries that are committed and not yet published by this instance. */
    public int backlog() {
        return outbox.backlog();
    }

    /** The ledger contradicts the account, so nothing new begins on it until a person has looked. */
    private void suspend(String accountId, long seq) {
        commits.submit(new Command.Suspend(accountId, "ledger conflict at " + seq))
                .subscribe()
                .with(
                        suspended -> {},
                        fault -> LOG.warnf(
                                "Account not suspended after a ledger conflict, tried again at its next report: accountId=%s fault=%s",
                                accountId, fault));
    }
}
