package io.drawdown.billing.item.engine;

import io.drawdown.billing.batch.RunFence;
import io.drawdown.billing.charge.ChargeState;
import io.drawdown.billing.charge.engine.Turn;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemState;
import io.drawdown.billing.item.ItemStatus;
import io.drawdown.billing.item.engine.Lanes.Job;
import io.drawdown.billing.publish.PublishFault;
import io.drawdown.billing.publish.Publisher;
import io.drawdown.kit.trace.ChainTrace;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the items that are due: many at a time, of each team one after the other. A team whose card rests, or that cannot be
 * published for, is left alone for the rest of the pass. Belongs to the thread of its core.
 */
public final class QueueRun {

    /** Items that are worked on at the same time. A fifth of them is being stored or published while the others are at Stripe. */
    public static final int CONCURRENT = 80;

    /** The longest call. Whoever runs this need not wait for a call that is under way at the end: what is stored of it suffices. */
    private static final Duration LAST_CALL = Duration.ofSeconds(Publisher.LONGEST_CALL_SECONDS);

    private static final Logger LOG = Logger.getLogger(QueueRun.class);

    private final Items items;
    private final Supplier<Duration> remaining;
    private final Tally tally;
    private final Lanes lanes = new Lanes(CONCURRENT);
    private final TeamStandings standings;
    private final Turn turn;
    private @Nullable String stopped;
    private boolean isComplete = true;

    /**
     * @param fence under which it writes
     * @param remaining how long it may begin further items; zero once it may not
     */
    public QueueRun(Items items, RunFence fence, Supplier<Duration> remaining, Tally tally) {
        this.items = items;
        this.remaining = remaining;
        this.tally = tally;
        standings = new TeamStandings(items.teams(), items.payers(), items.time()::now);
        turn = new Turn(fence.number(), fence::mayWrite, this::left);
    }

    /** A call that is begun just before the end may still take its time. */
    private Duration left() {
        Duration time = remaining.get();
        return time.isZero() ? Duration.ZERO : time.plus(LAST_CALL);
    }

    /** Answers true when all of these were looked at, false if there was no time for some of them. */
    public Uni<Boolean> page(List<ItemDocument> page) {
        return ChainTrace.ask(run -> {
                    List<Job> jobs = page.stream()
                            .map(item -> new Job(item.spec().team(), () -> ChainTrace.within(run, work(item))))
                            .toList();
                    return lanes.all(jobs);
                })
                .map(done -> isComplete);
    }

    /** Whether more items could be worked on at the same time. */
    public boolean hasRoom() {
        return lanes.active() < CONCURRENT;
    }

    /** Why no further item can be charged by anybody; null if that is not so. */
    public @Nullable String stopped() {
        return stopped;
    }

    private Uni<Void> work(ItemDocument item) {
        if (remaining.get().isZero() || stopped != null) {
            isComplete = false;
            return Uni.createFrom().voidItem();
        }
        return standings
                .of(item)
                .chain(standing -> standing.leavesAlone(item) ? skip() : work(item, standing))
                .onFailure()
                .invoke(fault -> failed(item, fault))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> skip() {
        tally.skipped();
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> work(ItemDocument item, TeamStandings.Standing standing) {
        return items.work(item, turn)
                .invoke(worked -> count(item, worked, standing))
                .replaceWithVoid();
    }

    private void failed(ItemDocument item, Throwable fault) {
        tally.failed();
        LOG.warnf("Item not moved: item=%s fault=%s", item.id(), fault);
    }

    private void count(ItemDocument before, Worked worked, TeamStandings.Standing standing) {
        ItemDocument after = worked.item();
        if (isCharged(after) && !isCharged(before)) {
            tally.charged(after.charge() == null ? 0 : after.charge().terms().amountCents());
        }
        switch (worked) {
            case Worked.Done _ when after.status() == ItemStatus.DEAD -> tally.failed();
            case Worked.Done _ when after.status() == ItemStatus.PUBLISH_UNKNOWN -> tally.skipped();
            case Worked.Done _ -> tally.processed();
            case Worked.Failed _ -> tally.failed();
            case Worked.Waits _ -> tally.skipped();
            case Worked.OutOfTime _ -> isComplete = false;
            case Worked.Stopped stop -> {
                stopped = stop.why();
                tally.failed();
            }
        }
        PublishFault fault = Publishing.faultOf(after);
        if (fault != null) {
            standing.cannotPublish();
        } else if (worked instanceof Worked.Failed && after.state() instanceof ItemState.Open) {
            standing.cardRests();
        }
    }

    private static boolean isCharged(ItemDocument item) {
        return item.charge() != null && item.charge().state() instanceof ChargeState.Charged;
    }
}
