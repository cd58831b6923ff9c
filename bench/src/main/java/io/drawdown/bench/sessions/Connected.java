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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Many sessions that are metered on one instance and do nothing else: what each keeps in memory, and what all cost. */
public final class Connected {

    private static final int AT_ONCE = 32;
    private static final int STARTS_PER_SECOND = 120;
    private static final int TOLD_EVERY = 2_000;
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
        Accounts accounts = new Accounts(prefix, size.sessions()).open(gateway);
        long heapBefore = stack.liveHeapBytes(Service.SESSION_SERVICE);
        long residentBefore = stack.usage(Service.SESSION_SERVICE).residentBytes();
        List<LiveClient> live = start(accounts);
        Pause.of(BEAT.multipliedBy(size.beats()));
        rest();
        memory(heapBefore, residentBefore);
        report.add("sockets that were closed meanwhile", (double) closed(live), "sockets", Wanted.LESS);
        Bulk.run(
                live.size(),
                AT_ONCE,
                number -> live.get(number).closed().isDone()
                        ? CompletableFuture.completedFuture(null)
                        : live.get(number).end().exceptionally(fault -> null));
    }

    private List<LiveClient> start(Accounts accounts) {
        LiveClient[] live = new LiveClient[size.sessions()];
        AtomicInteger begun = new AtomicInteger();
        Bulk.run(size.sessions(), AT_ONCE, number -> {
            live[number] = clients.start(accounts.id(number));
            return live[number].begun().thenRun(() -> tell(begun.incrementAndGet()));
        });
        return new ArrayList<>(List.of(live));
    }

    private void tell(int begun) {
        if (begun % TOLD_EVERY == 0 && begun < size.sessions()) {
            System.err.printf(Locale.ROOT, "  %,d of %,d sessions are begun%n", begun, size.sessions());
        }
    }

    /** Nothing but heartbeats, pings and checkpoints. */
    private void rest() {
        CountedBeats beats = new CountedBeats();
        Map<String, ProcessUsage> before = stack.usages();
        ProcessUsage own = ProcessUsage.ofThisProcess();
        try (TopicEvents heartbeats = TopicEvents.of(stack, Topic.SESSION_HEARTBEAT)) {
            heartbeats.listen(beats);
            Pause.of(BEAT.multipliedBy(size.beats()));
        }
        double nanos = BEAT.multipliedBy(size.beats()).toNanos();
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
                100.0 * beats.readings() / ((double) size.sessions() * size.beats()),
                "%",
                Wanted.MORE);
    }

    private void memory(long heapBefore, long residentBefore) {
        long heap = stack.liveHeapBytes(Service.SESSION_SERVICE) - heapBefore;
        long resident = stack.usage(Service.SESSION_SERVICE).residentBytes();
        report.add("live heap for each session", heap / (double) size.sessions() / (1 << 10), "KiB", Wanted.LESS);
        report.add(
                "resident memory for each session",
                (resident - residentBefore) / (double) size.sessions() / (1 << 10),
                "KiB",
                Wanted.LESS);
        report.add("memory of session-service with all of them", resident / (double) (1 << 20), "MiB", Wanted.LESS);
    }

    private static long closed(List<LiveClient> live) {
        return live.stream().filter(client -> client.closed().isDone()).count();
    }
}
