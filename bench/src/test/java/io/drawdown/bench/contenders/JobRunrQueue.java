package io.drawdown.bench.contenders;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.scheduling.BackgroundJobRequest;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.storage.sql.h2.H2StorageProvider;

/** JobRunr on H2. A job that is over keeps its row. */
final class JobRunrQueue implements TaskQueue {

    private static final int WORKERS = 256;

    /** The shortest that JobRunr takes. */
    private static final Duration POLL = Duration.ofSeconds(5);

    private static final String UNFINISHED = "select count(*) from jobrunr_jobs where state <> 'SUCCEEDED'";

    private final H2Sql database;
    private final BackgroundJobServer server;
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
    private boolean isRunning;

    private JobRunrQueue(H2Sql database, BackgroundJobServer server) {
        this.database = database;
        this.server = server;
    }

    static JobRunrQueue open(Path folder) {
        H2Sql database = H2Sql.open(folder);
        JobRunr.configure()
                .useStorageProvider(new H2StorageProvider(database.source()))
                .useBackgroundJobServer(
                        BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                                .andWorkerCount(WORKERS)
                                .andPollInterval(POLL),
                        false)
                .initialize();
        return new JobRunrQueue(database, JobRunr.getBackgroundJobServer());
    }

    /** A job that does nothing. */
    record Noop(long number) implements JobRequest {
        @Override
        public Class<NoopHandler> getJobRequestHandler() {
            return NoopHandler.class;
        }
    }

    /** Made by JobRunr. */
    public static final class NoopHandler implements JobRequestHandler<Noop> {
        @Override
        public void run(Noop job) {
            Starts.began(job.number());
        }
    }

    @Override
    public void fill(int tasks) {
        BackgroundJobRequest.enqueue(IntStream.range(0, tasks).mapToObj(each -> new Noop(0)));
    }

    @Override
    public void drain() throws Exception {
        long target = Starts.count() + database.count(UNFINISHED);
        open();
        Waiting.until(() -> Starts.count() >= target);
        Waiting.until(() -> database.count(UNFINISHED) == 0);
        server.pauseProcessing();
    }

    @Override
    public void open() {
        if (isRunning) {
            server.resumeProcessing();
        } else {
            server.start();
        }
        isRunning = true;
    }

    @Override
    public Sent send() {
        CompletableFuture<Void> started = new CompletableFuture<>();
        long number = Starts.next(started);
        return new Sent(
                CompletableFuture.runAsync(() -> BackgroundJobRequest.enqueue(new Noop(number)), senders), started);
    }

    @Override
    public void close() {
        JobRunr.destroy();
        senders.close();
        database.close();
    }
}
