package io.drawdown.billing.api.purchase;

import io.drawdown.billing.purchase.Pack;
import io.drawdown.billing.purchase.PurchaseDocument;
import io.drawdown.billing.purchase.PurchaseDocument.Agenda;
import io.drawdown.billing.purchase.PurchaseSpec;
import io.drawdown.billing.purchase.engine.Bought;
import io.drawdown.billing.purchase.engine.Purchases;
import io.drawdown.contracts.AccountId;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.idempotency.IdempotencyKey;
import io.drawdown.kit.idempotency.RequestHash;
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
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Credits that are bought by card. */
@Path(PurchasesResource.PURCHASES)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.USER, Role.GATEWAY, Role.SERVICE, Role.OPERATOR})
@Tag(name = PurchasesResource.TAG, description = PurchasesResource.ABOUT)
public final class PurchasesResource {

    static final String PURCHASES = "/api/v1/purchases";
    static final String TAG = "Purchases";
    static final String ABOUT = "Packs of credits, bought by card: at once, or by an automatic top-up";

    private static final String CANCELLED_BY_REQUEST = "cancelled_by_request";
    private static final String REPLAYED = "Idempotency-Replayed";

    /** How long a request may go on with calls of Stripe and of credits-service. */
    private static final Duration PATIENCE = Duration.ofSeconds(55);

    private final Purchases purchases;
    private final CoreLoop loop;
    private final Time time;
    private final SecurityIdentity identity;

    PurchasesResource(Purchases purchases, CoreLoop loop, Time time, SecurityIdentity identity) {
        this.purchases = purchases;
        this.loop = loop;
        this.time = time;
        this.identity = identity;
    }

    /** @param nextCursor for the next page; null on the last one */
    @Schema(name = "PurchasePage")
    public record PurchasePage(
            List<PurchaseView> items, @Nullable String nextCursor) {}

    @POST
    @Operation(
            operationId = "buyCredits",
            summary = "Buys a pack of credits with the stored card",
            description =
                    "The answer shows how far it came: `granted`, or `failed` with a `reason` if the card was declined, or"
                            + " `waiting_for_customer` while the bank wants the owner of the card to confirm. Money that was taken is"
                            + " followed by its credits, whatever happens, or given back if the account takes none any more.")
    @APIResponseSchema(
            value = PurchaseView.class,
            responseCode = "201",
            responseDescription = "Begun, now or by an earlier request with the same key")
    @Problems({
        ProblemType.ACCOUNT_NOT_FOUND,
        ProblemType.ACCOUNT_CLOSED,
        ProblemType.ACCOUNT_SUSPENDED,
        ProblemType.NO_USABLE_CARD,
        ProblemType.UNKNOWN_PACK
    })
    public Uni<RestResponse<PurchaseView>> buy(
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key, @NotNull @Valid NewPurchaseRequest request) {
        Caller.of(identity).requireUseOf(request.account());
        String hash = IdempotencyKey.ofClient(request.account(), key).hash();
        String id = PurchaseSpec.idOf(request.account(), hash);
        return loop.call(() -> pack(id, request.pack()).chain(pack -> purchases.buy(id, spec(request, pack), PATIENCE)))
                .map(PurchasesResource::answer);
    }

    /** A pack that is not sold any more is still that of a purchase that was begun before. */
    private Uni<Pack> pack(String id, String name) {
        Optional<Pack> sold = purchases.settings().pack(name);
        return sold.isPresent()
                ? Uni.createFrom().item(sold.get())
                : purchases.find(id).map(found -> found.map(
                                purchase -> purchase.spec().pack())
                        .orElseThrow(() -> new ProblemException(ProblemType.UNKNOWN_PACK)));
    }

    private PurchaseSpec spec(NewPurchaseRequest request, Pack pack) {
        String requestHash = RequestHash.of("POST", PURCHASES, request.normal());
        return new PurchaseSpec(request.account(), pack, requestHash, request.isOnSession(), false, time.now());
    }

    private static RestResponse<PurchaseView> answer(Bought bought) {
        return switch (bought) {
            case Bought.Refused refused -> throw new ProblemException(refused.problem());
            case Bought.Begun begun ->
                RestResponse.ResponseBuilder.<PurchaseView>created(
                                URI.create(PURCHASES + "/" + begun.purchase().id()))
                        .entity(PurchaseView.of(begun.purchase()))
                        .header(REPLAYED, begun.isRepeated())
                        .build();
        };
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "readPurchase", summary = "Shows a purchase")
    @Problems({ProblemType.PURCHASE_NOT_FOUND})
    public Uni<PurchaseView> read(@PathParam("id") @Pattern(regexp = PurchaseSpec.ID) String id) {
        Caller caller = Caller.of(identity);
        return loop.call(() -> purchases.find(id)).map(found -> found.filter(
                        purchase -> caller.mayUse(purchase.spec().account()))
                .map(PurchaseView::of)
                .orElseThrow(() -> new ProblemException(ProblemType.PURCHASE_NOT_FOUND)));
    }

    @POST
    @Path("{id}/cancel")
    @Operation(
            operationId = "cancelPurchase",
            summary = "Cancels a purchase",
            description =
                    "Whatever may still take money is cancelled at Stripe first. `state` says what came of it: `failed`, or"
                            + " `cancelling` while Stripe has not decided; if the money was taken meanwhile, or before, the"
                            + " purchase goes on and its credits follow.")
    @Problems({ProblemType.PURCHASE_NOT_FOUND})
    public Uni<PurchaseView> cancel(@PathParam("id") @Pattern(regexp = PurchaseSpec.ID) String id) {
        Caller caller = Caller.of(identity);
        return loop.call(() -> purchases.find(id).chain(found -> found.filter(
                                purchase -> caller.mayUse(purchase.spec().account()))
                        .map(purchase -> purchases.cancel(purchase, CANCELLED_BY_REQUEST, PATIENCE))
                        .orElseThrow(() -> new ProblemException(ProblemType.PURCHASE_NOT_FOUND))))
                .map(PurchaseView::of);
    }

    @GET
    @Operation(operationId = "listPurchases", summary = "Lists purchases, the latest first")
    public Uni<PurchasePage> list(
            @QueryParam("account") @Nullable @Pattern(regexp = AccountId.FORM) String account,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        if (cursor != null && !cursor.matches(Agenda.PLACE)) {
            throw new ProblemException(ProblemType.INVALID_CURSOR);
        }
        String whose = visible(account);
        return loop.call(() -> purchases.store().page(whose, cursor, limit + 1)).map(found -> page(found, limit));
    }

    /** A user's list is that of their own account. */
    private @Nullable String visible(@Nullable String account) {
        Caller caller = Caller.of(identity);
        if (account != null) {
            caller.requireUseOf(account);
            return account;
        }
        return caller.mayUseAll() ? null : caller.subject();
    }

    private static PurchasePage page(List<PurchaseDocument> found, int limit) {
        List<PurchaseView> views =
                found.stream().limit(limit).map(PurchaseView::of).toList();
        return new PurchasePage(
                views, found.size() > limit ? found.get(limit - 1).agenda().place() : null);
    }
}
