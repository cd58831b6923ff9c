package io.drawdown.cli.process;

import java.net.URI;

/** How a child shows that it serves. */
public sealed interface Readiness {

    /** It prints a line that contains this. */
    record Line(String text) implements Readiness {}

    /** It answers 200 there. */
    record Http(URI address) implements Readiness {}
}
