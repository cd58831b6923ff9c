package io.drawdown.billing.api.hook;

import io.drawdown.billing.CardsCore;
import io.drawdown.billing.hook.Hint;
import io.drawdown.billing.hook.Signatures;
import io.drawdown.billing.stripe.StripeMode;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.openapi.Problems;
import io.drawdown.kit.problem.LargeBody;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What Stripe calls when something has happened there. The signature over the raw bytes says that it is Stripe. */
@Path(StripeWebhookResource.PATH)
@jakarta.ws.rs.Produces(MediaType.APPLICATION_JSON)
@PermitAll
@Tag(name = "Stripe", description = "What Stripe tells")
public final class StripeWebhookResource {

    static final String PATH = "/api/v1/stripe/webhooks";

    /** An event holds its whole object, which may be long, e.g. an invoice of many lines that is of no concern here. */
    private static final long LARGEST = 1 << 20;

    private final CardsCore core;
    private final Signatures signatures;
    private final StripeMode mode;
    private final CoreLoop loop;
    private final Time time;

    StripeWebhookResource(CardsCore core, Signatures signatures, StripeMode mode, CoreLoop loop, Time time) {
        this.core = core;
        this.signatures = signatures;
        this.mode = mode;
        this.loop = loop;
        this.time = time;
    }

    /** An event of Stripe, of which nothing more is read. */
    @Schema(name = "StripeEvent")
    public record StripeEvent(String id, String type) {}

    /** @param duplicate whether it had arrived before */
    @Schema(name = "StripeEventTaken")
    public record Taken(boolean duplicate) {}

    @Produces
    @Singleton
    static LargeBody largeEvent() {
        return new LargeBody(PATH, LARGEST);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "takeStripeEvent",
            summary = "Takes an event of Stripe",
            description =
                    "It is stored before it is answered, and looked at afterwards. Only its id, its type and the id of its object are"
                            + " taken: the object is asked of Stripe. An event that came before is answered like a new one. Where a delivery is"
                            + " not signed with a secret of this service, is older than five minutes, is of the other mode (live or test), or"
                            + " cannot be read, it is refused with 400.")
    @Problems({
        ProblemType.NOT_CONFIGURED,
        ProblemType.MALFORMED_JSON,
        ProblemType.PAYLOAD_TOO_LARGE,
        ProblemType.UNSUPPORTED_MEDIA_TYPE
    })
    public Uni<Taken> take(
            @HeaderParam("Stripe-Signature") @Nullable String signature,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = StripeEvent.class)))
                    byte[] body) {
        boolean live = mode.live().orElseThrow(StripeWebhookResource::notConfigured);
        if (!signatures.isConfigured()) {
            throw notConfigured();
        }
        requireSignature(signature, body);
        Hint.Delivered delivered = Hint.parse(body);
        if (delivered == null) {
            throw refused("the body is not an event");
        }
        if (delivered.livemode() != live) {
            throw refused("the event is of the other mode, live or test");
        }
        return loop.call(() -> core.inbox().take(delivered.hint())).map(isNew -> new Taken(!isNew));
    }

    private void requireSignature(@Nullable String signature, byte[] body) {
        String fault =
                signature == null ? "Stripe-Signature is missing" : signatures.fault(body, signature, time.now());
        if (fault != null) {
            throw refused(fault);
        }
    }

    private static ProblemException notConfigured() {
        return new ProblemException(
                ProblemType.NOT_CONFIGURED, "Set STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET to open this address");
    }

    private static ProblemException refused(String why) {
        return new ProblemException(ProblemType.INVALID_REQUEST, why);
    }
}
