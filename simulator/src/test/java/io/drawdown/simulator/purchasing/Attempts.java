package io.drawdown.simulator.purchasing;

import io.drawdown.billing.topup.TopUpDocument;
import io.drawdown.billing.topup.TopUpDocument.InFlight;
import io.drawdown.billing.topup.TopUpDocument.Progress;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a top-up has tried, kept beside its rule: every id that was ever in flight, and since when. */
final class Attempts {

    private static final Duration APART = Duration.ofMinutes(1);

    /** The day of each, by the purchase. */
    private final Map<String, String> begun = new LinkedHashMap<>();

    private @Nullable Instant latest;

    /** What is wrong with the rule; asked at every write of it. */
    Optional<String> check(TopUpDocument rule, boolean wasLow) {
        InFlight inFlight = rule.progress().inFlight();
        Optional<String> wrong = inFlight == null || begun.containsKey(inFlight.purchase())
                ? Optional.empty()
                : begun(inFlight, rule.terms().mostPerDay(), wasLow);
        return wrong.or(() -> counted(rule.progress()));
    }

    private Optional<String> begun(InFlight inFlight, int mostPerDay, boolean wasLow) {
        Instant at = inFlight.since();
        Instant before = latest;
        latest = at;
        String day = at.atZone(ZoneOffset.UTC).toLocalDate().toString();
        begun.put(inFlight.purchase(), day);
        if (before != null && Duration.between(before, at).compareTo(APART) < 0) {
            return Optional.of("two attempts within a minute");
        }
        if (count(day) > mostPerDay) {
            return Optional.of("more attempts on " + day + " than allowed");
        }
        return wasLow ? Optional.empty() : Optional.of("bought though the balance was not low since the last grant");
    }

    private Optional<String> counted(Progress progress) {
        String day = progress.day();
        long tried = day == null ? begun.size() : count(day);
        return tried == progress.attempts()
                ? Optional.empty()
                : Optional.of("the rule counts " + progress.attempts() + " attempts on " + day + ", not " + tried);
    }

    private long count(String day) {
        return begun.values().stream().filter(day::equals).count();
    }
}
