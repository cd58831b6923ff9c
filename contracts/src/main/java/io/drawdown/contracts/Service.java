package io.drawdown.contracts;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Every service of Drawdown: the one list that the script, the local stack, its ports, banner and probes, the topics and the
 * rules of the architecture are made from. A new service is a folder, a module of the parent, and a constant here; {@code
 * ServicesTest} says what is missing.
 *
 * <p>A service comes after those that it calls.
 */
public enum Service {
    CREDITS_SERVICE(
            1,
            "io.drawdown.credits",
            "credits",
            Set.of(Topic.SESSION_LIFECYCLE, Topic.METERING_USAGE, Topic.CREDITS_ACCOUNT)),
    SESSION_SERVICE(
            2,
            "io.drawdown.sessions",
            "sessions",
            Set.of(Topic.SESSION_LIFECYCLE, Topic.SESSION_HEARTBEAT, Topic.SESSION_CONTROL, Topic.CREDITS_ACCOUNT),
            CREDITS_SERVICE),
    CHECKPOINT_WORKER(
            3, "io.drawdown.checkpoints", "checkpoints", Set.of(Topic.SESSION_HEARTBEAT, Topic.METERING_USAGE)),
    TASK_SERVICE(
            4,
            "io.drawdown.tasks",
            "tasks",
            Set.of(Topic.TASK_LIFECYCLE, Topic.TASK_PROGRESS, Topic.TASK_WAKE, Topic.TASK_CONTROL)),
    BILLING_BATCH(
            5,
            "io.drawdown.billing",
            "billing",
            Set.of(Topic.BILLING_RUN, Topic.BILLING_ITEM, Topic.BILLING_PAYMENT, Topic.CREDITS_ACCOUNT),
            CREDITS_SERVICE);

    private final int portOffset;
    private final String rootPackage;
    private final String database;
    private final Set<Topic> topics;
    private final List<Service> calls;

    Service(int portOffset, String rootPackage, String database, Set<Topic> topics, Service... calls) {
        this.portOffset = portOffset;
        this.rootPackage = rootPackage;
        this.database = database;
        this.topics = topics;
        this.calls = List.of(calls);
    }

    /** The name of its folder, module, application, consumer group and event source, e.g. {@code credits-service}. */
    public String serviceName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The port of its API, counted from the base of an installation (8100); its management port lies 100 above. */
    public int portOffset() {
        return portOffset;
    }

    /** The package that holds all its classes, and no other service's. */
    public String rootPackage() {
        return rootPackage;
    }

    /** The database that it alone reads and writes. */
    public String database() {
        return database;
    }

    /** The topics that it reads or writes, its dead letters apart. */
    public Set<Topic> topics() {
        return topics;
    }

    /** The services that it calls over HTTP, and therefore has an address of and a token for. */
    public List<Service> calls() {
        return calls;
    }
}
