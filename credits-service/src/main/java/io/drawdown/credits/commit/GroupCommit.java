package io.drawdown.credits.commit;

import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.TraceContext;
import io.drawdown.credits.decision.AccountLimits;
import io.drawdown.credits.decision.Refusal;
import io.drawdown.credits.decision.Reply;
import io.drawdown.credits.rules.Command;
import io.drawdown.credits.store.AccountStore;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.time.Pace;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.kit.time.Timeout;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The one door to the accounts: commands that wait for the same account share its next write.
 *
 * <p>The idea. Each account has a lane. While a write of the account is under way, commands gather in its lane. Then all of
 * them are decided, one after the other, on one document, and go into one guarded write. So a hot account is written as
 * often as the store can, and each write carries everything that arrived meanwhile. Lanes that are ready together share one
 * bulk read and one bulk write.
 *
 * <p>A command may wait for credits that are about to come back ({@link io.drawdown.credits.decision.Decision.Waiting}), for at
 * most a second. It is decided with every batch of its lane meanwhile, so also in the group of the give-back; what came back
 * through another instance it finds when it looks again by itself, every 200 ms and at its end.
 *
 * <p>The invariant. (1) At most one batch of a lane is under way. (2) A command is answered once: after a guarded write that
 * succeeded on the very document on which the command was decided, or, if its batch changes nothing, from a deciding read
 * that began after the command arrived, with a {@code now} from before that read. (3) A command whose deadline has passed is
 * in no later write. (4) A command that fails as {@link Unavailable}, or is answered without a write, is in no write that
 * may still arrive.
 *
 * <p>Why it holds. (1) A lane gets in line only when it is neither in line nor under way, and it leaves only when its batch
 * is done. (2) A document from memory or from a bulk read only proposes a write. If the write succeeds, {@code rev} proves
 * that the document was the current one, so refusals that were decided beside the write were true at that moment. If there
 * is nothing to write, the batch reads again by {@link AccountStore#readLatest}, and the batch was closed before that read.
 * After a lost race or an unknown outcome everything is read and decided again. That is harmless, because every {@link
 * Command} can be repeated: its key is found in the outbox of the document, or in the ledger, which is asked after the
 * document was read; nothing leaves the outbox while a batch is decided. (3) Decision and write happen in one turn, on the
 * commands that are in time in that turn. (4) Every write of unknown outcome is kept with its guard ({@link
 * io.drawdown.kit.store.HandedWrites}) until a deciding read has seen that the document's {@code rev} has passed it.
 *
 * <p>Not thread-safe: it runs on its core's {@link Scheduler}.
 */
public final class GroupCommit {

    private static final Duration BACKLOG_PAUSE = Duration.ofMillis(25);

    private final Time time;
    private final Scheduler scheduler;
    private final CommitLimits limits;
    private final Committer committer;
    private final BulkCommitter bulk;
    private final Pace pace;

    private final Map<String, Lane> lanes = new HashMap<>();
    private final Deque<Lane> inLine = new ArrayDeque<>();
    private final Deque<PendingCommand<?>> byDeadline = new ArrayDeque<>();
    private int open;
    private int underWay;
    private boolean awake;
    private boolean isClosed;
    private Scheduler.@Nullable Timer deadline;

    public GroupCommit(
            CommitPorts ports,
            Time time,
            Scheduler scheduler,
            RandomGenerator random,
            AccountLimits accountLimits,
            CommitLimits limits) {
        this.time = time;
        this.scheduler = scheduler;
        this.limits = limits;
        committer = new Committer(ports, time, scheduler, random, accountLimits, limits);
        pace = new Pace(scheduler, limits.pace(), this::wake);
        bulk = new BulkCommitter(ports, new Timeout(scheduler, limits.deadline()), time, committer);
    }

    /**
     * The answer to the command. Fails with {@link Unavailable} if it did not happen and will not, with {@link
     * io.drawdown.kit.faults.OutcomeUnknown} if it may have or may still, with {@link AccountBusy} if too many others changed
     * the account. The same command may then be given again.
     */
    public <R> Uni<Reply<R>> submit(Command<R> command) {
        return submit(command, RequestContext.NONE);
    }

    /** As {@link #submit(Command)}, for a request. */
    public <R> Uni<Reply<R>> submit(Command<R> command, RequestContext request) {
        return Uni.createFrom().deferred(() -> patiently(command, request, time.nanos()));
    }

    /** New work waits a moment if the outbox is full, because it drains meanwhile. */
    private <R> Uni<Reply<R>> patiently(Command<R> command, RequestContext request, long sinceNanos) {
        Deadline by = new Deadline(time.nanos() + limits.deadline().toNanos(), request.notAfter());
        Uni<Reply<R>> reply = Uni.createFrom().emitter(asker -> accept(command, by, request.trace(), asker));
        return reply.flatMap(answer -> isBacklogged(answer) && !isOut(limits.patience(), sinceNanos)
                ? scheduler.pause(BACKLOG_PAUSE).flatMap(ignored -> patiently(command, request, sinceNanos))
                : Uni.createFrom().item(answer));
    }

    private static boolean isBacklogged(Reply<?> reply) {
        return reply instanceof Reply.Refused<?>(Refusal refusal)
                && refusal.problem() == ProblemType.ACCOUNT_BACKLOGGED;
    }

    private boolean isOut(Duration allowed, long sinceNanos) {
        return time.nanos() - sinceNanos >= allowed.toNanos();
    }

    /** Takes no more commands: they fail with {@link Unavailable}. Commands that it has taken are still decided. */
    public void close() {
        isClosed = true;
    }

    /** Whether nothing waits and nothing is under way. */
    public boolean isIdle() {
        return open == 0 && underWay == 0 && inLine.isEmpty();
    }

    private <R> void accept(
            Command<R> command, Deadline by, @Nullable TraceContext trace, UniEmitter<? super Reply<R>> asker) {
        if (isClosed) {
            asker.fail(new Unavailable("this instance is stopping"));
            return;
        }
        if (open >= limits.waiting()) {
            asker.fail(new Unavailable("too many commands are waiting"));
            return;
        }
        if (by.hasPassed(time)) {
            asker.fail(new Unavailable("the request arrived after its deadline"));
            return;
        }
        open++;
        PendingCommand<R> pending = new PendingCommand<>(command, by, trace, asker, () -> open--, time);
        if (by.notAfter() == null) {
            byDeadline.add(pending);
            watchDeadlines();
        } else {
            pending.watchedBy(scheduler.after(pending.left(), pending::failLate));
        }
        enqueue(pending);
    }

    private void enqueue(PendingCommand<?> pending) {
        Lane lane = lanes.computeIfAbsent(pending.command().accountId(), id -> new Lane(id, scheduler));
        lane.add(pending);
        putInLine(lane);
    }

    private void putInLine(Lane lane) {
        if (lane.take()) {
            inLine.add(lane);
            wake();
        }
    }

    /** One turn for all that arrives at this moment, so that groups fill. */
    private void wake() {
        if (!awake) {
            awake = true;
            scheduler.execute(this::turn);
        }
    }

    private void turn() {
        awake = false;
        while (underWay < limits.commits() && !inLine.isEmpty() && pace.begin()) {
            List<Lane> ready = new ArrayList<>();
            while (ready.size() < limits.lanes() && !inLine.isEmpty()) {
                ready.add(inLine.remove());
            }
            start(ready);
        }
    }

    private void start(List<Lane> ready) {
        List<CommandBatch> batches = ready.stream()
                .map(lane -> lane.batch(limits.commandsPerWrite()))
                .toList();
        underWay++;
        Uni<Void> commit = batches.size() == 1 ? committer.commit(batches.getFirst()) : bulk.commit(batches);
        commit.subscribe().with(done -> finished(ready, batches), fault -> {
            batches.forEach(batch -> batch.failAll(fault));
            finished(ready, batches);
        });
    }

    private void finished(List<Lane> ready, List<CommandBatch> batches) {
        underWay--;
        for (int i = 0; i < ready.size(); i++) {
            Lane lane = ready.get(i);
            lane.finish(batches.get(i), () -> putInLine(lane));
            if (lane.isEmpty()) {
                lanes.remove(lane.accountId());
            } else {
                putInLine(lane);
            }
        }
        wake();
    }

    private void watchDeadlines() {
        if (byDeadline.size() > 2 * limits.waiting()) {
            byDeadline.removeIf(PendingCommand::isAnswered);
        }
        while (!byDeadline.isEmpty() && byDeadline.peek().isAnswered()) {
            byDeadline.remove();
        }
        PendingCommand<?> oldest = byDeadline.peek();
        if (deadline == null && oldest != null) {
            deadline = scheduler.after(oldest.left(), this::failLate);
        }
    }

    private void failLate() {
        deadline = null;
        while (!byDeadline.isEmpty() && canLeaveQueue(byDeadline.peek())) {
            byDeadline.remove().failLate();
        }
        watchDeadlines();
    }

    private boolean canLeaveQueue(PendingCommand<?> pending) {
        return pending.isAnswered() || pending.isLate();
    }
}
