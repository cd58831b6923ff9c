package io.drawdown.cli.stack;

import io.drawdown.contracts.Service;
import java.util.Map;

/** The heap that a service is measured with, on this machine and in its image. */
public final class Heaps {

    private static final String USUAL = "-Xmx256m";

    /** Twice the 64 MiB of payloads that may run at once: the document has each one, and what its handler was given. */
    private static final Map<String, String> OTHERS = Map.of(Service.TASK_SERVICE.serviceName(), "-Xmx384m");

    private Heaps() {}

    /** The option of the virtual machine. */
    public static String of(String service) {
        return OTHERS.getOrDefault(service, USUAL);
    }
}
