package io.drawdown.billing.api.item;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemStatus;
import io.drawdown.billing.item.TeamDocument;
import io.drawdown.billing.item.engine.Items;
import io.drawdown.billing.item.store.ItemStore.Filter;
import io.drawdown.billing.payer.PayerDocument;
import io.drawdown.contracts.AccountId;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.security.Caller;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.time.Time;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How the queue of a team is. */
@Path("/api/v1/queue/status/{team}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.USER, Role.GATEWAY, Role.SERVICE, Role.OPERATOR})
@Tag(name = ItemsResource.TAG, description = ItemsResource.ABOUT)
public final class QueueStatusResource {

    /** Items that are shown. */
    private static final int MOST_SHOWN = 100;

    private static final List<ItemStatus> OPEN =
            Arrays.stream(ItemStatus.values()).filter(ItemStatus::isOpen).toList();

    private final Items items;
    private final CoreLoop loop;
    private final Time time;
    private final SecurityIdentity identity;

    QueueStatusResource(Items items, CoreLoop loop, Time time, SecurityIdentity identity) {
        this.items = items;
        this.loop = loop;
        this.time = time;
        this.identity = identity;
    }

    /**
     * The queue of a team.
     *
     * @param teamName absent: the team has not said it
     * @param queuedPages the first hundred, in the order of their turns
     */
    @Schema(name = "QueueStatus")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record StatusView(
            String team,
            @Nullable String teamName,
            long publishedCount,
            long queuedCount,
            List<QueuedPageView> queuedPages,
            int freePlacesLeft,
            boolean hasPaymentMethod) {}

    /** @param daysQueued whole days */
    @Schema(name = "QueuedPage")
    public record QueuedPageView(
            String id, String itemId, String title, ItemStateView state, Instant queuedAt, long daysQueued) {

        static QueuedPageView of(ItemDocument item, Instant now) {
            Instant since = item.life().queuedAt();
            return new QueuedPageView(
                    item.id(),
                    item.spec().itemId(),
                    item.spec().title(),
                    ItemStateView.of(item.status()),
                    since,
                    Math.max(0, Duration.between(since, now).toDays()));
        }
    }

    @GET
    @Operation(
            operationId = "readQueueStatus",
            summary = "Shows the queue of a team",
            description = "`has_payment_method` says whether there is a card that may be tried, now or later.")
    public Uni<StatusView> read(@PathParam("team") @Pattern(regexp = AccountId.FORM) String team) {
        TeamAccess.require(Caller.of(identity), team);
        return loop.call(() -> Uni.combine()
                .all()
                .unis(
                        items.teams().get(team),
                        items.stores().items().counts(team),
                        items.stores().items().page(new Filter(team, OPEN), null, MOST_SHOWN))
                .asTuple()
                .chain(found -> items.payers()
                        .find(found.getItem1().payerId())
                        .map(payer -> view(
                                found.getItem1(),
                                found.getItem2(),
                                found.getItem3(),
                                payer.filter(PayerDocument::hasUsableCard).isPresent()))));
    }

    private StatusView view(
            TeamDocument team, Map<ItemStatus, Long> counts, List<ItemDocument> open, boolean hasPaymentMethod) {
        Instant now = time.now();
        return new StatusView(
                team.id(),
                team.profile().name(),
                counts.getOrDefault(ItemStatus.PUBLISHED, 0L),
                OPEN.stream()
                        .mapToLong(status -> counts.getOrDefault(status, 0L))
                        .sum(),
                open.stream().map(item -> QueuedPageView.of(item, now)).toList(),
                Math.max(0, TeamDocument.FREE_PLACES - team.places().size()),
                hasPaymentMethod);
    }
}
