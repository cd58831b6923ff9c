package io.drawdown.contracts;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A topic of Drawdown. All topics have the same number of partitions, which is fixed when they are created.
 *
 * @param topicName the name without the prefix of an installation
 * @param retention how long the broker keeps a record at least
 */
public record Topic(String topicName, Duration retention) {

    public static final Topic SESSION_LIFECYCLE = new Topic("drawdown.session.lifecycle", Duration.ofDays(7));
    public static final Topic SESSION_HEARTBEAT = new Topic("drawdown.session.heartbeat", Duration.ofHours(1));
    public static final Topic SESSION_CONTROL = new Topic("drawdown.session.control", Duration.ofHours(1));
    public static final Topic METERING_USAGE = new Topic("drawdown.metering.usage", Duration.ofDays(1));
    public static final Topic CREDITS_ACCOUNT = new Topic("drawdown.credits.account", Duration.ofDays(7));

    public static final Topic TASK_LIFECYCLE = new Topic("drawdown.task.lifecycle", Duration.ofDays(7));
    public static final Topic TASK_PROGRESS = new Topic("drawdown.task.progress", Duration.ofHours(1));
    public static final Topic TASK_WAKE = new Topic("drawdown.task.wake", Duration.ofHours(1));
    public static final Topic TASK_CONTROL = new Topic("drawdown.task.control", Duration.ofHours(1));

    public static final Topic BILLING_RUN = new Topic("drawdown.billing.run", Duration.ofDays(7));
    public static final Topic BILLING_ITEM = new Topic("drawdown.billing.item", Duration.ofDays(7));
    public static final Topic BILLING_PAYMENT = new Topic("drawdown.billing.payment", Duration.ofDays(7));

    private static final List<Topic> EVENTS = List.of(
            SESSION_LIFECYCLE,
            SESSION_HEARTBEAT,
            SESSION_CONTROL,
            METERING_USAGE,
            CREDITS_ACCOUNT,
            TASK_LIFECYCLE,
            TASK_PROGRESS,
            TASK_WAKE,
            TASK_CONTROL,
            BILLING_RUN,
            BILLING_ITEM,
            BILLING_PAYMENT);

    /** The topic of the records that this service could not apply. */
    public static Topic deadLetters(Service service) {
        return new Topic("drawdown." + service.serviceName() + ".dead-letter", Duration.ofDays(7));
    }

    /** Every topic of events, then the dead letters of every service. */
    public static List<Topic> all() {
        return Stream.concat(EVENTS.stream(), Arrays.stream(Service.values()).map(Topic::deadLetters))
                .toList();
    }
}
