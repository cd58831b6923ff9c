package io.drawdown.credits.sessions;

import io.drawdown.contracts.Funding;
import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.contracts.UsageReport;
import io.drawdown.credits.commit.AccountBusy;
import io.drawdown.credits.commit.GroupCommit;
import io.drawdown.credits.commit.RequestContext;
import io.drawdown.credits.decision.Refusal;
import io.drawdown.credits.decision.Reply;
import io.drawdown.credits.rules.Command;
import io.drawdown.kit.events.Received;
import io.drawdown.kit.events.Rejection;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes in what the broker brings about sessions: usage reports and the events of their lives. The records of a batch go
 * through the group commit together, so that those of one account share a write. They state totals, so a batch may be
 * handled again as a whole.
 */
public final class SessionIntake {

    /** Commands that wait for their answer at once, so that a batch of any size leaves room for others. */
    private static final int AT_ONCE = 2_000;

    private final GroupCommit commits;

    public SessionIntake(GroupCommit commits) {
        this.commits = commits;
    }

    /**
     * Settles each session to its greatest total. Fails with {@link Unavailable} if some could not be decided now; the
     * batch is then to be handled again.
     *
     * @return what will fail however often it is tried
     */
    public Uni<List<Rejection>> usage(List<Received<UsageReport>> reports) {
        record SessionEpoch(String accountId, String sessionId, long epoch) {}
        Map<SessionEpoch, Received<MeterReading>> greatest = new LinkedHashMap<>();
        for (Received<UsageReport> report : reports) {
            for (MeterReading reading : report.data().readings()) {
                SessionEpoch epoch = new SessionEpoch(reading.accountId(), reading.sessionId(), reading.epoch());
                greatest.merge(epoch, new Received<>(reading, report.trace()), SessionIntake::greater);
            }
        }
        return all(greatest.values().stream().map(SessionIntake::settle).toList());
    }

    private static Received<MeterReading> greater(Received<MeterReading> one, Received<MeterReading> other) {
        return one.data().usedMillis() >= other.data().usedMillis() ? one : other;
    }

    /** A reading is the greatest of many, and belongs to the report that brought it. */
    private static Item settle(Received<MeterReading> reported) {
        MeterReading reading = reported.data();
        Command.Settle settle = new Command.Settle(
                reading.accountId(), reading.sessionId(), reading.epoch(), reading.usedMillis(), false);
        return new Item(reading, settle, RequestContext.of(reported.trace()));
    }

    /** Releases the holds of ended sessions with their final totals; otherwise as {@link #usage}. */
    public Uni<List<Rejection>> lifecycle(List<Received<SessionEvent>> events) {
        return all(events.stream()
                .filter(event -> event.data().type() == SessionEvent.Type.ENDED)
                .map(event ->
                        new Item(event.data(), SessionEnds.fromEvent(event.data()), RequestContext.of(event.trace())))
                .toList());
    }

    /** @param entry of the batch, which goes to the dead letters if the command can never be carried out */
    private record Item(Object entry, Command<Funding.Answer> command, RequestContext context) {}

    private Uni<List<Rejection>> all(List<Item> items) {
        return submitFrom(items, 0, new ArrayList<>());
    }

    /** Submits the items from this one on, a part at a time; those before it are done. */
    private Uni<List<Rejection>> submitFrom(List<Item> items, int done, List<Rejection> found) {
        if (done >= items.size()) {
            return Uni.createFrom().item(found);
        }
        int next = Math.min(items.size(), done + AT_ONCE);
        List<Uni<Optional<Rejection>>> each =
                items.subList(done, next).stream().map(this::one).toList();
        return Uni.join()
                .all(each)
                .andCollectFailures()
                .onFailure()
                .transform(SessionIntake::retryable)
                .flatMap(rejections -> {
                    rejections.forEach(one -> one.ifPresent(found::add));
                    return submitFrom(items, next, found);
                });
    }

    private Uni<Optional<Rejection>> one(Item item) {
        String account = item.command().accountId();
        return commits.submit(item.command(), item.context())
                .map(reply -> rejectionOf(account, item.entry(), reply))
                .onFailure(fault -> !isTransient(fault))
                .recoverWithItem(fault -> Optional.of(new Rejection(account, item.entry(), String.valueOf(fault))));
    }

    private static Optional<Rejection> rejectionOf(String accountId, Object entry, Reply<Funding.Answer> reply) {
        return switch (reply) {
            case Reply.Done<Funding.Answer> done -> Optional.empty();
            case Reply.Refused<Funding.Answer>(Refusal refusal) -> {
                if (refusal.problem() == ProblemType.ACCOUNT_BACKLOGGED) {
                    throw new Unavailable(refusal.detail());
                }
                yield Optional.of(
                        new Rejection(accountId, entry, refusal.problem().slug()));
            }
        };
    }

    private static boolean isTransient(Throwable fault) {
        return fault instanceof Unavailable || fault instanceof OutcomeUnknown || fault instanceof AccountBusy;
    }

    private static Throwable retryable(Throwable fault) {
        return new Unavailable("some of the batch could not be decided", fault);
    }
}
