package io.drawdown.simulator.broker;

import java.time.Duration;

/**
 * What a group goes by.
 *
 * @param sessionTimeout after so long without a sign of life a member is out
 * @param batch records that one poll takes of one partition at most
 */
public record GroupTerms(Duration sessionTimeout, int batch) {}
