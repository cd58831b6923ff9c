package io.drawdown.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The problems that a client can get, each with a stable type {@code urn:drawdown:problem:<name>} (RFC 9457). One
 * enum, one page: {@code docs/problems.md}.
 */
public enum ProblemType {
    MALFORMED_JSON("malformed-json", 400, "The body is not the JSON that this route reads"),
    MALFORMED_URI("malformed-uri", 400, "The request line or a header cannot be read"),
    INVALID_REQUEST("invalid-request", 400, "A field or parameter is missing or out of its bounds"),
    IDEMPOTENCY_KEY_REQUIRED("idempotency-key-required", 400, "The Idempotency-Key header is missing or malformed"),
    INVALID_CURSOR("invalid-cursor", 400, "The cursor is not one that this service gave out"),
    UNAUTHENTICATED("unauthenticated", 401, "A valid token is needed"),
    INSUFFICIENT_CREDITS("insufficient-credits", 402, "The available credits do not cover this"),
    FORBIDDEN("forbidden", 403, "The token does not allow this"),
    KIND_NOT_IN_PLAN("kind-not-in-plan", 403, "The plan of the account does not include this kind"),
    NOT_FOUND("not-found", 404, "There is nothing at this address"),
    ACCOUNT_NOT_FOUND("account-not-found", 404, "There is no such account"),
    SESSION_NOT_FOUND("session-not-found", 404, "There is no such session"),
    TASK_NOT_FOUND("task-not-found", 404, "There is no such task"),
    RUN_NOT_FOUND("run-not-found", 404, "There is no such run"),
    ITEM_NOT_FOUND("item-not-found", 404, "There is no such item"),
    PAYER_NOT_FOUND("payer-not-found", 404, "There is no such payer"),
    CARD_NOT_FOUND("card-not-found", 404, "The payer has no such card"),
    CARD_SETUP_NOT_FOUND("card-setup-not-found", 404, "The payer has no such setup of a card"),
    PURCHASE_NOT_FOUND("purchase-not-found", 404, "There is no such purchase"),
    AUTO_TOP_UP_NOT_FOUND("auto-top-up-not-found", 404, "The account has no automatic top-up"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "This address does not know this method"),
    NOT_ACCEPTABLE("not-acceptable", 406, "This address does not answer in that media type"),
    REQUEST_TIMEOUT("request-timeout", 408, "The request did not arrive in time"),
    ACCOUNT_EXISTS("account-exists", 409, "The account was opened with another body"),
    ACCOUNT_SUSPENDED("account-suspended", 409, "The account is suspended"),
    ACCOUNT_CLOSED("account-closed", 409, "The account is closed"),
    ACCOUNT_IN_USE("account-in-use", 409, "The account still has holds"),
    OPERATION_CANCELLED("operation-cancelled", 409, "The operation was cancelled: nothing happens under its key"),
    SESSION_ELSEWHERE("session-elsewhere", 409, "The session runs at another instance"),
    TASK_NOT_WAITING("task-not-waiting", 409, "The task does not wait"),
    TASK_NOT_OVER("task-not-over", 409, "The task is not dead, failed or cancelled"),
    RUN_LOST("run-lost", 409, "The run of the task is not the caller's any more"),
    UNIQUE_KEY_HELD("unique-key-held", 409, "Another task has this unique key and is not over"),
    ITEM_NOT_CANCELLABLE("item-not-cancellable", 409, "The item was paid for, or is on its way to be published"),
    ITEM_NOT_UNDECIDED("item-not-undecided", 409, "The item does not wait for this decision"),
    CARD_SETUP_NOT_FINISHED("card-setup-not-finished", 409, "The owner of the card has not finished its setup"),
    CONFIRMATION_NOT_NEEDED("confirmation-not-needed", 409, "The payment does not wait for the owner of the card"),
    LINK_EXPIRED("link-expired", 410, "The link is too old"),
    NO_USABLE_CARD("no-usable-card", 409, "There is no card that may be charged now"),
    PAYLOAD_TOO_LARGE("payload-too-large", 413, "The body is larger than this service reads"),
    URI_TOO_LONG("uri-too-long", 414, "The request line is longer than this service reads"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "This address reads application/json"),
    INVALID_AMOUNT("invalid-amount", 422, "An amount has at most six decimals and is positive here"),
    AMOUNT_OUT_OF_RANGE("amount-out-of-range", 422, "An amount is at most 2^33 credits (8589934592)"),
    IDEMPOTENCY_KEY_REUSED("idempotency-key-reused", 422, "This key was used for another request"),
    UNKNOWN_METER("unknown-meter", 422, "The price list has no such meter"),
    UNKNOWN_KIND("unknown-kind", 422, "The rate card has no such kind"),
    UNKNOWN_PLAN("unknown-plan", 422, "There is no such plan"),
    UNKNOWN_TASK_TYPE("unknown-task-type", 422, "There is no such type of tasks"),
    UNKNOWN_PROCESS("unknown-process", 422, "There is no such batch process"),
    UNKNOWN_PACK("unknown-pack", 422, "There is no such pack"),
    PACK_TOO_SMALL("pack-too-small", 422, "The pack must hold more credits than the threshold"),
    TASK_TYPE_NOT_EXTERNAL("task-type-not-external", 422, "Tasks of this type are not leased"),
    ORDERED_TASK_WITH_TIME("ordered-task-with-time", 422, "A task with an order key has no time of its own"),
    LIST_TOO_BROAD("list-too-broad", 422, "A list of tasks needs an account, type, tag, tenant or open state"),
    UPGRADE_REQUIRED("upgrade-required", 426, "This address is a WebSocket"),
    TOO_MANY_GRANTS("too-many-grants", 429, "The account has as many grants as it may have"),
    TOO_MANY_HOLDS("too-many-holds", 429, "The account has as many holds as it may have"),
    TOO_MANY_SESSIONS("too-many-sessions", 429, "The account has as many live sessions as it may have"),
    RATE_LIMITED("rate-limited", 429, "Too many requests or connections; try again later"),
    ACCOUNT_BACKLOGGED("account-backlogged", 429, "The account has too much unpublished work; try again"),
    QUEUE_FULL("queue-full", 429, "Too many tasks wait to be stored; try again"),
    HEADERS_TOO_LARGE("headers-too-large", 431, "The headers are larger than this service reads"),
    INTERNAL("internal", 500, "Something went wrong here"),
    UNAVAILABLE("unavailable", 503, "What is needed cannot be reached: nothing happened; ask again with the same key"),
    OUTCOME_UNKNOWN(
            "outcome-unknown",
            503,
            "It may have happened, or may still; send it again with the same key to learn what happened"),
    NOT_CONFIGURED("not-configured", 503, "This address is not open, because its secret is not set"),
    ACCOUNT_BUSY("account-busy", 503, "Too many others change this account right now; try again"),
    TASK_BUSY("task-busy", 503, "The tasks with this unique key come and go too quickly; try again");

    private static final String PREFIX = "urn:drawdown:problem:";

    private final String slug;
    private final int status;
    private final String title;

    ProblemType(String slug, int status, String title) {
        this.slug = slug;
        this.status = status;
        this.title = title;
    }

    /** {@code urn:drawdown:problem:<name>}. */
    @JsonValue
    public String urn() {
        return PREFIX + slug;
    }

    public String slug() {
        return slug;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** Whether waiting helps: such answers carry {@code Retry-After}. */
    public boolean isRetryable() {
        return status == 429 || status == 503;
    }

    @JsonCreator
    public static ProblemType ofUrn(String urn) {
        for (ProblemType type : values()) {
            if (type.urn().equals(urn)) {
                return type;
            }
        }
        throw new IllegalArgumentException("not a problem of Drawdown: " + urn);
    }
}
