package io.drawdown.kit.problem;

/**
 * Paths whose bodies may be larger than those of the others. A service offers it as a bean; {@code
 * quarkus.http.limits.max-body-size} must not be less.
 *
 * @param path a regular expression
 */
public record LargeBody(String path, long bytes) {}
