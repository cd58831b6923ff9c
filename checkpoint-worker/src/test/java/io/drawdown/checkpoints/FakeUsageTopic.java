package io.drawdown.checkpoints;

import io.drawdown.checkpoints.metering.UsageTopic;
import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.TraceContext;
import io.drawdown.contracts.UsageReport;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A usage topic in memory: can be away, can lose the acknowledgement of what it took, remembers everything. */
final class FakeUsageTopic implements UsageTopic {

    record Published(int partition, UsageReport report, long atNanos) {}

    private final ManualTime time;
    final List<Published> published = new ArrayList<>();
    Duration latency = Duration.ofMillis(3);
    boolean away;
    boolean losesAcknowledgements;
    int attempts;

    FakeUsageTopic(ManualTime time) {
        this.time = time;
    }

    @Override
    public Uni<Void> publish(int partition, UsageReport report, List<TraceContext> about) {
        attempts++;
        return time.answer(latency, () -> {
                    if (away) {
                        throw new Unavailable("the broker is away");
                    }
                    published.add(new Published(partition, report, time.nanos()));
                    if (losesAcknowledgements) {
                        throw new Unavailable("the acknowledgement got lost");
                    }
                    return true;
                })
                .replaceWithVoid();
    }

    List<MeterReading> readings() {
        return published.stream().flatMap(p -> p.report().readings().stream()).toList();
    }

    /** What a consumer of totals makes of it: the greatest per session, in the greatest epoch. */
    Map<String, MeterReading> totals() {
        Map<String, MeterReading> totals = new HashMap<>();
        readings().forEach(reading -> totals.merge(reading.sessionId(), reading, FakeUsageTopic::greater));
        return totals;
    }

    private static MeterReading greater(MeterReading one, MeterReading other) {
        if (one.epoch() != other.epoch()) {
            return one.epoch() > other.epoch() ? one : other;
        }
        return one.usedMillis() >= other.usedMillis() ? one : other;
    }
}
