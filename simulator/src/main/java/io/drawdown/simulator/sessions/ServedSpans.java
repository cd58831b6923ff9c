package io.drawdown.simulator.sessions;

import io.drawdown.sessions.live.Media;
import io.drawdown.simulator.world.Process;
import io.drawdown.simulator.world.SimulationContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When each session was truly served, and by which process: from the moment when its owner starts the media until it stops
 * the media or dies.
 *
 * <p>A process that stands still serves nobody. As for the meter, a stall of up to {@link #LONGEST_GAP} counts as served,
 * because the process cannot tell it from being busy; a longer stall does not. The meter sees a stall as a gap between
 * two of its ticks, which are at most half a second apart. So it may count nothing of a stall that is a little shorter than
 * {@link #LONGEST_GAP}, and after a longer one it also leaves out the service since its last tick before. What it counts
 * is never more than what is recorded here, and up to 2.5 s less for each stall.
 */
public final class ServedSpans {

    /** The longest stall that the meter takes for service. */
    public static final long LONGEST_GAP = 2_000_000_000L;

    private static final long NO_END = Long.MAX_VALUE;

    private final SimulationContext context;
    private final List<Watcher> watchers;
    private final Map<String, List<Span>> bySession = new TreeMap<>();
    private final List<Turned> turned = new ArrayList<>();

    ServedSpans(SimulationContext context, List<Watcher> watchers) {
        this.context = context;
        this.watchers = watchers;
    }

    /** One time that a process served a session. */
    public static final class Span {
        private final Process process;
        private final long fromNanos;
        private long toNanos = NO_END;

        Span(Process process, long fromNanos) {
            this.process = process;
            this.fromNanos = fromNanos;
        }

        public boolean isOpen() {
            return toNanos == NO_END;
        }

        /** Its end, or now. */
        public long toNanos(long nowNanos) {
            return Math.min(toNanos, nowNanos);
        }

        /** How much of it was served. */
        public long servedNanos(long nowNanos) {
            long to = toNanos(nowNanos);
            return to - fromNanos - process.stalledNanos(fromNanos, to, LONGEST_GAP);
        }

        private long deliveredNanos(long nowNanos) {
            long to = toNanos(nowNanos);
            return to - fromNanos - process.stalledNanos(fromNanos, to, 0);
        }
    }

    /** All spans of the session, in the order in which they began. */
    public List<Span> of(String sessionId) {
        return bySession.getOrDefault(sessionId, List.of());
    }

    public Iterable<String> sessions() {
        return bySession.keySet();
    }

    /** How long the session was served until now, by all processes together. */
    public long servedNanos(String sessionId) {
        long now = context.timeline.nanos();
        long sum = 0;
        for (Span span : of(sessionId)) {
            sum += span.servedNanos(now);
        }
        return sum;
    }

    /** What was delivered until now: nothing of any stall. */
    public long deliveredNanos(String sessionId) {
        long now = context.timeline.nanos();
        long sum = 0;
        for (Span span : of(sessionId)) {
            sum += span.deliveredNanos(now);
        }
        return sum;
    }

    /** What that process delivered until now. */
    public long deliveredBy(String sessionId, Process process) {
        long now = context.timeline.nanos();
        long sum = 0;
        for (Span span : of(sessionId)) {
            sum += span.process == process ? span.deliveredNanos(now) : 0;
        }
        return sum;
    }

    /** How often a process stalled while it served the session. */
    public int stalls(String sessionId) {
        long now = context.timeline.nanos();
        int count = 0;
        for (Span span : of(sessionId)) {
            count += span.process.stalls(span.fromNanos, span.toNanos(now));
        }
        return count;
    }

    /** The processes that serve it right now. */
    public List<Process> servers(String sessionId) {
        List<Process> servers = new ArrayList<>();
        for (Span span : of(sessionId)) {
            if (span.isOpen()) {
                servers.add(span.process);
            }
        }
        return servers;
    }

    /** Whether a living process serves it now. */
    public boolean isServed(String sessionId) {
        List<Span> spans = of(sessionId);
        return !spans.isEmpty() && spans.stream().anyMatch(Span::isOpen);
    }

    /** The media of a session that is served stand still for that long. */
    void stall(String sessionId, long nanos) {
        turned.forEach(media -> media.stall(sessionId, nanos));
    }

    /** The media of one process. */
    Media of(Process process) {
        Turned media = new Turned(process);
        turned.removeIf(each -> !each.process.isAlive());
        turned.add(media);
        process.whenDead(media::died);
        return media;
    }

    private final class Turned implements Media {
        private final Process process;
        private final Map<String, Span> open = new TreeMap<>();
        private @Nullable Listener listener;

        Turned(Process process) {
            this.process = process;
        }

        @Override
        public void listen(Listener owner) {
            listener = owner;
        }

        /** Nothing is delivered for that long, and the owner hears of it. */
        void stall(String sessionId, long nanos) {
            Listener owner = listener;
            if (owner != null && open.containsKey(sessionId)) {
                context.counts.count("media stalled");
                process.run(() -> owner.stalled(sessionId));
                process.after(Duration.ofNanos(nanos), () -> owner.flowing(sessionId));
            }
        }

        @Override
        public void serve(String sessionId) {
            Span span = new Span(process, context.timeline.nanos());
            Span before = open.put(sessionId, span);
            context.findings.expect(
                    before == null,
                    "media is turned on only where it is off",
                    () -> process.name() + " serves " + sessionId);
            bySession.computeIfAbsent(sessionId, fresh -> new ArrayList<>()).add(span);
            context.trace.say(process.name(), () -> "serves " + sessionId);
            watchers.forEach(watcher -> watcher.media(sessionId, process, true));
        }

        @Override
        public void stop(String sessionId) {
            Span span = open.remove(sessionId);
            if (span != null) {
                span.toNanos = context.timeline.nanos();
                context.trace.say(process.name(), () -> "serves " + sessionId + " no more");
                watchers.forEach(watcher -> watcher.media(sessionId, process, false));
            }
        }

        void died() {
            List.copyOf(open.keySet()).forEach(this::stop);
        }
    }
}
