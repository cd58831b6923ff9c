package io.drawdown.tasks.api.stats;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.drawdown.tasks.config.TaskType;
import io.drawdown.tasks.config.TaskTypes;
import io.drawdown.tasks.metrics.Health;
import io.drawdown.tasks.stats.Depths;
import io.drawdown.tasks.stats.Depths.Members;
import io.drawdown.tasks.store.InstanceCounters.TenantTally;
import io.drawdown.tasks.store.InstanceCounters.TypeMinute;
import io.drawdown.tasks.store.Recounted.StateCount;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.TaskState;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of tasks as clients see them.
 *
 * @param tenants the {@value #MOST_TENANTS} with the most tasks that are not over; then the others together
 * @param correctedAt when the tasks themselves were counted the last time
 */
@Schema(name = "TaskStats")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StatsView(
        Health health,
        Depth depth,
        Rates rates,
        Utilisation utilisation,
        List<TypeStats> types,
        List<LaneStats> lanes,
        List<TenantStats> tenants,
        @Nullable Instant correctedAt) {

    static final int MOST_TENANTS = 20;

    private static final double SECONDS = 60;

    /** How many tasks there are in each state. */
    public record Depth(
            long scheduled, long pending, long processing, long completed, long failed, long cancelled, long dead) {

        static Depth of(Depths depths, Predicate<StateCount> which) {
            return new Depth(
                    in(depths, which, TaskState.Name.SCHEDULED),
                    in(depths, which, TaskState.Name.PENDING),
                    in(depths, which, TaskState.Name.PROCESSING),
                    in(depths, which, TaskState.Name.COMPLETED),
                    in(depths, which, TaskState.Name.FAILED),
                    in(depths, which, TaskState.Name.CANCELLED),
                    in(depths, which, TaskState.Name.DEAD));
        }

        private static long in(Depths depths, Predicate<StateCount> which, TaskState.Name state) {
            return depths.sum(which.and(each -> each.state() == state));
        }
    }

    /** Runs in the last minute. */
    public record Rates(double startedPerSecond, double completedPerSecond, double failedPerSecond) {

        static Rates of(List<TypeMinute> minutes) {
            return new Rates(
                    perSecond(minutes.stream().mapToLong(TypeMinute::started).sum()),
                    perSecond(minutes.stream().mapToLong(TypeMinute::completed).sum()),
                    perSecond(minutes.stream().mapToLong(TypeMinute::failed).sum()));
        }

        private static double perSecond(long count) {
            return count / SECONDS;
        }
    }

    /**
     * What the instances that live run.
     *
     * @param ratio of the slots that are in use
     */
    public record Utilisation(int instances, int running, int slots, double ratio) {

        static Utilisation of(Members members) {
            double ratio = members.slots() == 0 ? 0 : (double) members.running() / members.slots();
            return new Utilisation(members.instances(), members.running(), members.slots(), ratio);
        }
    }

    /** @param oldestWaitingSince since when the task has waited that waits the longest for a worker; absent if none waits */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TypeStats(
            String type, Depth depth, Rates rates, @Nullable Instant oldestWaitingSince) {}

    public record LaneStats(Lane lane, Depth depth) {}

    /**
     * Tasks of a tenant that are not over.
     *
     * @param tenant absent: all others together
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TenantStats(@Nullable String tenant, long scheduled, long pending, long processing) {

        static TenantStats of(TenantTally tally) {
            boolean isOthers = tally.tenant().equals(TenantTally.OTHERS);
            return new TenantStats(
                    isOthers ? null : tally.tenant(), tally.scheduled(), tally.pending(), tally.processing());
        }
    }

    static StatsView of(Depths depths, TaskTypes types, Function<String, @Nullable Instant> oldest, Health health) {
        Stream<String> known = types.all().stream().map(TaskType::name);
        Stream<String> counted = depths.states().stream().map(StateCount::type);
        return new StatsView(
                health,
                Depth.of(depths, each -> true),
                Rates.of(depths.minute()),
                Utilisation.of(depths.members()),
                Stream.concat(known, counted)
                        .distinct()
                        .sorted()
                        .map(type -> ofType(depths, type, oldest.apply(type)))
                        .toList(),
                Arrays.stream(Lane.values())
                        .map(lane -> new LaneStats(lane, Depth.of(depths, each -> each.lane() == lane)))
                        .toList(),
                tenants(depths.tenants()),
                depths.correctedAt());
    }

    private static TypeStats ofType(Depths depths, String type, @Nullable Instant oldest) {
        return new TypeStats(
                type,
                Depth.of(depths, each -> each.type().equals(type)),
                Rates.of(List.of(depths.minuteOf(type))),
                oldest);
    }

    private static List<TenantStats> tenants(List<TenantTally> all) {
        List<TenantTally> largest = all.stream()
                .filter(each -> !each.tenant().equals(TenantTally.OTHERS))
                .sorted(Comparator.comparing(TenantTally::open).reversed().thenComparing(TenantTally::tenant))
                .limit(MOST_TENANTS)
                .toList();
        List<TenantTally> others =
                all.stream().filter(each -> !largest.contains(each)).toList();
        Stream<TenantTally> shown =
                others.isEmpty() ? largest.stream() : Stream.concat(largest.stream(), Stream.of(sum(others)));
        return shown.map(TenantStats::of).toList();
    }

    private static TenantTally sum(List<TenantTally> tallies) {
        return new TenantTally(
                TenantTally.OTHERS,
                tallies.stream().mapToLong(TenantTally::scheduled).sum(),
                tallies.stream().mapToLong(TenantTally::pending).sum(),
                tallies.stream().mapToLong(TenantTally::processing).sum());
    }
}
