package io.drawdown.credits.accounts;

import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.contracts.UsageReport;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * Records that arrive from the broker. All of a batch go through the group commit together, so that those of one account
 * share a write. What they say is cumulative: a batch may be handled again as a whole.
 */
public final class Intake {

    private final GroupCommit commits;

    public Intake(GroupCommit commits) {
        this.commits = commits;
    }

    /**
     * Settles each session to its greatest total. Fails with {@link Unavailable} if some could not be decided now; the
     * batch is then to be handled again.
     *
     * @return what will fail however often it is tried
     */
    public Uni<List<Poison<MeterReading>>> usage(List<UsageReport> reports) {
        record Meter(String accountId, String sessionId, long epoch) {}
        Map<Meter, MeterReading> greatest = new LinkedHashMap<>();
        BinaryOperator<MeterReading> greater = (one, other) -> one.usedMillis() >= other.usedMillis() ? one : other;
        for (UsageReport report : reports) {
            for (MeterReading reading : report.readings()) {
                Meter meter = new Meter(reading.accountId(), reading.sessionId(), reading.epoch());
                greatest.merge(meter, reading, greater);
            }
        }
        return all(
                greatest.values(),
                reading -> new Command.Settle(
                        reading.accountId(), reading.sessionId(), reading.epoch(), reading.usedMillis(), "checkpoint"));
    }

    /** Releases the holds of ended sessions with their final totals; otherwise as {@link #usage}. */
    public Uni<List<Poison<SessionEvent>>> lifecycle(List<SessionEvent> events) {
        return all(
                events.stream()
                        .filter(event -> event.type() == SessionEvent.Type.ENDED)
                        .toList(),
                event -> new Command.Release(
                        event.accountId(), event.sessionId(), event.epoch(), event.usedMillis(), "final"));
    }

    private <T> Uni<List<Poison<T>>> all(Collection<T> items, Function<T, Command> command) {
        if (items.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        List<Uni<Optional<Poison<T>>>> each =
                items.stream().map(item -> one(item, command.apply(item))).toList();
        return Uni.join()
                .all(each)
                .andCollectFailures()
                .onFailure()
                .transform(Intake::retryable)
                .map(found -> {
                    List<Poison<T>> poison = new ArrayList<>();
                    found.forEach(one -> one.ifPresent(poison::add));
                    return poison;
                });
    }

    private <T> Uni<Optional<Poison<T>>> one(T item, Command command) {
        return commits.submit(command)
                .map(reply -> verdict(item, reply))
                .onFailure(fault -> !isTransient(fault))
                .recoverWithItem(fault -> Optional.of(new Poison<>(item, String.valueOf(fault))));
    }

    private static <T> Optional<Poison<T>> verdict(T item, Reply reply) {
        if (!(reply instanceof Reply.Refused refused)) {
            return Optional.empty();
        }
        if (refused.problem() == ProblemType.ACCOUNT_BACKLOGGED) {
            throw new Unavailable(refused.detail());
        }
        return Optional.of(new Poison<>(item, refused.problem().slug()));
    }

    private static boolean isTransient(Throwable fault) {
        return fault instanceof Unavailable || fault instanceof OutcomeUnknown || fault instanceof AccountBusy;
    }

    private static Throwable retryable(Throwable fault) {
        return new Unavailable("some of the batch could not be decided", fault);
    }
}
