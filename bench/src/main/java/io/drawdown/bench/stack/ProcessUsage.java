package io.drawdown.bench.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a process has used since it began.
 *
 * @param cpu processor time of all its threads
 * @param residentBytes memory that it has now; 0 where the system does not tell
 */
public record ProcessUsage(Duration cpu, long residentBytes) {

    /** What this process has used, which is the load. */
    public static ProcessUsage ofThisProcess() {
        return of(ProcessHandle.current().pid());
    }

    static ProcessUsage of(long pid) {
        Duration cpu = ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
        return new ProcessUsage(cpu, residentBytes(pid));
    }

    private static long residentBytes(long pid) {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0; // not a Linux
        }
    }

    /** The processor time since an earlier look at the same process. */
    public Duration cpuSince(ProcessUsage before) {
        return cpu.minus(before.cpu);
    }
}
