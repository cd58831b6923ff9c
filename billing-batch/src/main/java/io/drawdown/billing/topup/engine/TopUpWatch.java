package io.drawdown.billing.topup.engine;

import io.drawdown.billing.topup.TopUpDocument;
import io.drawdown.billing.topup.TopUpPolicy;
import io.drawdown.billing.topup.TopUpRules;
import io.drawdown.contracts.AccountView;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Checks accounts, each once at a time: what is asked for meanwhile is one more check afterwards. */
final class TopUpWatch {

    private static final Logger LOG = Logger.getLogger(TopUpWatch.class);

    /** A check that failed is done again after that; then the sweep comes. */
    private static final Duration AGAIN = Duration.ofSeconds(2);

    private final TopUpMemory memory;
    private final TopUpCheck check;
    private final TopUpPolicy policy;
    private final Time time;
    private final Scheduler scheduler;

    /** Whether one more check is wanted, by the account of a check that is under way. */
    private final Map<String, Boolean> underWay = new HashMap<>();

    private boolean isStopped;

    TopUpWatch(TopUpMemory memory, TopUpCheck check, TopUpPolicy policy, Time time, Scheduler scheduler) {
        this.memory = memory;
        this.check = check;
        this.policy = policy;
        this.time = time;
        this.scheduler = scheduler;
    }

    void stop() {
        isStopped = true;
    }

    /** How many checks are under way. */
    int active() {
        return underWay.size();
    }

    /** The account's money as an event tells it; most events say that nothing is to be done. */
    void heard(String account, AccountView view) {
        boolean matters = memory.get(account)
                .filter(rule -> !TopUpRules.isOld(rule, view.seq()) && !isAsleep(rule))
                .filter(rule -> rule.progress().inFlight() != null || TopUpRules.isNeeded(rule.terms(), view, policy))
                .isPresent();
        if (matters) {
            check(account);
        }
    }

    private boolean isAsleep(TopUpDocument rule) {
        return rule.due() != null && rule.due().isAfter(time.now());
    }

    void seen(TopUpDocument rule) {
        memory.seen(rule);
    }

    void check(String account) {
        check(account, true);
    }

    private void check(String account, boolean mayRepeat) {
        if (isStopped) {
            return;
        }
        if (underWay.containsKey(account)) {
            underWay.put(account, true);
            return;
        }
        underWay.put(account, false);
        Uni.createFrom()
                .deferred(() -> check.check(account))
                .subscribe()
                .with(rule -> checked(account, rule), fault -> failed(account, fault, mayRepeat));
    }

    private void checked(String account, Optional<TopUpDocument> rule) {
        rule.ifPresent(memory::seen);
        if (Boolean.TRUE.equals(underWay.remove(account))) {
            check(account);
        }
    }

    private void failed(String account, Throwable fault, boolean mayRepeat) {
        LOG.warnf("Top-up not checked: accountId=%s fault=%s", account, fault);
        underWay.remove(account);
        if (mayRepeat) {
            scheduler.after(AGAIN, () -> check(account, false));
        }
    }
}
