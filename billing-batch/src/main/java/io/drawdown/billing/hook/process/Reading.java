package io.drawdown.billing.hook.process;

import io.drawdown.billing.hook.EventFeed.Page;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How far a reading of Stripe's list has come, from the latest event back to the time that it ends at.
 *
 * @param fromSeconds it ends there, by Stripe's clock
 * @param throughSeconds the latest event of its first page; absent before that page
 * @param after the last event that was read; absent before the first page
 */
record Reading(
        long fromSeconds,
        @Nullable Long throughSeconds,
        @Nullable String after) {

    private static final Pattern CURSOR = Pattern.compile("(\\d{1,15}) (\\d{1,15}) (\\S{1,255})");

    /** @throws IllegalArgumentException it is no cursor of a reading */
    static Reading parse(String cursor) {
        Matcher form = CURSOR.matcher(cursor);
        if (!form.matches()) {
            throw new IllegalArgumentException("no cursor of a reading: " + cursor);
        }
        return new Reading(Long.parseLong(form.group(1)), Long.parseLong(form.group(2)), form.group(3));
    }

    /** With the next page. One without an event is the last: it adds nothing. */
    Reading with(Page page) {
        return page.last() == null
                ? this
                : new Reading(fromSeconds, throughSeconds == null ? page.latestSeconds() : throughSeconds, page.last());
    }

    /** Of a reading that has read a page. */
    String cursor() {
        return fromSeconds + " " + throughSeconds + " " + after;
    }
}
