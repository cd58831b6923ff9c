package io.drawdown.kit.problem;

/**
 * A path whose bodies may be larger than those of the others. A service offers one as a bean; {@code
 * quarkus.http.limits.max-body-size} must not be less.
 */
public record LargeBody(String path, long bytes) {}
