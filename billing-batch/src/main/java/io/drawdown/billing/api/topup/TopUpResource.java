package io.drawdown.billing.api.topup;

import io.drawdown.billing.topup.engine.TopUps;
import io.drawdown.contracts.AccountId;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.openapi.Problems;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.security.Caller;
import io.drawdown.kit.security.Role;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The automatic top-up of an account. */
@Path("/api/v1/auto-top-ups/{account}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.USER, Role.GATEWAY, Role.SERVICE, Role.OPERATOR})
@Tag(name = "Purchases", description = "Packs of credits, bought by card: at once, or by an automatic top-up")
public final class TopUpResource {

    private final TopUps topUps;
    private final CoreLoop loop;
    private final SecurityIdentity identity;

    TopUpResource(TopUps topUps, CoreLoop loop, SecurityIdentity identity) {
        this.topUps = topUps;
        this.loop = loop;
        this.identity = identity;
    }

    @PUT
    @Operation(
            operationId = "setAutoTopUp",
            summary = "Sets the automatic top-up of an account and turns it on",
            description =
                    "It buys the pack with the stored card when the balance is at most `threshold`, or lasts no longer than two"
                            + " minutes; one purchase at a time, two attempts at least a minute apart, at most `most_per_day` a day."
                            + " After three failures in a row it turns itself off. While the card rests after a decline, or there is"
                            + " none that may be tried for so much, it waits, which is no attempt. It buys at once if it should.")
    @APIResponseSchema(value = TopUpView.class, responseCode = "201", responseDescription = "It is set")
    @APIResponse(responseCode = "200", description = "There was one before; it is as asked for now")
    @Problems({
        ProblemType.ACCOUNT_NOT_FOUND,
        ProblemType.ACCOUNT_CLOSED,
        ProblemType.NO_USABLE_CARD,
        ProblemType.UNKNOWN_PACK,
        ProblemType.PACK_TOO_SMALL
    })
    public Uni<RestResponse<TopUpView>> set(
            @PathParam("account") @Pattern(regexp = AccountId.FORM) String account,
            @NotNull @Valid TopUpRequest request) {
        Caller.of(identity).requireUseOf(account);
        var terms = request.terms();
        return loop.call(() -> topUps.set(account, terms, request.wantedCard())).map(TopUpResource::answer);
    }

    private static RestResponse<TopUpView> answer(TopUps.Outcome outcome) {
        return switch (outcome) {
            case TopUps.Outcome.Refused refused -> throw new ProblemException(refused.problem());
            case TopUps.Outcome.Set set ->
                RestResponse.status(
                        set.isNew() ? RestResponse.Status.CREATED : RestResponse.Status.OK, TopUpView.of(set.rule()));
        };
    }

    @GET
    @Operation(operationId = "readAutoTopUp", summary = "Shows the automatic top-up of an account")
    @Problems({ProblemType.AUTO_TOP_UP_NOT_FOUND})
    public Uni<TopUpView> read(@PathParam("account") @Pattern(regexp = AccountId.FORM) String account) {
        Caller.of(identity).requireUseOf(account);
        return loop.call(() -> topUps.find(account))
                .map(found -> found.map(TopUpView::of).orElseThrow(TopUpResource::none));
    }

    @DELETE
    @Operation(
            operationId = "removeAutoTopUp",
            summary = "Removes the automatic top-up of an account",
            description = "A purchase that is under way goes on.")
    @Problems({ProblemType.AUTO_TOP_UP_NOT_FOUND})
    public Uni<Void> remove(@PathParam("account") @Pattern(regexp = AccountId.FORM) String account) {
        Caller.of(identity).requireUseOf(account);
        return loop.call(() -> topUps.remove(account))
                .invoke(TopUpResource::require)
                .replaceWithVoid();
    }

    private static void require(boolean wasThere) {
        if (!wasThere) {
            throw none();
        }
    }

    private static ProblemException none() {
        return new ProblemException(ProblemType.AUTO_TOP_UP_NOT_FOUND);
    }
}
