package io.drawdown.bench.sessions;

import io.drawdown.bench.core.Accounts;
import io.drawdown.bench.load.Bulk;
import io.drawdown.bench.load.Pause;
import io.drawdown.bench.report.Figure.Wanted;
import io.drawdown.bench.report.Report;
import io.drawdown.bench.stack.BenchStack;
import io.drawdown.bench.stack.HttpApi;
import io.drawdown.bench.stack.ProcessUsage;
import io.drawdown.bench.stack.TopicEvents;
import io.drawdown.contracts.Service;
import io.drawdown.contracts.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Many sessions that are metered on one instance and do nothing else: what each keeps in memory, and what all cost. */
public final class Connected {

    private static final int AT_ONCE = 32;
    private static final int STARTS_PER_SECOND = 120;
    private static final Duration BEAT = Duration.ofSeconds(5);

    private final BenchStack stack;
    private final Report report;
    private final LiveClients clients;
    private final Size size;

    /**
     * How many, and for how long they are watched.
     *
     * @param beats of 5 s; the checkpoints of production come every 30 s
     */
    public record Size(int sessions, int beats) {

        Duration lasts() {
            return BEAT.multipliedBy(2L * beats).plusSeconds(2L * sessions / STARTS_PER_SECOND);
        }

        /** Much more than they need. */
        Duration startsAtMost() {
            return Duration.ofSeconds(60 + 4L * sessions / STARTS_PER_SECOND);
        }
    }

    Connected(BenchStack stack, Report report, LiveClients clients, Size size) {
        this.stack = stack;
        this.report = report;
        this.clients = clients;
        this.size = size;
    }

    void run(HttpApi gateway, String prefix) {
        report.begin(String.format(
                Locale.ROOT, "%,d connected sessions that are metered, on one instance", size.sessions()));
        stack.limits(Service.SESSION_SERVICE).forEach((name, value) -> report.say("limit: " + name + " = " + value));
        report.add(
                "heap that session-service may have",
                stack.maxHeapBytes(Service.SESSION_SERVICE) / (double) (1 << 20),
                "MiB",
                Wanted.NEITHER);
        Accounts accounts = new Accounts(prefix, size.sessions()).open(gateway);
        long heapBefore = stack.liveHeapBytes(Service.SESSION_SERVICE);
        long residentBefore = stack.usage(Service.SESSION_SERVICE).residentBytes();
        List<LiveClient> live = clients.startAll(accounts, size.startsAtMost());
        report.add("sessions that did not start", (double) size.sessions() - live.size(), "sessions", Wanted.LESS);
        if (live.isEmpty()) {
            return;
        }
        Pause.of(BEAT.multipliedBy(size.beats()));
        rest(live.size());
        memory(heapBefore, residentBefore, live.size());
        report.add("sockets that were closed meanwhile", (double) closed(live), "sockets", Wanted.LESS);
        int ended = Bulk.tryAll(live.size(), AT_ONCE, size.startsAtMost(), number -> live.get(number)
                .end());
        report.add("sessions that did not end when asked", (double) live.size() - ended, "sessions", Wanted.LESS);
    }

    /** Nothing but heartbeats, pings and checkpoints. */
    private void rest(int sessions) {
        CountedBeats beats = new CountedBeats();
        Map<String, ProcessUsage> before = stack.usages();
        ProcessUsage own = ProcessUsage.ofThisProcess();
        long begun = System.nanoTime();
        try (TopicEvents heartbeats = TopicEvents.of(stack, Topic.SESSION_HEARTBEAT)) {
            heartbeats.listen(beats);
            Pause.of(BEAT.multipliedBy(size.beats()));
        }
        double nanos = System.nanoTime() - begun;
        stack.usages().forEach((process, now) -> {
            ProcessUsage then = before.get(process);
            if (then != null) {
                report.add(
                        "processor of " + process,
                        100 * now.cpuSince(then).toNanos() / nanos,
                        "% of a core",
                        Wanted.LESS);
            }
        });
        double clientShare = 100 * ProcessUsage.ofThisProcess().cpuSince(own).toNanos() / nanos;
        report.add("processor of the clients, a process of their own", clientShare, "% of a core", Wanted.NEITHER);
        report.add("sessions that heartbeats named", (double) beats.sessions(), "sessions", Wanted.MORE);
        report.add(
                "readings against one for each session every 5 s",
                100.0 * beats.readings() / (sessions * nanos / BEAT.toNanos()),
                "%",
                Wanted.MORE);
    }

    private void memory(long heapBefore, long residentBefore, double sessions) {
        long heap = stack.liveHeapBytes(Service.SESSION_SERVICE) - heapBefore;
        long resident = stack.usage(Service.SESSION_SERVICE).residentBytes();
        report.add("live heap for each session", heap / sessions / (1 << 10), "KiB", Wanted.LESS);
        report.add(
                "resident memory for each session",
                (resident - residentBefore) / sessions / (1 << 10),
                "KiB",
                Wanted.LESS);
        report.add("memory of session-service with all of them", resident / (double) (1 << 20), "MiB", Wanted.LESS);
    }

    private static long closed(List<LiveClient> live) {
        return live.stream().filter(client -> client.closed().isDone()).count();
    }
}
