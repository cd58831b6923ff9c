package io.drawdown.checkpoints;

import io.drawdown.checkpoints.metering.UsageTopic;
import io.drawdown.checkpoints.runs.RunMonitor;
import io.drawdown.checkpoints.runs.RunStore;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import java.util.random.RandomGenerator;

/** What the core needs from outside. Every port answers on the thread of the scheduler. */
public record CheckpointPorts(
        UsageTopic topic, RunStore runs, RunMonitor monitor, Time time, Scheduler scheduler, RandomGenerator random) {}
