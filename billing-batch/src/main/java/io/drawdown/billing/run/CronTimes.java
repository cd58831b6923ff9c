package io.drawdown.billing.run;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.drawdown.billing.batch.Schedule;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/** The times of a schedule. */
public final class CronTimes {

    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private final ExecutionTime times;
    private final ZoneId zone;

    /** @throws IllegalArgumentException the expression is none */
    public CronTimes(Schedule.Cron schedule) {
        times = ExecutionTime.forCron(PARSER.parse(schedule.expression()));
        zone = schedule.zone();
    }

    /** The first time after that one, if there is any. */
    public Optional<Instant> after(Instant now) {
        return times.nextExecution(now.atZone(zone)).map(ZonedDateTime::toInstant);
    }

    /** The latest time up to that one, if there was any. */
    public Optional<Instant> upTo(Instant now) {
        return times.lastExecution(now.plusMillis(1).atZone(zone)).map(ZonedDateTime::toInstant);
    }
}
