package io.drawdown.billing.api.item;

import io.drawdown.billing.charge.Charge;
import io.drawdown.billing.charge.ChargeState;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemSpec;
import io.drawdown.billing.item.ItemStatus;
import io.drawdown.billing.item.engine.Items;
import io.drawdown.billing.payer.ConfirmLinks;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.openapi.Problems;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.security.Caller;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.time.Time;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** One item of the queue. */
@Path(ItemsResource.ITEMS + "/{id}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.USER, Role.GATEWAY, Role.SERVICE, Role.OPERATOR})
@Tag(name = ItemsResource.TAG, description = ItemsResource.ABOUT)
public final class ItemResource {

    private static final Logger LOG = Logger.getLogger(ItemResource.class);

    /** How long a request may go on with calls of Stripe and Slack. */
    private static final Duration PATIENCE = Duration.ofSeconds(55);

    private static final String CANCELLED_BY_REQUEST = "cancelled";

    private final Items items;
    private final ConfirmLinks links;
    private final CoreLoop loop;
    private final Time time;
    private final SecurityIdentity identity;

    ItemResource(Items items, ConfirmLinks links, CoreLoop loop, Time time, SecurityIdentity identity) {
        this.items = items;
        this.links = links;
        this.loop = loop;
        this.time = time;
        this.identity = identity;
    }

    /** What a person has found out. */
    @Schema(name = "QueueItemDecision")
    public record Decision(@NotNull Boolean published) {}

    /** What an operator has found at Stripe. */
    @Schema(name = "QueueItemResolution")
    public record Resolution(@NotNull Boolean charged) {}

    /** @param link is good for whoever has it, until it expires */
    @Schema(name = "ConfirmationLink")
    public record LinkView(String link) {

        /** A log must not show the link. */
        @Override
        public String toString() {
            return "LinkView[]";
        }
    }

    @GET
    @Operation(operationId = "readItem", summary = "Shows an item")
    @Problems({ProblemType.ITEM_NOT_FOUND})
    public Uni<ItemView> read(@PathParam("id") @Pattern(regexp = ItemSpec.ID) String id) {
        return with(id, item -> Uni.createFrom().item(item));
    }

    @POST
    @Path("cancel")
    @Operation(
            operationId = "cancelItem",
            summary = "Cancels an item",
            description =
                    "Whatever may still take money is cancelled at Stripe first; if the money was taken meanwhile, the item stays"
                            + " charged. `state` says which; `cancelling` means that Stripe has not decided, and the wish stands.")
    @Problems({ProblemType.ITEM_NOT_FOUND, ProblemType.ITEM_NOT_CANCELLABLE})
    public Uni<ItemView> cancel(@PathParam("id") @Pattern(regexp = ItemSpec.ID) String id) {
        return with(
                id, item -> items.cancel(item, CANCELLED_BY_REQUEST, PATIENCE).invoke(ItemResource::requireWish));
    }

    /** It is cancelled, or will be unless the money was taken. */
    private static void requireWish(ItemDocument item) {
        boolean isWished = item.charge() != null
                && item.charge().wish() != null
                && !item.charge().isOver();
        if (item.status() != ItemStatus.CANCELLED && !isWished) {
            throw new ProblemException(ProblemType.ITEM_NOT_CANCELLABLE);
        }
    }

    @POST
    @Path("process-now")
    @Operation(
            operationId = "processItem",
            summary = "Works on an item now",
            description =
                    "It is charged and published as far as that goes now; a publication that failed is tried at once. A card that"
                            + " was declined keeps its rest. The item is answered as it is afterwards.")
    @Problems({ProblemType.ITEM_NOT_FOUND})
    public Uni<ItemView> processNow(@PathParam("id") @Pattern(regexp = ItemSpec.ID) String id) {
        return with(id, item -> items.processNow(item, PATIENCE));
    }

    @POST
    @Path("decide")
    @Operation(
            operationId = "decideItem",
            summary = "Says whether an item was published",
            description =
                    "For `publish_unknown`: a person has looked. If it was not published, it is published again; it is not charged"
                            + " again.")
    @Problems({ProblemType.ITEM_NOT_FOUND, ProblemType.ITEM_NOT_UNDECIDED})
    public Uni<ItemView> decide(
            @PathParam("id") @Pattern(regexp = ItemSpec.ID) String id, @NotNull @Valid Decision decision) {
        return with(id, item -> {
            if (item.status() != ItemStatus.PUBLISH_UNKNOWN) {
                throw new ProblemException(ProblemType.ITEM_NOT_UNDECIDED);
            }
            return items.resolve(item, decision.published());
        });
    }

    @POST
    @Path("resolve")
    @RolesAllowed({Role.OPERATOR})
    @Operation(
            operationId = "resolveItem",
            summary = "Says whether a dead item was charged",
            description =
                    "For `dead`: an operator has looked at Stripe for the charge of the item. If its money was taken, it is published, and"
                            + " not charged again. If not, it is cancelled, and may be queued again; then it has another charge.")
    @Problems({ProblemType.ITEM_NOT_FOUND, ProblemType.ITEM_NOT_UNDECIDED})
    public Uni<ItemView> resolve(
            @PathParam("id") @Pattern(regexp = ItemSpec.ID) String id, @NotNull @Valid Resolution resolution) {
        String operator = Caller.of(identity).subject();
        return with(id, item -> {
            if (item.status() != ItemStatus.DEAD) {
                throw new ProblemException(ProblemType.ITEM_NOT_UNDECIDED);
            }
            LOG.infof("Dead item resolved: item=%s charged=%s operator=%s", id, resolution.charged(), operator);
            return items.resolveDead(item, resolution.charged());
        });
    }

    @POST
    @Path("confirmation")
    @RolesAllowed({Role.USER, Role.GATEWAY})
    @Operation(
            operationId = "linkItemConfirmation",
            summary = "Makes a link to confirm the payment of an item",
            description =
                    "For `waiting_for_customer`. The link is signed and expires; whoever opens it may confirm this payment and nothing"
                            + " else.")
    @Problems({ProblemType.ITEM_NOT_FOUND, ProblemType.CONFIRMATION_NOT_NEEDED})
    public Uni<LinkView> link(@PathParam("id") @Pattern(regexp = ItemSpec.ID) String id) {
        Caller caller = Caller.of(identity);
        return loop.call(() -> TeamAccess.item(items, caller, id)).map(this::linkTo);
    }

    private LinkView linkTo(ItemDocument item) {
        Charge charge = item.charge();
        if (charge == null || !(charge.state() instanceof ChargeState.WaitingForCustomer waiting)) {
            throw new ProblemException(ProblemType.CONFIRMATION_NOT_NEEDED);
        }
        return new LinkView(
                links.address(charge.terms().payerId(), waiting.intent().id(), time.now()));
    }

    private Uni<ItemView> with(String id, Function<ItemDocument, Uni<ItemDocument>> action) {
        Caller caller = Caller.of(identity);
        return loop.call(() -> TeamAccess.item(items, caller, id).chain(item -> action.apply(item)
                .chain(after ->
                        view(after).onFailure(fault -> !after.equals(item)).transform(OutcomeUnknown::afterWrite))));
    }

    private Uni<ItemView> view(ItemDocument item) {
        if (item.charge() != null && item.status() == ItemStatus.WAITING_FOR_CARD) {
            return items.payers().find(item.charge().terms().payerId()).map(payer -> ItemView.of(item, payer));
        }
        return item.status() == ItemStatus.QUEUED
                ? items.teams().get(item.spec().team()).map(team -> ItemView.of(item, team))
                : Uni.createFrom().item(ItemView.of(item));
    }
}
