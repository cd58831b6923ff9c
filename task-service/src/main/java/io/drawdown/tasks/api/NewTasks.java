package io.drawdown.tasks.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.idempotency.IdempotencyKey;
import io.drawdown.kit.idempotency.RequestHash;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.json.UnreadableException;
import io.drawdown.kit.problem.JsonMistake;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.security.Caller;
import io.drawdown.tasks.config.TaskTypes;
import io.drawdown.tasks.enqueue.NewTask;
import io.drawdown.tasks.enqueue.TaskIds;
import io.drawdown.tasks.runner.HandlerTable;
import io.drawdown.tasks.task.Spec;
import io.drawdown.tasks.task.Spec.Labels;
import io.drawdown.tasks.task.Spec.Sender;
import io.drawdown.tasks.task.Spec.Terms;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Makes a task of the request for one, or says what is wrong with it. */
@Singleton
public final class NewTasks {

    /** The longest payload, in bytes of JSON. */
    public static final int LONGEST_PAYLOAD = 64 * 1024;

    private final TaskTypes types;
    private final HandlerTable handlers;

    NewTasks(TaskTypes types, HandlerTable handlers) {
        this.types = types;
        this.handlers = handlers;
    }

    /**
     * The circumstances of a request.
     *
     * @param route the key is unique for
     * @param key that the client chose; null if it chose none
     */
    public record Request(
            Caller caller,
            String route,
            @Nullable String key,
            @Nullable TraceContext trace,
            Instant at) {

        public Request {
            if (key != null && !IdempotencyKey.isSane(key)) {
                throw new ProblemException(ProblemType.IDEMPOTENCY_KEY_REQUIRED);
            }
        }

        /** A user's subject is an account; a client may have the same name. */
        private @Nullable String id(int item) {
            String namespace = caller.mayUseAll() ? "client" : "user";
            return key == null ? null : TaskIds.of(namespace + ":" + caller.subject(), route, key, item);
        }
    }

    /**
     * @param item its place in a batch; 0 for a single one
     * @throws ProblemException that says what is wrong
     */
    public NewTask of(TaskRequest wanted, Request request, int item) {
        requirePossible(wanted, request.at());
        String payload = payload(wanted);
        @Nullable String account = account(wanted, request.caller());
        @Nullable String hash = request.key() == null ? null : hash(request.route(), wanted, payload);
        Spec spec = new Spec(
                wanted.type(),
                payload,
                wanted.givenLane(),
                tenant(wanted, account, request.caller()),
                new Sender(request.caller().subject(), request.at(), hash, request.trace()),
                labels(wanted, account),
                terms(wanted));
        return new NewTask(request.id(item), spec, runAt(wanted, request.at()));
    }

    private void requirePossible(TaskRequest wanted, Instant now) {
        if (types.find(wanted.type()).isEmpty()) {
            throw new ProblemException(
                    ProblemType.UNKNOWN_TASK_TYPE, "type " + wanted.type() + " is none of this service");
        }
        boolean isTimed = wanted.runAt() != null || wanted.delaySeconds() != null;
        if (wanted.orderKey() != null && isTimed) {
            throw new ProblemException(ProblemType.ORDERED_TASK_WITH_TIME);
        }
        if (wanted.runAt() != null && wanted.delaySeconds() != null) {
            throw invalid("run_at and delay_seconds exclude each other");
        }
        requireWithinAYear("run_at", wanted.runAt(), now);
        requireWithinAYear("expires_at", wanted.expiresAt(), now);
        if (wanted.firstBackoffSeconds() != null
                && wanted.longestBackoffSeconds() != null
                && wanted.firstBackoffSeconds() > wanted.longestBackoffSeconds()) {
            throw invalid("first_backoff_seconds is above longest_backoff_seconds");
        }
    }

    public static void requireWithinAYear(String field, @Nullable Instant given, Instant now) {
        if (given != null && given.isAfter(now.plusSeconds(TaskRequest.YEAR))) {
            throw invalid(field + " is more than a year away");
        }
    }

    /** As it is stored; the handler, if it is here, can read it. */
    private String payload(TaskRequest wanted) {
        String payload = JsonText.of("payload", wanted.givenPayload(), LONGEST_PAYLOAD);
        try {
            handlers.requireReadable(wanted.type(), payload);
            return payload;
        } catch (UnreadableException e) {
            throw unreadable(e);
        }
    }

    private static ProblemException unreadable(UnreadableException fault) {
        if (fault.getCause() instanceof ValueInstantiationException made
                && made.getCause() instanceof IllegalArgumentException refused) {
            return invalid("payload: " + refused.getMessage());
        }
        if (fault.getCause() instanceof JsonMappingException mapping) {
            mapping.prependPath(new JsonMappingException.Reference(null, "payload"));
            return problem(mapping);
        }
        return fault.getCause() instanceof JsonProcessingException json
                ? problem(json)
                : invalid("payload: " + fault.getMessage());
    }

    private static ProblemException problem(JsonProcessingException fault) {
        JsonMistake mistake = JsonMistake.of(fault);
        return new ProblemException(mistake.type(), mistake.detail());
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(ProblemType.INVALID_REQUEST, detail);
    }

    /** A user sends tasks of their own account. */
    private static @Nullable String account(TaskRequest wanted, Caller caller) {
        if (wanted.account() != null) {
            caller.requireUseOf(wanted.account());
        }
        return caller.mayUseAll() ? wanted.account() : caller.subject();
    }

    /** The turns, unique keys and order keys of a tenant are not for another user. */
    private static String tenant(TaskRequest wanted, @Nullable String account, Caller caller) {
        String tenant =
                wanted.tenant() != null ? wanted.tenant() : Objects.requireNonNullElse(account, caller.subject());
        if (!caller.mayUseAll() && !tenant.equals(caller.subject())) {
            throw new ProblemException(ProblemType.FORBIDDEN, "This tenant is not yours");
        }
        return tenant;
    }

    private static @Nullable Instant runAt(TaskRequest wanted, Instant now) {
        @Nullable Instant at = wanted.delaySeconds() == null ? wanted.runAt() : now.plusSeconds(wanted.delaySeconds());
        return at == null || !at.isAfter(now) ? null : at;
    }

    private static @Nullable Labels labels(TaskRequest wanted, @Nullable String account) {
        @Nullable
        List<String> tags = wanted.givenTags().isEmpty()
                ? null
                : wanted.givenTags().stream().distinct().toList();
        boolean isEmpty = Stream.of(account, tags, wanted.parent(), wanted.uniqueKey(), wanted.orderKey())
                .allMatch(Objects::isNull);
        return isEmpty ? null : new Labels(account, tags, wanted.parent(), wanted.uniqueKey(), wanted.orderKey());
    }

    private static @Nullable Terms terms(TaskRequest wanted) {
        Terms terms = new Terms(
                wanted.retries(),
                millis(wanted.timeoutSeconds()),
                millis(wanted.firstBackoffSeconds()),
                millis(wanted.longestBackoffSeconds()),
                millis(wanted.resultTtlSeconds()),
                millis(wanted.keepSeconds()),
                wanted.expiresAt());
        return terms.equals(NO_TERMS) ? null : terms;
    }

    private static final Terms NO_TERMS = new Terms(null, null, null, null, null, null, null);

    private static @Nullable Long millis(@Nullable Long seconds) {
        return seconds == null ? null : Duration.ofSeconds(seconds).toMillis();
    }

    /** What the request is decided by: its fields, and its payload whatever the order of its fields. */
    private record Decided(TaskRequest request, Object payload) {}

    private static String hash(String route, TaskRequest wanted, String payload) {
        return RequestHash.of(
                "POST", route, new Decided(wanted.normal(), Json.read(payload.getBytes(UTF_8), Object.class)));
    }
}
