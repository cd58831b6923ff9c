package io.drawdown.billing.metrics;

import io.drawdown.billing.charge.engine.Alarms;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.Locale;
import org.jboss.logging.Logger;

/** What people must look at, as an error in the log and a metric. */
public final class ChargeAlarms implements Alarms {

    private static final Logger LOG = Logger.getLogger(ChargeAlarms.class);

    private final MeterRegistry metrics;

    public ChargeAlarms(MeterRegistry metrics) {
        this.metrics = metrics;
        // Each is there from the start, so that the first one is a rise.
        Arrays.stream(Alarm.values()).forEach(this::counter);
    }

    @Override
    public void raise(Alarm alarm, String chargeId, String detail) {
        counter(alarm).increment();
        LOG.errorf("A charge needs a person: alarm=%s chargeId=%s detail=%s", word(alarm), chargeId, detail);
    }

    private Counter counter(Alarm alarm) {
        return metrics.counter("drawdown.billing.alarms", "alarm", word(alarm));
    }

    private static String word(Alarm alarm) {
        return alarm.name().toLowerCase(Locale.ROOT);
    }
}
