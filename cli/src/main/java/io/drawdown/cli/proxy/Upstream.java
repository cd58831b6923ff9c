package io.drawdown.cli.proxy;

/**
 * One instance of a service.
 *
 * @param name as the one who drains it calls it
 * @param port of its API
 * @param management for its health, and what else it serves apart
 */
public record Upstream(String name, int port, int management) {}
