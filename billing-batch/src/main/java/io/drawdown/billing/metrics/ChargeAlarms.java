package io.drawdown.billing.metrics;

import io.drawdown.billing.charge.engine.Alarms;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.jboss.logging.Logger;

/** What people must look at, as an error in the log and a metric. */
public final class ChargeAlarms implements Alarms {

    private static final Logger LOG = Logger.getLogger(ChargeAlarms.class);

    private final MeterRegistry metrics;

    public ChargeAlarms(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    @Override
    public void raise(Alarm alarm, String chargeId, String detail) {
        String word = alarm.name().toLowerCase(Locale.ROOT);
        metrics.counter("drawdown.billing.alarms", "alarm", word).increment();
        LOG.errorf("A charge needs a person: alarm=%s chargeId=%s detail=%s", word, chargeId, detail);
    }
}
