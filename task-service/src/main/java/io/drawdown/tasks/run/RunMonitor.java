package io.drawdown.tasks.run;

/** Counts what becomes of runs. */
public interface RunMonitor {

    /** A handler was started. */
    void started(String type);

    /** The end of a run is in the store. */
    void finished(String type);

    /** The run was lost to another worker, and its outcome dropped. */
    void lost(String type);

    /** The handler did not stop when it was told to; it goes on alone, without a slot. */
    void abandoned(String type);

    /** An outcome was dropped for want of room while the database was away; the task runs again. */
    void dropped(String type);
}
