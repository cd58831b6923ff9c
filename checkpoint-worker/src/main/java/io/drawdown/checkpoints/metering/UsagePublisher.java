package io.drawdown.checkpoints.metering;

import io.drawdown.contracts.Topic;
import io.drawdown.contracts.TraceContext;
import io.drawdown.contracts.UsageReport;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Publishes usage as events. Their ids are the worker's name and its own count. */
public final class UsagePublisher implements UsageTopic {

    private static final String SOURCE = "checkpoint-worker";

    private final EventPublisher events;
    private final Time time;
    private final String worker;
    private long count;

    /** @param worker a name that no other process has or had */
    public UsagePublisher(EventPublisher events, Time time, String worker) {
        this.events = events;
        this.time = time;
        this.worker = worker;
    }

    @Override
    public Uni<Void> publish(int partition, UsageReport report, List<TraceContext> about) {
        String place = Integer.toString(partition);
        CloudEvent event = new CloudEvent(
                        worker + ":" + ++count,
                        UsageReport.EVENT_TYPE,
                        SOURCE,
                        place,
                        time.now(),
                        place,
                        Json.bytes(report))
                .in(partition)
                .about(about);
        return events.publish(Topic.METERING_USAGE, event);
    }
}
