package io.drawdown.contracts;

import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One instance of everything that is said over Kafka and the socket. */
final class Samples {

    static final String SESSION = "ses_abcdefghijklmnopqrstuvwxyz";
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123Z");
    private static final Rate RATE = new Rate("live_dubbing", Credits.of(1), 1_000);
    private static final AccountView ACCOUNT = new AccountView(
            7, Credits.of(90), Credits.of(60), Credits.of(30), Credits.ofMicros(800_000), Credits.of(90));
    private static final HoldView HOLD = new HoldView(SESSION, 2, 30_000, 90_000, Credits.of(30), RATE, 1L);
    private static final Set<EntryType> ABOUT_A_HOLD =
            EnumSet.of(EntryType.HELD, EntryType.SETTLED, EntryType.RELEASED, EntryType.OVERDUE);
    private static final Set<EntryType> ABOUT_GRANTS =
            EnumSet.of(EntryType.GRANTED, EntryType.SETTLED, EntryType.CHARGED, EntryType.EXPIRED);
    private static final List<GrantPart> PARTS = List.of(
            new GrantPart("g2", GrantKind.PROMO, 500, AT, AT.plusSeconds(60), Credits.of(10)),
            new GrantPart("g3", GrantKind.PURCHASED, 500, AT, null, Credits.of(20)));

    private static final String RUNNING = """
        {"type":"%s","session_id":"ses_abcdefghijklmnopqrstuvwxyz","resume_token":"q1w2","account":"ada",
         "kind":"live_dubbing","rate":{"price":1,"increment_millis":1000},"epoch":1,"used_millis":0,
         "funded_millis":60000,"balance":90,"available":30,"seq":2}\
        """;

    private Samples() {}

    static AccountEvent account(EntryType type) {
        @Nullable HoldView hold = ABOUT_A_HOLD.contains(type) ? HOLD : null;
        @Nullable Integer threshold = type == EntryType.THRESHOLD_CROSSED ? 20 : null;
        List<GrantPart> parts = ABOUT_GRANTS.contains(type) ? PARTS : List.of();
        @Nullable Instant effectiveAt = type == EntryType.EXPIRED ? AT.minusSeconds(5) : null;
        @Nullable String cause = type == EntryType.GRANTED ? "purchase pur_0123456789abcdef0123456789abcdef" : null;
        String plan = type == EntryType.PLAN_CHANGED ? "starter" : null;
        return new AccountEvent(
                type, "ada", AT, Credits.of(-30), ACCOUNT, hold, threshold, parts, effectiveAt, plan, cause);
    }

    static SessionEvent session(SessionEvent.Type type) {
        EndReason reason = type == SessionEvent.Type.ENDED ? EndReason.EXHAUSTED : null;
        return new SessionEvent(type, SESSION, 1, "ada", "live_dubbing", 1, 29_000, AT, reason);
    }

    static TaskEvent task(TaskEvent.Type type) {
        boolean isFailure = type == TaskEvent.Type.FAILED || type == TaskEvent.Type.DEAD_LETTERED;
        return new TaskEvent(
                type,
                "tsk_01kb5xv3m80000q7w2e4r6t8y0",
                3,
                "echo",
                "acme",
                "ada",
                List.of("nightly"),
                1,
                2,
                AT,
                isFailure ? "timeout" : null,
                isFailure ? "java.io.IOException" : null,
                isFailure ? "away" : null);
    }

    static BatchRunEvent batchRun() {
        return new BatchRunEvent(
                "run_01kb5xv3m80000q7w2e4r6t8y0",
                1,
                BatchRunEvent.Trigger.WORKER,
                false,
                false,
                1,
                AT,
                AT.plusSeconds(2),
                List.of(
                        new BatchRunEvent.ProcessResult(
                                "queued_pages",
                                BatchRunEvent.State.COMPLETED,
                                null,
                                1_900,
                                Map.of("processed_count", 2L)),
                        new BatchRunEvent.ProcessResult(
                                "run_retention", BatchRunEvent.State.FAILED, "exception", 100, Map.of())));
    }

    static ItemEvent item(ItemEvent.Type type) {
        return new ItemEvent(
                type,
                "itm_0123456789abcdef0123456789abcdef",
                2,
                "acme",
                "page-7",
                1,
                799,
                type == ItemEvent.Type.QUEUED ? null : 799L,
                AT,
                type == ItemEvent.Type.DECLINED ? "insufficient_funds" : null);
    }

    static ChargeEvent charge(ChargeEvent.Type type) {
        boolean isRefund = type == ChargeEvent.Type.REFUNDED;
        return new ChargeEvent(
                type,
                "ch_3PqK",
                2,
                "acme",
                "item:acme/page-7",
                799,
                isRefund ? 799 : 0,
                "usd",
                AT,
                isRefund ? null : new ChargeEvent.Dispute("dp_1PqK", 799, "fraudulent", "needs_response"));
    }

    static PaymentEvent payment(PaymentEvent.Type type) {
        boolean isGranted = type == PaymentEvent.Type.GRANTED;
        return new PaymentEvent(
                type,
                "pur_0123456789abcdef0123456789abcdef",
                2,
                "ada",
                new PaymentEvent.Purchase("pack_300", Credits.of(300), true, isGranted ? 12L : null),
                150,
                "usd",
                AT,
                type == PaymentEvent.Type.FAILED ? "insufficient_funds" : null);
    }

    static TaskProgress progress() {
        TaskProgress.Labels labels = new TaskProgress.Labels("echo", "acme", "ada", List.of("nightly"));
        return new TaskProgress("tsk_01kb5xv3m80000q7w2e4r6t8y0", labels, 1, 2, 7, 40, "half way", AT);
    }

    static Heartbeat heartbeat() {
        return new Heartbeat("inc-1", 1, List.of(reading()));
    }

    static UsageReport usage() {
        return new UsageReport(List.of(reading(), reading()));
    }

    private static MeterReading reading() {
        return new MeterReading("ada", SESSION, 1, 30_250);
    }

    /** Frames that both sockets have. */
    static final Set<String> SHARED_FRAMES = Set.of("authenticate", "ping", "pong", "error", "restarting");

    /** Frames of the socket of tasks by type, but those that both sockets have. */
    static Map<String, String> taskFrames() {
        String task = "{\"id\":\"tsk_01kb5xv3m80000q7w2e4r6t8y0\",\"type\":\"echo\",\"state\":\"completed\",\"seq\":3}";
        Map<String, String> frames = new LinkedHashMap<>();
        for (String frame : List.of(
                "{\"type\":\"subscribe\",\"task\":\"tsk_01kb5xv3m80000q7w2e4r6t8y0\"}",
                "{\"type\":\"unsubscribe\",\"tag\":\"nightly\"}",
                "{\"type\":\"subscribed\",\"task_type\":\"echo\",\"tasks\":[" + task + "]}",
                "{\"type\":\"unsubscribed\",\"tag\":\"nightly\","
                        + "\"problem\":{\"type\":\"urn:drawdown:problem:unavailable\",\"title\":\"t\"}}",
                "{\"type\":\"task\",\"task\":" + task + "}",
                "{\"type\":\"step\",\"step\":" + Wire.write(task(TaskEvent.Type.COMPLETED)) + "}",
                "{\"type\":\"progress\",\"progress\":" + Wire.write(progress()) + "}",
                "{\"type\":\"stale\",\"stale\":true}")) {
            frames.put(Wire.tree(frame).path("type").asText(), frame);
        }
        return frames;
    }

    /** Frames by type, as they go over the socket. */
    static Map<String, String> frames() {
        Map<String, String> frames = new LinkedHashMap<>();
        for (String frame : List.of(
                "{\"type\":\"authenticate\",\"token\":\"eyJh\"}",
                "{\"type\":\"start\",\"kind\":\"live_dubbing\",\"account\":\"ada\",\"start_key\":\"monday-1\"}",
                "{\"type\":\"resume\",\"session_id\":\"" + SESSION + "\",\"resume_token\":\"q1w2\",\"next_hash\":\""
                        + "ab".repeat(32) + "\",\"attempt\":1}",
                "{\"type\":\"end\"}",
                "{\"type\":\"pause\"}",
                "{\"type\":\"continue\"}",
                "{\"type\":\"ping\"}",
                RUNNING.formatted("started"),
                RUNNING.formatted("resumed"),
                """
                {"type":"refused","problem":{"type":"urn:drawdown:problem:insufficient-credits","title":"t","detail":"d"},
                 "credits_required":1,"credits_remaining":0.4,"credits_held":60,"upgrade_required":false,"retry_after":10,"seq":9}\
                """,
                """
                {"type":"balance","balance":61.5,"available":1.5,"burn_per_second":0.8,"used_millis":28500,
                 "funded_millis":88000,"seq":5}\
                """,
                "{\"type\":\"warning\",\"level_percent\":20,\"balance\":18,\"armed_balance\":90,\"seq\":6}",
                """
                {"type":"ending","reason":"exhausted","ends_in_millis":9800,"funded_millis":90000,"balance":10,"available":0,"seq":7}\
                """,
                "{\"type\":\"extended\",\"funded_millis\":105000,\"balance\":25,\"available\":0,\"seq\":8}",
                "{\"type\":\"unfunded\",\"retry_millis\":1000}",
                "{\"type\":\"paused\",\"by\":\"request\",\"released\":true,\"ends_in_millis\":600000,\"used_millis\":9000,\"funded_millis\":60000}",
                "{\"type\":\"continued\",\"used_millis\":9000,\"funded_millis\":60000}",
                "{\"type\":\"restarting\",\"retry_after\":5}",
                "{\"type\":\"replaced\"}",
                "{\"type\":\"ended\",\"session_id\":\"" + SESSION
                        + "\",\"reason\":\"exhausted\",\"used_millis\":105000,\"settled\":true,"
                        + "\"cost\":105,\"balance\":0,\"held\":0,\"seq\":9}",
                "{\"type\":\"error\",\"problem\":{\"type\":\"urn:drawdown:problem:malformed-json\",\"title\":\"t\"}}",
                "{\"type\":\"pong\"}")) {
            frames.put(Wire.tree(frame).path("type").asText(), frame);
        }
        return frames;
    }
}
