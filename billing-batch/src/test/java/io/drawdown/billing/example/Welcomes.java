package io.drawdown.billing.example;

import io.drawdown.billing.batch.BatchContext;
import io.drawdown.billing.batch.BatchProcess;
import io.drawdown.billing.batch.BatchResult;
import io.drawdown.billing.batch.Schedule;
import jakarta.inject.Singleton;

@Singleton
public final class Welcomes implements BatchProcess {

    private final Guests guests;
    private final Mailer mailer;

    Welcomes(Guests guests, Mailer mailer) {
        this.guests = guests;
        this.mailer = mailer;
    }

    @Override
    public String name() {
        return "welcomes";
    }

    @Override
    public Schedule schedule() {
        return Schedule.cron("0 9 * * *", "Europe/Berlin");
    }

    @Override
    public BatchResult run(BatchContext context) {
        for (String guest : guests.after(context.cursor().orElse(""))) {
            if (!context.mayGoOn()) return BatchResult.partial();
            context.effect(() -> mailer.send(guest, "welcome:" + guest));
            context.count("processed_count", 1);
            context.save(guest);
        }
        return BatchResult.completed();
    }
}
