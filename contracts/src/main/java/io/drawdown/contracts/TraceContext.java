package io.drawdown.contracts;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A span of a trace, and the trace: that of a request's caller, as the caller stated it, or one of our own. Where no spans are
 * started, whatever a request causes carries the caller's two values on, unchanged. Source: <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>, and the
 * distributed tracing extension of CloudEvents.
 *
 * @param traceparent the version, the trace, the span of the caller, and its flags
 * @param tracestate what tracing systems add to it; absent if there is none
 */
public record TraceContext(String traceparent, @Nullable String tracestate) {

    /** The headers of a request. On an event each is an attribute of the same name. */
    public static final String TRACEPARENT = "traceparent";

    public static final String TRACESTATE = "tracestate";

    /** The greatest length of each of them, so that what is stored with an event is bounded. */
    public static final int LONGEST = 512;

    private static final int TRACE_ID_AT = 3;
    private static final int SPAN_ID_AT = 36;
    private static final int FLAGS_AT = 53;
    private static final int HEXADECIMAL = 16;

    private static final String IDS = "-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}";

    /** Version 00 has no more than that. A later version may add fields; {@code ff} is no version. */
    private static final Pattern PARENT = Pattern.compile("(00" + IDS + "|(?!00|ff)[0-9a-f]{2}" + IDS + "(-[!-~]*)?)");

    private static final Pattern STATE = Pattern.compile("[\\t -~]+");

    /**
     * The context that these headers state. An invalid one counts as absent, as the specification demands; it is never a
     * reason to refuse a request.
     *
     * @param traceparents the values of {@link #TRACEPARENT}, of which there must be one
     * @param tracestates the values of {@link #TRACESTATE}, which count together; they are dropped if they are too long
     */
    public static @Nullable TraceContext of(List<String> traceparents, List<String> tracestates) {
        if (traceparents.size() != 1 || !isValid(PARENT, traceparents.getFirst())) {
            return null;
        }
        String states = String.join(",", tracestates);
        return new TraceContext(traceparents.getFirst(), isValid(STATE, states) ? states : null);
    }

    /** The trace: 32 hexadecimal digits. */
    public String traceId() {
        return traceparent.substring(TRACE_ID_AT, SPAN_ID_AT - 1);
    }

    /** The span in it: 16 hexadecimal digits. */
    public String spanId() {
        return traceparent.substring(SPAN_ID_AT, FLAGS_AT - 1);
    }

    /** Whether the caller keeps this trace, so that it is worth adding to it. */
    public boolean isSampled() {
        return (Character.digit(traceparent.charAt(FLAGS_AT + 1), HEXADECIMAL) & 1) == 1;
    }

    private static boolean isValid(Pattern form, String value) {
        return value.length() <= LONGEST && form.matcher(value).matches();
    }
}
