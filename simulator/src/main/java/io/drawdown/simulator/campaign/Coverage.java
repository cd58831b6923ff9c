package io.drawdown.simulator.campaign;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.Topic;
import io.drawdown.simulator.history.Act;
import io.drawdown.simulator.history.Scene;
import io.drawdown.simulator.world.CallFault;
import io.drawdown.simulator.world.Counts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What must occur in many histories, so that they prove something: every class of fault often, every outcome at least once.
 */
public final class Coverage {

    /** The share of all steps that a class of faults must have at least. */
    private static final double LEAST_SHARE = 0.01;

    /** The same of what is ordered for a call: it does not always meet one. */
    private static final double LEAST_SHARE_OF_CALLS = 0.009;

    private static final String HTTP = "answered by the HTTP edge before a core is asked";

    private static final Set<ProblemType> OF_THE_EDGE = EnumSet.of(
            ProblemType.MALFORMED_URI,
            ProblemType.IDEMPOTENCY_KEY_REQUIRED,
            ProblemType.INVALID_CURSOR,
            ProblemType.NOT_FOUND,
            ProblemType.METHOD_NOT_ALLOWED,
            ProblemType.NOT_ACCEPTABLE,
            ProblemType.REQUEST_TIMEOUT,
            ProblemType.PAYLOAD_TOO_LARGE,
            ProblemType.URI_TOO_LONG,
            ProblemType.UNSUPPORTED_MEDIA_TYPE,
            ProblemType.UPGRADE_REQUIRED,
            ProblemType.HEADERS_TOO_LARGE);

    private static final String TASK_EDGE = "the edge of task-service says so of an outcome of its core";

    private static final Set<ProblemType> OF_TASKS = EnumSet.of(
            ProblemType.TASK_NOT_FOUND,
            ProblemType.TASK_NOT_WAITING,
            ProblemType.TASK_NOT_OVER,
            ProblemType.UNIQUE_KEY_HELD,
            ProblemType.UNKNOWN_TASK_TYPE,
            ProblemType.ORDERED_TASK_WITH_TIME,
            ProblemType.LIST_TOO_BROAD,
            ProblemType.QUEUE_FULL,
            ProblemType.TASK_BUSY,
            ProblemType.TASK_TYPE_NOT_EXTERNAL,
            ProblemType.RUN_LOST);

    private static final String BATCH = "the edge of billing-batch says so of an outcome of its core";

    private static final Set<ProblemType> OF_BATCHES = EnumSet.of(
            ProblemType.RUN_NOT_FOUND,
            ProblemType.UNKNOWN_PROCESS,
            ProblemType.NOT_CONFIGURED,
            ProblemType.ITEM_NOT_FOUND,
            ProblemType.ITEM_NOT_CANCELLABLE,
            ProblemType.ITEM_NOT_UNDECIDED,
            ProblemType.PAYER_NOT_FOUND,
            ProblemType.CARD_NOT_FOUND,
            ProblemType.CARD_SETUP_NOT_FOUND,
            ProblemType.CARD_SETUP_NOT_FINISHED,
            ProblemType.CONFIRMATION_NOT_NEEDED,
            ProblemType.LINK_EXPIRED,
            ProblemType.PURCHASE_NOT_FOUND,
            ProblemType.AUTO_TOP_UP_NOT_FOUND,
            ProblemType.NO_USABLE_CARD,
            ProblemType.UNKNOWN_PACK,
            ProblemType.PACK_TOO_SMALL);

    /** Problems that no core answers, with the reason. */
    static final Map<ProblemType, String> EXEMPT_PROBLEMS = exemptProblems();

    /** Reasons for which sockets are closed, but no session ends. */
    private static final Set<EndReason> CLOSES_ONLY = EnumSet.of(
            EndReason.INSUFFICIENT,
            EndReason.IDLE,
            EndReason.POLICY,
            EndReason.UNAUTHENTICATED,
            EndReason.REPLACED,
            EndReason.RESTARTING,
            EndReason.RATE_LIMITED);

    /** End reasons that no core gives, with the reason. */
    static final Map<EndReason, String> EXEMPT_REASONS =
            new EnumMap<>(Map.of(EndReason.TOO_BIG, "given by the edge of the socket, which no core sees"));

    private static final List<String> RELAY = List.of(
            "checkpoint of a session",
            "summary of a cycle lost",
            "relay row written",
            "relay row failed",
            "relay duplicate equal row",
            "relay published " + Topic.CREDITS_ACCOUNT,
            "relay published again " + Topic.CREDITS_ACCOUNT,
            "relay publishing failed " + Topic.CREDITS_ACCOUNT.topicName(),
            "relay published " + Topic.SESSION_LIFECYCLE,
            "relay published again " + Topic.SESSION_LIFECYCLE,
            "relay publishing failed " + Topic.SESSION_LIFECYCLE.topicName(),
            "relay trim",
            "relay trim race lost",
            "relay sweep found a left-over",
            "relay trim of a session",
            "relay trim race of a session lost",
            "relay sweep found a left-over session");

    private static final List<String> OPERATIONS = List.of(
            "operation cancelled",
            "operation shown Done",
            "operation shown Cancelled",
            "operation shown Open",
            "start cancelled",
            "request with a deadline",
            "request too late",
            "request arrived during a stall");

    private static final List<String> OWNERS = List.of(
            "owner starts", "owner takes over", "owner thought dead", "owner is told STALE", "owner's hold overdue");

    private static final List<String> GATEWAYS =
            List.of("gateway hears Stands", "gateway hears NotBegun", "gateway hears KeyReused");

    private static final List<String> REAPER = List.of("session of another instance reaped");

    private static final List<String> TASKS = List.of(
            "enqueue Accepted",
            "enqueue Repeated",
            "enqueue Deduplicated",
            "enqueue KeyReused",
            "enqueue Full",
            "enqueue OutcomeUnknown",
            "enqueue Unavailable",
            "hint told",
            "hint lost",
            "hint doubled",
            "lease answer lost",
            "lease repeated",
            "run Accepted",
            "run Refused",
            "replay Begun",
            "replay NotOver",
            "replay KeyHeld",
            "handler step known",
            "handler abandoned",
            "fenced by another",
            "run lost",
            "task PROCESSING",
            "task PROCESSING to PENDING",
            "task PROCESSING to SCHEDULED",
            "task PROCESSING to COMPLETED",
            "task PROCESSING to FAILED",
            "task PROCESSING to CANCELLED",
            "task PROCESSING to DEAD",
            "task PENDING to CANCELLED",
            "task SCHEDULED to DEAD",
            "task blamed");

    private static final List<String> BILLING = List.of(
            "item QUEUED",
            "item PREPARING",
            "item CONFIRMING",
            "item UNSETTLED",
            "item DECLINED",
            "item WAITING_FOR_CARD",
            "item WAITING_FOR_CUSTOMER",
            "item CANCELLING",
            "item CANCELLED",
            "item PUBLISHING",
            "item PUBLISH_FAILED",
            "item PUBLISH_UNKNOWN",
            "item PUBLISHED",
            "item free",
            "item charged",
            "purchase GRANTED",
            "purchase REFUNDED",
            "purchase FAILED",
            "notice of an expired item",
            "event caught up",
            "event of Stripe known",
            "event of Stripe missed",
            "event of Stripe told late",
            "event of Stripe told twice",
            "message found",
            "message not found",
            "slack refuses for a while",
            "slack refuses for good",
            "batch run ended",
            "batch run taken over",
            "runner frozen",
            "batch process COMPLETED",
            "batch process PARTIAL",
            "batch process FAILED",
            "fenced by another");

    private Coverage() {}

    private static Map<ProblemType, String> exemptProblems() {
        Map<ProblemType, String> exempt = new EnumMap<>(Map.of(ProblemType.INTERNAL, "only for what cannot happen"));
        OF_THE_EDGE.forEach(problem -> exempt.put(problem, HTTP));
        OF_TASKS.forEach(problem -> exempt.put(problem, TASK_EDGE));
        OF_BATCHES.forEach(problem -> exempt.put(problem, BATCH));
        return exempt;
    }

    /** The names of what occurred too rarely or never. */
    public static List<String> missing(Scene scene, Counts counts, long steps) {
        List<String> missing = new ArrayList<>();
        for (Act act : scene.acts()) {
            if (act.isFault() && counts.of("act " + act.name()) < LEAST_SHARE * steps) {
                missing.add("act " + act + ": " + counts.of("act " + act.name()) + " of " + steps + " steps");
            }
        }
        for (CallFault callFault : CallFault.values()) {
            if (callFault != CallFault.NONE && counts.of("call " + callFault) < LEAST_SHARE_OF_CALLS * steps) {
                missing.add("call " + callFault + ": " + counts.of("call " + callFault) + " of " + steps + " steps");
            }
        }
        for (String outcome : outcomes(scene)) {
            if (counts.of(outcome) == 0) {
                missing.add(outcome);
            }
        }
        return missing;
    }

    /** The names of all outcomes that must occur at least once. */
    static List<String> outcomes(Scene scene) {
        return switch (scene) {
            case CREDITS -> outcomesOfCredits();
            case TASKS -> TASKS;
            case BILLING -> BILLING;
        };
    }

    private static List<String> outcomesOfCredits() {
        List<String> outcomes = new ArrayList<>(RELAY);
        outcomes.addAll(OWNERS);
        outcomes.addAll(REAPER);
        outcomes.addAll(OPERATIONS);
        outcomes.addAll(GATEWAYS);
        for (ProblemType problem : ProblemType.values()) {
            if (!EXEMPT_PROBLEMS.containsKey(problem)) {
                outcomes.add("problem " + problem);
            }
        }
        for (EndReason reason : EndReason.values()) {
            if (CLOSES_ONLY.contains(reason)) {
                outcomes.add("close " + reason.closeCode() + " " + reason.name().toLowerCase(Locale.ROOT));
            } else if (!EXEMPT_REASONS.containsKey(reason)) {
                outcomes.add("end " + reason);
            }
        }
        return outcomes;
    }
}
