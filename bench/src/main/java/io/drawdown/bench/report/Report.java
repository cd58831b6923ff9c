package io.drawdown.bench.report;

import io.drawdown.bench.load.Load;
import io.drawdown.bench.report.Figure.Wanted;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/** The figures of one run, in the order in which they were measured. Each is printed at once. Safe for use by several threads. */
public final class Report {

    private static final String UNITS_PER_SECOND = "op/s";

    private final List<Figure> figures = new ArrayList<>();
    private final PrintStream terminal;
    private String section = "";
    private boolean isUnfinished;

    public Report(PrintStream terminal) {
        this.terminal = terminal;
    }

    /** What is added from now on belongs to this section. */
    public synchronized void begin(String title) {
        section = title;
        terminal.println();
        terminal.println(title);
    }

    public synchronized void add(String name, double value, String unit, Wanted wanted) {
        Figure figure = new Figure(section, name, value, unit, wanted);
        figures.add(figure);
        terminal.printf("  %-60s %12s %s%n", name, figure.shown(), unit);
    }

    /** The section, or what else was to come, ended early. */
    public synchronized void unfinished(Throwable fault) {
        isUnfinished = true;
        if (section.isEmpty()) {
            begin("Before anything was measured");
        }
        Throwable cause = fault.getCause() == null ? fault : fault.getCause();
        add("ended early: " + fault.getMessage() + ": " + cause, 1, "times", Wanted.LESS);
    }

    /** Whether anything ended early. */
    public synchronized boolean isUnfinished() {
        return isUnfinished;
    }

    /** A line outside of the sections. */
    public void line(String text) {
        terminal.println(text);
    }

    /** A sentence for the reader at the terminal. */
    public void say(String sentence) {
        terminal.println("  " + sentence);
    }

    /** How many operations there were per second. */
    public void throughput(String name, Load load) {
        add(name, load.perSecond(), UNITS_PER_SECOND, Wanted.MORE);
        failures(name, load);
    }

    /** The percentiles of operations that arrived at a fixed rate. */
    public void latencyAtRate(String operation, int perSecond, Load load) {
        latency(RatedName.load(operation, perSecond), load);
    }

    /** Its percentiles, in milliseconds. */
    public void latency(String name, Load load) {
        if (load.perSecond() > 0) {
            latency(name, load.latency());
        }
        failures(name, load);
    }

    /** Percentiles that were counted without a load. */
    public void latency(String name, Load.Latency latency) {
        add(name + ", p50", millis(latency.p50Micros()), "ms", Wanted.LESS);
        add(name + ", p95", millis(latency.p95Micros()), "ms", Wanted.LESS);
        add(name + ", p99", millis(latency.p99Micros()), "ms", Wanted.LESS);
    }

    private void failures(String name, Load load) {
        if (load.failed() > 0) {
            add(name + ", failed", (double) load.failed(), "operations", Wanted.LESS);
        }
        if (load.isSaturated()) {
            add(name + ", given up because too many were under way", 1, "load", Wanted.LESS);
        }
    }

    private static double millis(long micros) {
        return micros / (double) TimeUnit.MILLISECONDS.toMicros(1);
    }

    /** The value of a figure of this run, to form a ratio. */
    public synchronized OptionalDouble value(String ofSection, String name) {
        return figures.stream()
                .filter(figure ->
                        figure.section().equals(ofSection) && figure.name().equals(name))
                .mapToDouble(Figure::value)
                .findFirst();
    }

    public synchronized List<Figure> figures() {
        return List.copyOf(figures);
    }
}
