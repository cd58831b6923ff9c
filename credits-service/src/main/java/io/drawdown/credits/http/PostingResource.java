package io.drawdown.credits.http;

import io.drawdown.credits.accounts.Key;
import io.drawdown.credits.accounts.Reply;
import io.drawdown.kit.idempotency.IdempotencyKey;
import io.drawdown.kit.idempotency.RequestHash;
import io.drawdown.kit.security.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** What moves credits at once: grants and one-off charges. A key makes each happen once, for ever. */
@Path("/api/v1/accounts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.GATEWAY, Role.OPERATOR})
public class PostingResource {

    /** Says whether the answer is that of an earlier request with the same key. */
    static final String REPLAYED = "Idempotency-Replayed";

    private final CoreCalls core;

    PostingResource(CoreCalls core) {
        this.core = core;
    }

    @POST
    @Path("{id}/grants")
    public Uni<RestResponse<EntryView>> grant(
            @PathParam("id") @Pattern(regexp = AccountId.FORM) String id,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @NotNull @Valid GrantRequest request) {
        Key identity = key(id, key, "grants", request.normal());
        return core.ask(accounts -> accounts.grant(id, request.asked(), identity))
                .map(reply -> answer(id, "ledger", Refusals.posted(reply)));
    }

    @POST
    @Path("{id}/charges")
    public Uni<RestResponse<EntryView>> charge(
            @PathParam("id") @Pattern(regexp = AccountId.FORM) String id,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @NotNull @Valid ChargeRequest request) {
        Key identity = key(id, key, "charges", request.normal());
        return core.ask(accounts -> accounts.charge(id, request.meter(), request.count(), identity))
                .map(reply -> answer(id, "charges", Refusals.posted(reply)));
    }

    private static Key key(String id, @Nullable String key, String route, Object request) {
        return new Key(
                IdempotencyKey.ofClient(id, key).hash(),
                RequestHash.of("POST", "/api/v1/accounts/" + id + "/" + route, request));
    }

    private static RestResponse<EntryView> answer(String id, String route, Reply.Posted posted) {
        return ResponseBuilder.<EntryView>created(URI.create("/api/v1/accounts/" + id + "/" + route + "/"
                        + posted.entry().seq()))
                .entity(EntryView.of(posted.entry()))
                .header(REPLAYED, posted.isReplay())
                .build();
    }
}
