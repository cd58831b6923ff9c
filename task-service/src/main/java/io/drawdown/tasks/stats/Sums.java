package io.drawdown.tasks.stats;

import io.drawdown.tasks.store.InstanceCounters;
import io.drawdown.tasks.store.InstanceCounters.StateTally;
import io.drawdown.tasks.store.InstanceCounters.TenantTally;
import io.drawdown.tasks.store.InstanceCounters.TypeMinute;
import io.drawdown.tasks.store.Recounted;
import io.drawdown.tasks.store.Recounted.StateCount;
import io.drawdown.tasks.task.Standing;
import io.drawdown.tasks.task.TaskState;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Adds up numbers of tasks. */
final class Sums {

    /** Tenants that are told apart. */
    static final int MOST_TENANTS = 1_000;

    private final Map<Place, Long> states = new TreeMap<>();
    private final Map<String, TenantTally> tenants = new TreeMap<>();

    /** What a recount found. */
    void add(Recounted recounted) {
        recounted.states().forEach(each -> add(new Place(each.type(), each.lane(), each.state()), each.count()));
        recounted.tenants().forEach(each -> add(each, 1));
    }

    /** What a process has done. */
    void add(InstanceCounters counters) {
        add(counters.states(), counters.tenants(), 1);
    }

    /** Takes away what a process had done. */
    void take(List<StateTally> states, List<TenantTally> tenants) {
        add(states, tenants, -1);
    }

    private void add(List<StateTally> tallies, List<TenantTally> ofTenants, int times) {
        tallies.forEach(each -> add(new Place(each.type(), each.lane(), each.state()), times * each.net()));
        ofTenants.forEach(each -> add(each, times));
    }

    /** One task stands there. */
    void add(Standing standing) {
        add(Place.of(standing), 1);
        TenantTally one = new TenantTally(
                standing.tenant(),
                is(standing, TaskState.Name.SCHEDULED),
                is(standing, TaskState.Name.PENDING),
                is(standing, TaskState.Name.PROCESSING));
        if (one.open() > 0) {
            add(one, 1);
        }
    }

    private static int is(Standing standing, TaskState.Name state) {
        return standing.state() == state ? 1 : 0;
    }

    private void add(Place place, long count) {
        states.merge(place, count, Long::sum);
    }

    private void add(TenantTally tally, int times) {
        boolean isNamed = tenants.containsKey(tally.tenant()) || tenants.size() < MOST_TENANTS;
        String tenant = isNamed ? tally.tenant() : TenantTally.OTHERS;
        TenantTally before = tenants.getOrDefault(tenant, new TenantTally(tenant, 0, 0, 0));
        tenants.put(
                tenant,
                new TenantTally(
                        tenant,
                        before.scheduled() + times * tally.scheduled(),
                        before.pending() + times * tally.pending(),
                        before.processing() + times * tally.processing()));
    }

    /** What is not 0; for clients also nothing that is below it, as after a crash until the next recount. */
    List<StateCount> states(boolean mayBeNegative) {
        return states.entrySet().stream()
                .filter(each -> each.getValue() > 0 || (mayBeNegative && each.getValue() < 0))
                .map(each -> each.getKey().with(each.getValue()))
                .toList();
    }

    List<TenantTally> tenants(boolean mayBeNegative) {
        return tenants.values().stream()
                .map(each -> mayBeNegative ? each : positive(each))
                .filter(each -> each.scheduled() != 0 || each.pending() != 0 || each.processing() != 0)
                .toList();
    }

    private static TenantTally positive(TenantTally tally) {
        return new TenantTally(
                tally.tenant(),
                Math.max(0, tally.scheduled()),
                Math.max(0, tally.pending()),
                Math.max(0, tally.processing()));
    }

    static List<TypeMinute> minute(Collection<InstanceCounters> living) {
        return living.stream()
                .flatMap(each -> each.minute().stream())
                .collect(Collectors.toMap(TypeMinute::type, each -> each, Sums::plus, TreeMap::new))
                .values()
                .stream()
                .toList();
    }

    private static TypeMinute plus(TypeMinute one, TypeMinute other) {
        return new TypeMinute(
                one.type(),
                one.started() + other.started(),
                one.completed() + other.completed(),
                one.failed() + other.failed());
    }
}
