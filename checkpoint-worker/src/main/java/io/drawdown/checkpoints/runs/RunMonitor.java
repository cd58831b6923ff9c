package io.drawdown.checkpoints.runs;

/** Told by the core, on its thread, what it does; for metrics and the log. */
public interface RunMonitor {

    /** A record with so many readings was acknowledged. */
    void emitted(int readings);

    /** A record did not get through; its readings are sent again. */
    void failed(Throwable fault);

    /** A session was not taken in for want of room. */
    void overflowed();

    /** A cycle is over. */
    void completed(Run run, boolean late);

    /** The summary could not be stored. */
    void summaryLost(Throwable fault);
}
