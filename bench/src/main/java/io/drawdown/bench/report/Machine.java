package io.drawdown.bench.report;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** What was measured on. */
public record Machine(int cores, long memoryBytes, String os, String jdk) {

    /** The machine of this process. */
    public static Machine ofThisProcess() {
        long memory =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                memory,
                String.join(
                        " ",
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("os.arch")),
                System.getProperty("java.vendor.version", System.getProperty("java.vendor")) + " ("
                        + System.getProperty("java.runtime.version") + ")");
    }

    String described() {
        double gibibytes = memoryBytes / (double) (1L << 30);
        return String.format(Locale.ROOT, "%d cores, %.1f GiB, %s, JDK %s", cores, gibibytes, os, jdk);
    }
}
