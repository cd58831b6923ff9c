package io.drawdown.credits.http;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.Rate;
import io.drawdown.credits.config.Tariff;
import io.drawdown.kit.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Comparator;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What things cost. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.USER, Role.GATEWAY, Role.OPERATOR, Role.SERVICE})
@Tag(name = "Tariff", description = "What things cost")
public class TariffResource {

    private final Tariff tariff;

    TariffResource(Tariff tariff) {
        this.tariff = tariff;
    }

    /** The price of one unit of a meter. */
    record Price(String meter, Credits price) {}

    /** The kinds of session that accounts of a plan may start. */
    record Plan(String plan, List<String> kinds) {}

    /** All there is, on one page. */
    record Plans(List<Plan> items, @Nullable String nextCursor) {}

    /** All there is, on one page. */
    record Prices(List<Price> items, @Nullable String nextCursor) {}

    /** All there is, on one page. */
    record Rates(List<Rate> items, @Nullable String nextCursor) {}

    @GET
    @Path("prices")
    @Operation(operationId = "listPrices", summary = "Lists the price list of one-off charges")
    public Prices prices() {
        return new Prices(
                tariff.prices().entrySet().stream()
                        .map(entry -> new Price(entry.getKey(), entry.getValue()))
                        .sorted(Comparator.comparing(Price::meter))
                        .toList(),
                null);
    }

    @GET
    @Path("rates")
    @Operation(operationId = "listRates", summary = "Lists the rate card of live sessions")
    public Rates rates() {
        return new Rates(
                tariff.rates().values().stream()
                        .sorted(Comparator.comparing(Rate::kind))
                        .toList(),
                null);
    }

    @GET
    @Path("plans")
    @Operation(operationId = "listPlans", summary = "Lists the plans, each with the kinds of session that it includes")
    public Plans plans() {
        return new Plans(
                tariff.plans().entrySet().stream()
                        .map(plan -> new Plan(
                                plan.getKey(), plan.getValue().stream().sorted().toList()))
                        .sorted(Comparator.comparing(Plan::plan))
                        .toList(),
                null);
    }
}
