package io.drawdown.cli.stack;

import io.drawdown.cli.process.UserFacingException;
import io.drawdown.contracts.Service;

/**
 * Every port of a stack, derived from one base. At the default base the broker and the database have well-known ports; at
 * any other base their ports are near the base, so that two stacks never collide.
 */
public record StackPorts(int base) {

    public static final int DEFAULT_BASE = 8_100;

    private static final int SPAN = 205;
    private static final int MANAGEMENT = 100;
    private static final int DEFAULT_DATABASE = 27_117;
    private static final int DEFAULT_BROKER = 19_092;
    private static final int STRIPE = 61;
    private static final int SLACK = 62;
    private static final int MAIL = 63;

    public StackPorts {
        if (base < 1_024 || base > 65_535 - SPAN) {
            throw new UserFacingException(
                    "DRAWDOWN_PORT_BASE must lie between 1024 and " + (65_535 - SPAN) + ", not " + base);
        }
    }

    static StackPorts parse(String base) {
        try {
            return new StackPorts(Integer.parseInt(base));
        } catch (NumberFormatException e) {
            throw new UserFacingException("DRAWDOWN_PORT_BASE must be a number, not '" + base + "'", e);
        }
    }

    /** The port of its API. */
    public int of(Service service) {
        return base + service.portOffset();
    }

    /** The port for health, metrics and OpenAPI of the service at that port. */
    public static int management(int service) {
        return service + MANAGEMENT;
    }

    public int database() {
        return base == DEFAULT_BASE ? DEFAULT_DATABASE : base + 17;
    }

    public int broker() {
        return base == DEFAULT_BASE ? DEFAULT_BROKER : base + 92;
    }

    /** The stand-in for Stripe. */
    public int stripe() {
        return base + STRIPE;
    }

    /** The stand-in for Slack. */
    public int slack() {
        return base + SLACK;
    }

    /** The mail server. */
    public int mail() {
        return base + MAIL;
    }

    /** The broker's own controller. */
    public int controller() {
        return broker() + 1;
    }
}
