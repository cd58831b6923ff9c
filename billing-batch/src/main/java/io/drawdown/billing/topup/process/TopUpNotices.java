package io.drawdown.billing.topup.process;

import io.drawdown.billing.batch.BatchContext;
import io.drawdown.billing.batch.BatchProcess;
import io.drawdown.billing.batch.BatchResult;
import io.drawdown.billing.batch.Schedule;
import io.drawdown.billing.notice.Notice;
import io.drawdown.billing.notice.Notices;
import io.drawdown.billing.topup.TopUpDocument;
import io.drawdown.billing.topup.engine.TopUps;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.runtime.CoreLoop;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Sends a mail for each automatic top-up that has turned itself off. */
@Singleton
public final class TopUpNotices implements BatchProcess {

    private static final Logger LOG = Logger.getLogger(TopUpNotices.class);
    private static final int PAGE = 100;

    /** Asked for when it runs: the core is built after the processes are found. */
    private final Instance<TopUps> topUps;

    private final Notices notices;
    private final CoreLoop loop;

    TopUpNotices(Instance<TopUps> topUps, Notices notices, CoreLoop loop) {
        this.topUps = topUps;
        this.notices = notices;
        this.loop = loop;
    }

    @Override
    public String name() {
        return "top_up_notices";
    }

    @Override
    public Schedule schedule() {
        return Schedule.cron("* * * * *", "UTC").skippingMissed();
    }

    @Override
    public BatchResult run(BatchContext context) {
        context.count("processed_count", 0);
        @Nullable String after = context.cursor().orElse(null);
        while (context.mayGoOn()) {
            List<TopUpDocument> page = page(after);
            for (TopUpDocument rule : page) {
                if (!context.mayGoOn()) {
                    return BatchResult.partial();
                }
                tell(rule, context);
            }
            if (page.size() < PAGE) {
                return BatchResult.completed();
            }
            after = page.getLast().id();
            context.save(after);
        }
        return BatchResult.partial();
    }

    private List<TopUpDocument> page(@Nullable String after) {
        return loop.call(() -> topUps.get().store().noticesDue(after, PAGE))
                .await()
                .indefinitely();
    }

    /** What could not be sent is due again in the next run. */
    private void tell(TopUpDocument rule, BatchContext context) {
        try {
            Optional<Boolean> sent = context.effect(() -> send(rule, context.asOf()));
            context.count(sent.orElse(true) ? "processed_count" : "skipped_count", 1);
        } catch (Unavailable | OutcomeUnknown fault) {
            LOG.warnf("Notice not sent: accountId=%s fault=%s", rule.id(), fault.getMessage());
            context.count("failed_count", 1);
        }
    }

    private static String text(TopUpDocument rule, TopUpDocument.Due due) {
        String pack = rule.terms().pack();
        return rule.power().reason() == TopUpDocument.Off.PACK_GONE
                ? "Pack " + pack + " is not sold any more, or has no more credits than the threshold.\n"
                        + "Set the top-up again with another pack to turn it on.\n"
                : "The latest purchases of pack " + pack + " have failed (" + due.reason()
                        + "), so no more are tried.\nAttach another card, or set the top-up again, to turn it on.\n";
    }

    private boolean send(TopUpDocument rule, Instant now) {
        TopUpDocument.Due due = Objects.requireNonNull(rule.notice());
        String email = rule.terms().email();
        if (email != null) {
            Notice notice = new Notice(
                    email,
                    "The automatic top-up of account " + rule.id() + " is off",
                    text(rule, due),
                    "top-up:" + rule.id() + ":" + due.n());
            notices.send(notice, Duration.between(due.since(), now));
        }
        loop.call(() -> topUps.get().noticed(rule, due)).await().indefinitely();
        return email != null;
    }
}
