package io.drawdown.billing.testing;

import io.drawdown.billing.run.Ending;
import io.drawdown.billing.run.Figures;
import io.drawdown.billing.run.engine.Processes;
import io.drawdown.billing.run.engine.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Processes that do what a test says, when it says so. */
public final class PlayedProcesses implements Processes {

    public final Set<String> known = new TreeSet<>();
    public final Set<String> stuck = new TreeSet<>();

    /** Everything that was started, in order. */
    public final List<Played> started = new ArrayList<>();

    @Override
    public boolean isKnown(String process) {
        return known.contains(process);
    }

    @Override
    public boolean isStuck(String process) {
        return stuck.contains(process);
    }

    @Override
    public Execution start(String process, Turn turn, Consumer<Ending> ended) {
        Played played = new Played(process, turn, ended);
        started.add(played);
        return played;
    }

    public Played latest() {
        return started.getLast();
    }

    /** One that was started. */
    public static final class Played implements Execution {

        public final String process;
        public final Turn turn;
        public final @Nullable String begunAt;
        public boolean isStopped;
        public boolean isInterrupted;
        public boolean isAbandoned;
        private final Consumer<Ending> ended;
        private @Nullable String cursor;
        private Figures figures;

        Played(String process, Turn turn, Consumer<Ending> ended) {
            this.process = process;
            this.turn = turn;
            this.begunAt = turn.cursor();
            this.cursor = turn.cursor();
            this.figures = turn.former();
            this.ended = ended;
        }

        public void counts(String name, long value) {
            figures = new Figures(Map.of(name, value), null);
        }

        /** Saves, and hears whether it may go on. */
        public boolean[] save(String next) {
            boolean[] answer = new boolean[2];
            turn.save(next).subscribe().with(holds -> {
                answer[0] = holds;
                answer[1] = true;
                cursor = holds ? next : cursor;
            });
            return answer;
        }

        public boolean[] holds() {
            boolean[] answer = new boolean[2];
            turn.holds().subscribe().with(holds -> {
                answer[0] = holds;
                answer[1] = true;
            });
            return answer;
        }

        public void completes() {
            ended.accept(Ending.completed());
        }

        public void isPartial() {
            ended.accept(Ending.partial(cursor, null));
        }

        public void fails() {
            ended.accept(Ending.failed(Ending.EXCEPTION, "java.io.IOException", cursor));
        }

        @Override
        public Figures figures() {
            return figures;
        }

        @Override
        public @Nullable String cursor() {
            return cursor;
        }

        @Override
        public void stop() {
            isStopped = true;
        }

        @Override
        public void interrupt() {
            isInterrupted = true;
        }

        @Override
        public void abandon() {
            isAbandoned = true;
        }
    }
}
