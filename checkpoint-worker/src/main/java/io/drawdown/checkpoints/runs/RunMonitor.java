package io.drawdown.checkpoints.runs;

/** Hears from the core, on its thread, what it does; for metrics and the log. */
public interface RunMonitor {

    /** The broker acknowledged a record with so many readings. */
    void emitted(int readings);

    /** A record failed; its readings are sent again. */
    void failed(Throwable fault);

    /** There was no room for a session. */
    void overflowed();

    /** A run is over. */
    void completed(Run run, boolean late);

    /** The run was not stored. */
    void runLost(Throwable fault);
}
