package io.drawdown.bench.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What the tools of the JDK, and the system, say of a process. */
record JavaProcess(long pid) {

    private static final String MAX_HEAP = "-XX:MaxHeapSize=";

    /** The size of the live objects in the heap, in bytes. Forces a full garbage collection. */
    long liveHeapBytes() {
        List<String> classes = jcmd("GC.class_histogram");
        return classes.stream()
                .filter(line -> line.startsWith("Total"))
                .mapToLong(line -> Long.parseLong(line.strip().split("\\s+", -1)[2]))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no heap of process " + pid + ": " + classes));
    }

    /** What bounds it, by name; what the system does not tell is left out. */
    Map<String, String> limits() {
        Map<String, String> limits = new LinkedHashMap<>();
        jcmd("VM.flags").stream()
                .flatMap(line -> Stream.of(line.split("\\s+", -1)))
                .filter(flag -> flag.startsWith(MAX_HEAP) || flag.matches("-XX:\\+Use[A-Za-z0-9]+GC"))
                .forEach(flag -> limits.merge("JVM", flag, (others, one) -> others + " " + one));
        limits.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        Path limitsOfSystem = Path.of("/proc", Long.toString(pid), "limits");
        try {
            Files.readAllLines(limitsOfSystem).stream()
                    .filter(line -> line.startsWith("Max open files"))
                    .forEach(line -> limits.put("open files", line.strip().split("\\s{2,}", -1)[1]));
        } catch (IOException notALinux) {
            limits.put("open files", "not told");
        }
        return limits;
    }

    /** How large its heap may become; 0 if it does not tell. */
    long maxHeapBytes() {
        return jcmd("VM.flags").stream()
                .flatMap(line -> Stream.of(line.split("\\s+", -1)))
                .filter(flag -> flag.startsWith(MAX_HEAP))
                .mapToLong(flag -> Long.parseLong(flag.substring(MAX_HEAP.length())))
                .findFirst()
                .orElse(0);
    }

    private List<String> jcmd(String command) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process asked = new ProcessBuilder(jcmd.toString(), Long.toString(pid), command)
                    .redirectErrorStream(true)
                    .start();
            List<String> lines = new String(asked.getInputStream().readAllBytes(), UTF_8)
                    .lines()
                    .toList();
            return asked.waitFor() == 0 ? lines : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
