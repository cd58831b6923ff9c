package io.drawdown.billing.api.item;

import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemStatus;
import io.drawdown.billing.item.engine.Items;
import io.drawdown.billing.item.store.ItemStore.Filter;
import io.drawdown.billing.item.store.ItemStore.Turn;
import io.drawdown.contracts.AccountId;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.security.Caller;
import io.drawdown.kit.security.Role;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The queue of items that are to be charged and published. */
@Path(ItemsResource.ITEMS)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.USER, Role.GATEWAY, Role.SERVICE, Role.OPERATOR})
@Tag(name = ItemsResource.TAG, description = ItemsResource.ABOUT)
public final class ItemsResource {

    static final String ITEMS = "/api/v1/queue/items";
    static final String TAG = "Queue";
    static final String ABOUT = "Items that are charged by card and published in Slack";

    private static final String STATES =
            "(queued|preparing|confirming|unsettled|declined|waiting_for_card|waiting_for_customer|cancelling|dead|charged"
                    + "|publishing|publish_failed|publish_unknown|published|cancelled)";

    private final Items items;
    private final CoreLoop loop;
    private final SecurityIdentity identity;

    ItemsResource(Items items, CoreLoop loop, SecurityIdentity identity) {
        this.items = items;
        this.loop = loop;
        this.identity = identity;
    }

    /** @param nextCursor for the next page; null on the last one */
    @Schema(name = "QueueItems")
    public record ItemsView(List<ItemView> items, @Nullable String nextCursor) {}

    @POST
    @Operation(
            operationId = "queueItem",
            summary = "Queues an item",
            description =
                    "The first three published items of a team are free. The price is fixed now, and taken once the team has said where"
                            + " its items are published. An item is known by its team and"
                            + " its id for ever: one that is already there is answered as it is, with 200, and is never charged again, whatever"
                            + " the rest of the body says. Only one that was cancelled is queued anew. A user may not name a price.")
    @APIResponseSchema(value = ItemView.class, responseCode = "201", responseDescription = "It is queued")
    @APIResponse(responseCode = "200", description = "It was there before; it is shown as it is")
    public Uni<RestResponse<ItemView>> queue(@NotNull @Valid NewItemRequest request) {
        Caller caller = Caller.of(identity);
        TeamAccess.require(caller, request.team());
        if (request.priceCents() != null && !caller.mayUseAll()) {
            throw new ProblemException(ProblemType.FORBIDDEN, "A user may not name price_cents: leave it out");
        }
        var spec = request.spec(items.settings().priceCents());
        return loop.call(() -> items.queue(spec)).map(ItemsResource::answer);
    }

    private static RestResponse<ItemView> answer(Items.Queued queued) {
        ItemView view = ItemView.of(queued.item());
        return queued.isNew()
                ? RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, view)
                        .build()
                : RestResponse.ok(view);
    }

    @GET
    @Operation(operationId = "listItems", summary = "Lists items, in the order of their turns")
    public Uni<ItemsView> list(
            @QueryParam("team") @Nullable @Pattern(regexp = AccountId.FORM) String team,
            @QueryParam("state") @Nullable @Pattern(regexp = STATES) String state,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        if (cursor != null && !cursor.matches(Turn.FORM)) {
            throw new ProblemException(ProblemType.INVALID_CURSOR);
        }
        Filter filter = new Filter(visible(team), state == null ? List.of() : List.of(statusOf(state)));
        Turn after = cursor == null ? null : Turn.parse(cursor);
        return loop.call(() -> items.stores().items().page(filter, after, limit + 1))
                .map(found -> page(found, limit));
    }

    /** A user's list is that of their own team. */
    private @Nullable String visible(@Nullable String team) {
        Caller caller = Caller.of(identity);
        if (team != null) {
            TeamAccess.require(caller, team);
            return team;
        }
        return caller.mayUseAll() ? null : caller.subject();
    }

    private static ItemStatus statusOf(String word) {
        return ItemStatus.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static ItemsView page(List<ItemDocument> found, int limit) {
        List<ItemView> views = found.stream().limit(limit).map(ItemView::of).toList();
        return new ItemsView(
                views, found.size() > limit ? Turn.of(found.get(limit - 1)).cursor() : null);
    }
}
