package io.drawdown.billing.api.purchase;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.drawdown.billing.charge.Terms;
import io.drawdown.billing.purchase.Pack;
import io.drawdown.billing.purchase.engine.Purchases;
import io.drawdown.contracts.Credits;
import io.drawdown.kit.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The credits for sale. */
@Path("/api/v1/packs")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.USER, Role.GATEWAY, Role.SERVICE, Role.OPERATOR})
@Tag(name = PurchasesResource.TAG, description = PurchasesResource.ABOUT)
public final class PacksResource {

    private final Purchases purchases;

    PacksResource(Purchases purchases) {
        this.purchases = purchases;
    }

    /** A pack as clients see it. */
    @Schema(name = "Pack")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PackView(
            String name,
            long priceCents,
            String currency,
            Credits credits,
            @Nullable Long validForSeconds) {

        static PackView of(Pack pack) {
            Long millis = pack.validMillis();
            return new PackView(
                    pack.name(),
                    pack.priceCents(),
                    Terms.USD,
                    pack.credits(),
                    millis == null ? null : Duration.ofMillis(millis).toSeconds());
        }
    }

    /** All of them, the cheapest first. */
    @Schema(name = "Packs")
    public record PacksView(List<PackView> items) {}

    @GET
    @Operation(operationId = "listPacks", summary = "Lists the packs of credits, the cheapest first")
    public PacksView list() {
        return new PacksView(
                purchases.settings().packs().stream().map(PackView::of).toList());
    }
}
