package io.drawdown.tasks.api;

import io.drawdown.contracts.AccountId;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.json.Rfc3339;
import io.drawdown.kit.openapi.Problems;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.security.Caller;
import io.drawdown.kit.security.Role;
import io.drawdown.tasks.TasksCore;
import io.drawdown.tasks.config.TaskTypeName;
import io.drawdown.tasks.enqueue.TaskIds;
import io.drawdown.tasks.stats.Depths;
import io.drawdown.tasks.store.DeadLetters;
import io.drawdown.tasks.store.TaskPages;
import io.drawdown.tasks.store.TaskPages.Filter;
import io.drawdown.tasks.store.TaskPages.Position;
import io.drawdown.tasks.store.TaskPages.Query;
import io.drawdown.tasks.store.TaskPages.Range;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Tasks by what they have in common. */
@Path(TasksResource.TASKS)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.USER, Role.GATEWAY, Role.SERVICE, Role.OPERATOR})
@Tag(name = TasksResource.TAG, description = TasksResource.ABOUT)
public final class TaskListResource {

    /** Of a cursor, as a regular expression. */
    public static final String CURSOR = "[0-9]{1,15}\\." + TaskIds.FORM;

    private static final String LANES = "(urgent|high|normal|low)";
    private static final String STATES = "(scheduled|pending|processing|completed|failed|cancelled|dead)";

    /** A list by a state alone sorts all tasks in that state; for so many that is done. */
    static final int MOST_IN_STATE = 10_000;

    private final TaskPages pages;
    private final TasksCore core;
    private final CoreLoop loop;
    private final SecurityIdentity identity;

    TaskListResource(TaskPages pages, TasksCore core, CoreLoop loop, SecurityIdentity identity) {
        this.pages = pages;
        this.core = core;
        this.loop = loop;
        this.identity = identity;
    }

    /** @param nextCursor for the next page; null on the last one */
    public record TaskPage(List<TaskView> items, @Nullable String nextCursor) {

        /** @param found one more than {@code limit} if there is a next page */
        static TaskPage of(List<TaskDocument> found, int limit) {
            return of(found, limit, task -> Position.of(task).cursor());
        }

        /** The same of a group of dead tasks. */
        public static TaskPage ofGroup(List<TaskDocument> found, int limit) {
            return of(found, limit, DeadLetters::placeOf);
        }

        private static TaskPage of(List<TaskDocument> found, int limit, Function<TaskDocument, String> cursor) {
            List<TaskView> items =
                    found.stream().limit(limit).map(TaskView::inList).toList();
            return new TaskPage(items, found.size() > limit ? cursor.apply(found.get(limit - 1)) : null);
        }
    }

    /** What the tasks have in common. */
    // More than 8 components: each is a parameter of its own.
    public record Wanted(
            @QueryParam("account") @Nullable @Pattern(regexp = AccountId.FORM)
            String account,

            @QueryParam("type") @Nullable @Pattern(regexp = TaskTypeName.FORM)
            String type,

            @QueryParam("tag") @Nullable @Pattern(regexp = TaskRequest.TAG)
            String tag,

            @QueryParam("tenant") @Nullable @Pattern(regexp = AccountId.FORM)
            String tenant,

            @QueryParam("lane") @Nullable @Pattern(regexp = LANES)
            String lane,

            @QueryParam("state") @Nullable @Pattern(regexp = STATES)
            String state,

            @QueryParam("created_from") @Nullable String createdFrom,
            @QueryParam("created_until") @Nullable String createdUntil,
            @QueryParam("cursor") @Nullable String cursor,

            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200)
            int limit) {

        Query query(@Nullable String ofAccount) {
            return new Query(
                    new Filter(
                            ofAccount,
                            type,
                            tag,
                            tenant,
                            lane == null ? null : Lane.valueOf(lane.toUpperCase(Locale.ROOT)),
                            state == null ? null : TaskState.Name.valueOf(state.toUpperCase(Locale.ROOT))),
                    new Range(time("created_from", createdFrom), time("created_until", createdUntil)),
                    position(),
                    limit + 1);
        }

        private static @Nullable Instant time(String name, @Nullable String given) {
            try {
                return given == null ? null : Rfc3339.parse(given);
            } catch (DateTimeParseException e) {
                throw new ProblemException(
                        ProblemType.INVALID_REQUEST, name + " is not a time like 2026-01-31T12:00:00Z");
            }
        }

        private @Nullable Position position() {
            if (cursor != null && !cursor.matches(CURSOR)) {
                throw new ProblemException(ProblemType.INVALID_CURSOR);
            }
            return cursor == null ? null : Position.of(cursor);
        }
    }

    @GET
    @Operation(
            operationId = "listTasks",
            summary = "Lists tasks, the latest first",
            description =
                    "One of `account`, `type`, `tag`, `tenant` or a `state` that is not terminal is needed. While more than"
                            + " 10,000 tasks are in that state, one of the others is needed too. A user sees the tasks of their"
                            + " own account.")
    @Problems({ProblemType.LIST_TOO_BROAD})
    public Uni<TaskPage> list(@BeanParam @Valid Wanted wanted) {
        Query query = wanted.query(visible(wanted.account()));
        return depths(query.filter())
                .invoke(depths -> requireNarrow(query.filter(), depths))
                .chain(() -> pages.page(query))
                .map(found -> TaskPage.of(found, wanted.limit()));
    }

    /** Of a list that an index leads to, it does not matter how many tasks there are. */
    private Uni<Depths> depths(Filter filter) {
        return filter.isIndexed()
                ? Uni.createFrom().item(Depths.NONE)
                : loop.call(() -> Uni.createFrom().item(core.stats().latest()));
    }

    public static void requireNarrow(Filter filter, Depths depths) {
        if (!filter.isNarrow()) {
            throw new ProblemException(ProblemType.LIST_TOO_BROAD);
        }
        TaskState.Name state = filter.state();
        if (!filter.isIndexed() && state != null && depths.in(state) > MOST_IN_STATE) {
            throw new ProblemException(
                    ProblemType.LIST_TOO_BROAD, "more than " + MOST_IN_STATE + " tasks are " + state.word());
        }
    }

    /** A user sees the tasks of their own account only. */
    private @Nullable String visible(@Nullable String account) {
        Caller caller = Caller.of(identity);
        if (account != null) {
            caller.requireUseOf(account);
            return account;
        }
        return Visible.account(caller);
    }
}
