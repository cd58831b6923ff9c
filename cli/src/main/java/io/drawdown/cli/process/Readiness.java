package io.drawdown.cli.process;

import java.net.URI;

/** How a child shows that it serves. */
public sealed interface Readiness {

    /** The child prints a line that contains this text. */
    record Line(String text) implements Readiness {}

    /** The child answers with 200 at this address. */
    record Http(URI address) implements Readiness {}
}
