package io.drawdown.tasks.config;

import io.drawdown.kit.runtime.StrictBooleanConverter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** The bounds of this instance, and what its types of tasks have. */
@ConfigMapping(prefix = "drawdown")
public interface TaskConfig {

    /** The name of this instance; it must survive a restart and differ from that of every other instance. */
    @WithDefault("task-service")
    @Pattern(regexp = "[A-Za-z0-9._-]{1,64}")
    String instance();

    Task task();

    /** What concerns all tasks. */
    interface Task {

        /** Tasks that this instance runs at the same time. */
        @WithDefault("256")
        @Min(1)
        @Max(100_000)
        int slots();

        /** The sum of their payloads, in bytes. */
        @WithDefault("67108864")
        @Min(65_536)
        long slotBytes();

        /** Tasks that may wait for their insert; more are refused. */
        @WithDefault("10000")
        @Min(1)
        @Max(1_000_000)
        int inserts();

        /** The sum of their payloads, in bytes. */
        @WithDefault("67108864")
        @Min(65_536)
        long insertBytes();

        /** How long a stop waits for what runs, before it is handed back. */
        @WithDefault("30s")
        @DurationMin(millis = 0)
        @DurationMax(minutes = 10)
        Duration stopPatience();

        /** How often results and records that were kept for long enough are removed. */
        @WithDefault("10s")
        @DurationMin(seconds = 1)
        @DurationMax(hours = 1)
        Duration retentionEvery();

        /** Types whose tasks are run by workers elsewhere. */
        Optional<List<@Pattern(regexp = TaskTypeName.FORM) String>> externalTypes();

        Leases leases();

        Health health();

        Http http();

        /** By the name of the type; what is absent is as the handler has it. */
        Map<String, Type> types();
    }

    /** How workers elsewhere have their tasks. */
    interface Leases {

        /** How long a worker may be silent, unless it asks for something else. */
        @WithDefault("30s")
        @DurationMin(seconds = 1)
        @DurationMax(days = 1)
        Duration visibility();

        /** How long it may ask for. */
        @WithDefault("15m")
        @DurationMin(seconds = 1)
        @DurationMax(days = 1)
        Duration longestVisibility();
    }

    /** When the queue is degraded, and when it is unhealthy. */
    interface Health {

        /** From so many waiting tasks for each slot of all instances on. */
        @WithDefault("50")
        @Min(1)
        @Max(1_000_000)
        int degradedDepth();

        /** Above so many. */
        @WithDefault("100")
        @Min(1)
        @Max(1_000_000)
        int unhealthyDepth();

        /** From so many failed runs of a hundred in the last minute on. */
        @WithDefault("5")
        @Min(1)
        @Max(100)
        int degradedErrors();

        /** Above so many. */
        @WithDefault("10")
        @Min(1)
        @Max(100)
        int unhealthyErrors();

        /** While fewer runs than this ended in the last minute, failures do not count. */
        @WithDefault("20")
        @Min(1)
        @Max(1_000_000)
        int leastRuns();
    }

    /** What tasks of the type {@code http} may do. */
    interface Http {

        /** The addresses that they may post to, by name. */
        Map<String, URI> endpoints();

        /** Whether these may be outside the public internet. */
        @WithDefault("false")
        @WithConverter(StrictBooleanConverter.class)
        boolean privateAddresses();

        /** How long an endpoint may take to answer. */
        @WithDefault("30s")
        @DurationMin(millis = 1)
        @DurationMax(hours = 1)
        Duration timeout();
    }

    /** What the tasks of one type have, unless their sender asks for something else. */
    interface Type {

        /** After the first attempt. */
        Optional<@Min(0) @Max(100) Integer> retries();

        /** Of one attempt. */
        Optional<@DurationMin(millis = 100) @DurationMax(days = 1) Duration> timeout();

        /** The longest delay before the first retry; it doubles with each retry. */
        Optional<@DurationMin(millis = 0) @DurationMax(days = 1) Duration> firstBackoff();

        /** The longest delay before any retry. */
        Optional<@DurationMin(millis = 0) @DurationMax(days = 1) Duration> longestBackoff();

        /** How long a result is kept. */
        Optional<@DurationMin(seconds = 0) @DurationMax(days = 365) Duration> resultTtl();

        /** How long the record is kept once the task is over. */
        Optional<@DurationMin(seconds = 0) @DurationMax(days = 365) Duration> keep();

        /** So many run in this instance at the same time. */
        Optional<@Min(1) @Max(100_000) Integer> concurrency();
    }
}
