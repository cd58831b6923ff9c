package io.drawdown.simulator.broker;

import java.time.Duration;

/**
 * The settings of a consumer group.
 *
 * @param sessionTimeout a member that is not heard for this long is removed
 * @param batch the most records that one poll takes of one partition
 */
public record GroupSettings(Duration sessionTimeout, int batch) {}
