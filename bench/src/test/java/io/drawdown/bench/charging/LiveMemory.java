package io.drawdown.bench.charging;

import io.drawdown.bench.load.Pause;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.Objects;

/** What this process keeps in its heap while something runs: the most that several full collections leave. */
final class LiveMemory implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final double MEBIBYTE = 1 << 20;

    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final Thread looks =
            Thread.ofPlatform().daemon().name("live-memory").unstarted(this::look);
    private volatile boolean isOver;
    private volatile double most;

    LiveMemory() {
        looks.start();
    }

    private void look() {
        while (!isOver) {
            memory.gc();
            most = Math.max(most, kept() / MEBIBYTE);
            Pause.of(PAUSE);
        }
    }

    /** What the last collection left. What was allocated since then is not in it, for nobody knows how much of that is garbage. */
    private static double kept() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getCollectionUsage)
                .filter(Objects::nonNull)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
    }

    /** In MiB; nothing more is looked at. */
    double most() {
        close();
        return most;
    }

    @Override
    public void close() {
        isOver = true;
        try {
            looks.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
