package io.drawdown.credits.checks;

import io.drawdown.credits.account.Account;
import io.drawdown.credits.ledger.LedgerStore;
import io.drawdown.credits.store.AccountStore;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.kit.time.Timeout;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Checks all accounts, one after the other, beside the daily work: that each document is what its entries say and that
 * every credit issued is on an account, spent or expired. One check at a time in an instance.
 */
public final class ConsistencyChecks {

    private static final Logger LOG = Logger.getLogger(ConsistencyChecks.class);
    private static final int PAGE = 50;
    private static final int TRIES = 30;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(5);

    private final AccountStore accounts;
    private final CheckStore reports;
    private final AccountCheck check;
    private final Timeout timeout;
    private final Time time;
    private final Scheduler scheduler;
    private final RandomGenerator random;
    private @Nullable CheckReport running;
    private int tries;

    public ConsistencyChecks(
            AccountStore accounts,
            LedgerStore ledger,
            CheckStore reports,
            Time time,
            Scheduler scheduler,
            RandomGenerator random) {
        this.accounts = accounts;
        this.reports = reports;
        this.timeout = new Timeout(scheduler, ANSWER);
        this.check = new AccountCheck(ledger, timeout);
        this.time = time;
        this.scheduler = scheduler;
        this.random = random;
    }

    /** Starts a check, or joins the one that runs here. Its report exists when this completes. */
    public Uni<CheckReport> start() {
        CheckReport present = running;
        if (present != null) {
            return Uni.createFrom().item(present);
        }
        CheckReport begun = CheckReport.begun("chk_" + Long.toHexString(random.nextLong()), time.now());
        running = begun;
        tries = 0;
        return reports.save(begun)
                .onFailure()
                .invoke(fault -> running = null)
                .invoke(saved -> go(begun, null))
                .replaceWith(begun);
    }

    /** The report of a check. */
    public Uni<Optional<CheckReport>> find(String id) {
        return reports.report(id).map(found -> found.map(report -> report.asSeenAt(time.now())));
    }

    /** A check that runs ends as interrupted. */
    public void stop() {
        CheckReport present = running;
        if (present != null) {
            running = null;
            save(present.ended(CheckReport.State.INTERRUPTED, time.now()));
        }
    }

    private void go(CheckReport report, @Nullable String afterId) {
        timeout.limit(accounts.page(afterId, PAGE))
                .subscribe()
                .with(page -> checkNext(report, page, 0), fault -> retry(report, fault, () -> go(report, afterId)));
    }

    private void checkNext(CheckReport report, List<Account> page, int index) {
        if (running == null) {
            return;
        }
        running = report;
        if (page.isEmpty()) {
            finish(report);
            return;
        }
        if (index == page.size()) {
            go(alive(report), page.getLast().id());
            return;
        }
        Account account = page.get(index);
        check.check(account)
                .subscribe()
                .with(
                        result -> checked(report, result, page, index),
                        fault -> retry(report, fault, () -> checkNext(report, page, index)));
    }

    private void checked(CheckReport report, AccountCheck.Result result, List<Account> page, int index) {
        tries = 0;
        CheckReport next = alive(report.with(result.entries(), result.sums(), result.findings()));
        scheduler.execute(() -> checkNext(next, page, index + 1));
    }

    private CheckReport alive(CheckReport report) {
        if (report.updatedAt().plus(SIGN_OF_LIFE).isAfter(time.now())) {
            return report;
        }
        CheckReport fresh = report.at(time.now());
        save(fresh);
        return fresh;
    }

    private void retry(CheckReport report, Throwable fault, Runnable action) {
        if (running == null) {
            return;
        }
        if (++tries > TRIES) {
            LOG.warnf("Check interrupted: check=%s fault=%s", report.id(), fault);
            stop();
            return;
        }
        scheduler.after(PAUSE, action);
    }

    private void finish(CheckReport report) {
        running = null;
        CheckReport finished = report.ended(CheckReport.State.FINISHED, time.now());
        LOG.infof(
                "Check finished: check=%s accounts=%d entries=%d findings=%d verdict=%s",
                finished.id(),
                finished.accounts(),
                finished.entries(),
                finished.findingsTotal(),
                finished.isClean() ? "clean" : "broken");
        saveFinally(finished, TRIES);
    }

    private void saveFinally(CheckReport report, int triesLeft) {
        reports.save(report).subscribe().with(saved -> {}, fault -> {
            if (triesLeft > 0) {
                scheduler.after(PAUSE, () -> saveFinally(report, triesLeft - 1));
            } else {
                LOG.warnf("Report of a check not saved: check=%s fault=%s", report.id(), fault);
            }
        });
    }

    private void save(CheckReport report) {
        reports.save(report)
                .subscribe()
                .with(
                        saved -> {},
                        fault -> LOG.warnf("Sign of life of a check not saved: check=%s fault=%s", report.id(), fault));
    }
}
