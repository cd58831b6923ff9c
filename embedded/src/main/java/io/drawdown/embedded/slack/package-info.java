/**
 * Owns a stand-in for Slack: the part of its Web API by which messages are posted and found again, incoming webhooks, faults on demand,
 * and an oracle that counts what was posted. Uses nothing else of Drawdown.
 */
@NullMarked
package io.drawdown.embedded.slack;

import org.jspecify.annotations.NullMarked;
