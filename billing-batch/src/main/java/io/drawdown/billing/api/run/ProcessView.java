package io.drawdown.billing.api.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.drawdown.billing.api.run.RunView.ResultView;
import io.drawdown.billing.batch.BatchProcess;
import io.drawdown.billing.batch.Schedule;
import io.drawdown.billing.run.CronTimes;
import io.drawdown.billing.run.ProcessDocument;
import io.drawdown.billing.run.ProcessRun;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A process as clients see it.
 *
 * @param paused whether runs skip it
 * @param schedule absent: it runs only when it is asked for
 * @param nextRunAt absent: it has no schedule, or schedules are off in this instance
 * @param cursor where the next run goes on; absent: from the start
 * @param lastRun absent: it has never run
 */
@Schema(name = "BatchProcess")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProcessView(
        String name,
        boolean paused,
        @Nullable ScheduleView schedule,
        @Nullable Instant nextRunAt,
        @Nullable String cursor,
        @Nullable Instant servedAt,
        @Nullable LastRunView lastRun) {

    /** When it runs by itself. */
    @Schema(name = "BatchSchedule")
    public record ScheduleView(String cron, String zone, Missed missed) {}

    /** What becomes of a time that was missed. */
    @Schema(name = "BatchMissed")
    public enum Missed {
        @JsonProperty("once")
        ONCE,
        @JsonProperty("skip")
        SKIP;

        static Missed of(Schedule.Missed missed) {
            return switch (missed) {
                case ONCE -> ONCE;
                case SKIP -> SKIP;
            };
        }
    }

    /** What became of it last. */
    @Schema(name = "BatchLastRun")
    public record LastRunView(String run, Instant endedAt, ResultView result) {}

    static ProcessView of(BatchProcess process, ProcessDocument stored, boolean isScheduled, Instant now) {
        Schedule.@Nullable Cron cron = process.schedule() instanceof Schedule.Cron given ? given : null;
        return new ProcessView(
                process.name(),
                stored.isPaused(),
                cron == null
                        ? null
                        : new ScheduleView(cron.expression(), cron.zone().getId(), Missed.of(cron.missed())),
                cron == null || !isScheduled
                        ? null
                        : new CronTimes(cron).after(now).orElse(null),
                stored.cursor(),
                stored.servedAt(),
                stored.last() == null ? null : last(stored.id(), stored.last(), now));
    }

    private static LastRunView last(String name, ProcessDocument.Last last, Instant now) {
        ProcessRun run =
                new ProcessRun(name, last.result(), last.result().ending().cursor(), last.figures());
        return new LastRunView(RunView.addressOf(last.runId()), last.endedAt(), ResultView.of(run, now));
    }
}
