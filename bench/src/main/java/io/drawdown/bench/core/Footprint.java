package io.drawdown.bench.core;

import io.drawdown.bench.report.Figure.Wanted;
import io.drawdown.bench.report.Report;
import io.drawdown.bench.stack.BenchStack;
import io.drawdown.bench.store.Samples;

/** How long processes take to start, the memory that they have, and the bytes that a charge leaves. */
public final class Footprint {

    private final BenchStack stack;
    private final Report report;

    public Footprint(BenchStack stack, Report report) {
        this.stack = stack;
        this.report = report;
    }

    /**
     * Tells it after a load, so that the memory is that of processes that have worked.
     *
     * @param eventBytes a record of a charge on the topic, with key and headers
     */
    public void tell(Samples samples, long eventBytes) {
        report.begin("Start-up, memory after the run, bytes of a charge");
        stack.startUps()
                .forEach((process, time) -> report.add(
                        process + ", from its start until ready", (double) time.toMillis(), "ms", Wanted.LESS));
        stack.usages()
                .forEach((process, usage) -> report.add(
                        process + ", resident memory", usage.residentBytes() / (double) (1 << 20), "MiB", Wanted.LESS));
        report.add("account document after many charges", samples.accountBytes(), "bytes", Wanted.LESS);
        report.add("ledger row of a charge", samples.rowBytes(), "bytes", Wanted.LESS);
        report.add("event of a charge, with key and headers", (double) eventBytes, "bytes", Wanted.LESS);
    }
}
