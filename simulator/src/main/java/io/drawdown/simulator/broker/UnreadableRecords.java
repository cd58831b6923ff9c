package io.drawdown.simulator.broker;

import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.Heartbeat;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.contracts.Topic;
import io.drawdown.contracts.UsageReport;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.RawRecord;
import java.time.Instant;
import java.util.Map;
import java.util.random.RandomGenerator;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Records that no consumer can read. */
public final class UnreadableRecords {

    private static final String SOURCE = "nobody";
    private static final String[] DATA = {"", "{", "[]", "null", "\"\"", "{\"readings\":[{\"epoch\":\"x\"}]}", "\u0000"
    };

    private static final Map<Topic, String> TYPES = Map.of(
            Topic.SESSION_LIFECYCLE,
            SessionEvent.Type.ENDED.eventType(),
            Topic.SESSION_HEARTBEAT,
            Heartbeat.EVENT_TYPE,
            Topic.METERING_USAGE,
            UsageReport.EVENT_TYPE,
            Topic.CREDITS_ACCOUNT,
            EntryType.SETTLED.eventType());

    private UnreadableRecords() {}

    /** An unreadable record that claims to be an event of the topic. */
    public static CloudEvent forTopic(Topic topic, RandomGenerator random) {
        String data = DATA[random.nextInt(DATA.length)];
        int partition = random.nextInt(Broker.PARTITIONS);
        return new CloudEvent(
                        "rubbish:" + random.nextInt(1_000),
                        TYPES.getOrDefault(topic, "letter"),
                        SOURCE,
                        SOURCE,
                        Instant.EPOCH,
                        SOURCE,
                        data.getBytes(UTF_8))
                .in(partition);
    }

    /** Whether the record is one of these. */
    public static boolean is(RawRecord record) {
        return SOURCE.equals(record.header("ce_source"));
    }
}
