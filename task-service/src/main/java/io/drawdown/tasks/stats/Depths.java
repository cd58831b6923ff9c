package io.drawdown.tasks.stats;

import io.drawdown.tasks.store.InstanceCounters;
import io.drawdown.tasks.store.InstanceCounters.Load;
import io.drawdown.tasks.store.InstanceCounters.TenantTally;
import io.drawdown.tasks.store.InstanceCounters.TypeMinute;
import io.drawdown.tasks.store.Recounted;
import io.drawdown.tasks.store.Recounted.StateCount;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How many tasks there are, as the counters of all processes say. None is negative.
 *
 * @param states those that are not 0
 * @param tenants those that are not 0; {@link TenantTally#OTHERS} sums those that are not told apart
 * @param minute runs of the last minute, by type
 * @param correctedAt when the tasks themselves were counted the last time; null: never
 */
public record Depths(
        List<StateCount> states,
        List<TenantTally> tenants,
        List<TypeMinute> minute,
        Members members,
        @Nullable Instant correctedAt) {

    /** A process that has not told anything for so long has died, or is about to learn that it was fenced. */
    static final Duration ALIVE = Duration.ofSeconds(12);

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Before anything is known. */
    public static final Depths NONE = new Depths(List.of(), List.of(), List.of(), new Members(0, 0, 0), null);

    /** The processes that live: how many there are, what they run, and what they may run at the same time. */
    public record Members(int instances, int running, int slots) {}

    static Depths of(List<InstanceCounters> counters, Recounted recounted, Instant now) {
        List<InstanceCounters> counted = counters.stream()
                .filter(each -> !recounted.settled().contains(each.id()))
                .toList();
        List<InstanceCounters> living =
                counters.stream().filter(each -> isAlive(each, now)).toList();
        Sums sums = new Sums();
        sums.add(recounted);
        counted.forEach(sums::add);
        return new Depths(
                sums.states(false),
                sums.tenants(false),
                Sums.minute(living),
                membersOf(living),
                recounted.correctedAt());
    }

    static boolean isAlive(InstanceCounters counters, Instant now) {
        return counters.at().plus(ALIVE).isAfter(now);
    }

    private static Members membersOf(List<InstanceCounters> living) {
        List<Load> loads = living.stream().map(InstanceCounters::load).toList();
        return new Members(
                loads.size(),
                loads.stream().mapToInt(Load::running).sum(),
                loads.stream().mapToInt(Load::slots).sum());
    }

    /** Tasks in that state, of all types. */
    public long in(TaskState.Name state) {
        return sum(each -> each.state() == state);
    }

    /** Tasks of the type in that state. */
    public long of(String type, TaskState.Name state) {
        return sum(each -> each.state() == state && each.type().equals(type));
    }

    /** Tasks of the type and the lane in that state. */
    public long of(String type, Lane lane, TaskState.Name state) {
        return sum(each ->
                each.state() == state && each.lane() == lane && each.type().equals(type));
    }

    public long sum(Predicate<StateCount> which) {
        return states.stream().filter(which).mapToLong(StateCount::count).sum();
    }

    /** How many runs of the type began per second in the last minute. */
    public double startsPerSecond(String type) {
        return (double) minuteOf(type).started() / MINUTE.toSeconds();
    }

    /** Runs of the type in the last minute. */
    public TypeMinute minuteOf(String type) {
        return minute.stream()
                .filter(each -> each.type().equals(type))
                .findFirst()
                .orElseGet(() -> new TypeMinute(type, 0, 0, 0));
    }
}
