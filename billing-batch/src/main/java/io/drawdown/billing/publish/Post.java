package io.drawdown.billing.publish;

/**
 * A message to be.
 *
 * @param key goes with the message where that is possible, so that it can be found again
 * @param publisher who published it
 */
public record Post(String key, String title, String publisher) {}
