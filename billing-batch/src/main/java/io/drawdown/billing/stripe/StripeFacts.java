package io.drawdown.billing.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.model.Charge;
import com.stripe.model.Event;
import com.stripe.model.StripeCollection;
import com.stripe.param.DisputeListParams;
import com.stripe.param.EventListParams;
import io.drawdown.billing.hook.EventFeed;
import io.drawdown.billing.hook.Hint;
import io.drawdown.billing.refund.ChargeFacts;
import io.drawdown.billing.refund.RefundDocument.Dispute;
import io.drawdown.billing.refund.RefundDocument.Paid;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.json.Json;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

import static io.drawdown.billing.stripe.StripePayments.CHARGE;
import static io.drawdown.billing.stripe.StripePayments.PAYER;
import static io.drawdown.billing.stripe.StripePayments.REFERENCE;
import static java.nio.charset.StandardCharsets.UTF_8;

/** What Stripe shows: its events, and what became of charges. It only reads. Belongs to the thread of its calls. */
public final class StripeFacts implements EventFeed, ChargeFacts {

    private static final long PAGE = 100;

    /** A charge has so few disputes that one page holds them. */
    private static final long MOST_DISPUTES = 100;

    private final StripeCalls calls;

    public StripeFacts(StripeCalls calls) {
        this.calls = calls;
    }

    @Override
    public boolean isConfigured() {
        return true;
    }

    @Override
    public Uni<Page> list(long fromSeconds, @Nullable String after) {
        EventListParams.Builder params = EventListParams.builder()
                .setLimit(PAGE)
                .setCreated(
                        EventListParams.Created.builder().setGte(fromSeconds).build());
        EventListParams sent = (after == null ? params : params.setStartingAfter(after)).build();
        return calls.read(Endpoint.LIST_EVENTS, stripe -> stripe.events().list(sent))
                .map(found -> found.map(StripeFacts::pageOf).orElseGet(() -> nothingAfter(after)));
    }

    /** Stripe lists events for 30 days: once it does not know one, it does not list an earlier one. */
    private static Page nothingAfter(@Nullable String event) {
        if (event == null) {
            throw new Unavailable("Stripe shows no list of events");
        }
        return new Page(List.of(), null, null, false);
    }

    private static Page pageOf(StripeCollection<Event> found) {
        List<Event> events = found.getData();
        return new Page(
                events.stream().flatMap(StripeFacts::hintOf).toList(),
                events.isEmpty() ? null : events.getLast().getId(),
                events.isEmpty() ? null : events.getFirst().getCreated(),
                Boolean.TRUE.equals(found.getHasMore()));
    }

    /** Its object may be of another version of the API; only its id is taken. */
    private static Stream<Hint> hintOf(Event event) {
        String raw = event.getDataObjectDeserializer().getRawJson();
        String object =
                Json.read(raw.getBytes(UTF_8), JsonNode.class).path("id").textValue();
        return Stream.ofNullable(Hint.of(event.getId(), event.getType(), object));
    }

    @Override
    public Uni<Optional<String>> referenceOf(String paymentIntent) {
        return calls.read(Endpoint.RETRIEVE_INTENT, stripe -> stripe.paymentIntents()
                        .retrieve(paymentIntent))
                .map(found -> found.flatMap(intent -> told(intent.getMetadata(), REFERENCE)));
    }

    private static Optional<String> told(@Nullable Map<String, String> metadata, String name) {
        return Optional.ofNullable(metadata).map(all -> all.get(name));
    }

    @Override
    public Uni<Optional<Facts>> charge(String stripeCharge) {
        return calls.read(Endpoint.RETRIEVE_CHARGE, stripe -> stripe.charges().retrieve(stripeCharge))
                .chain(found -> {
                    Optional<Paid> paid = found.flatMap(StripeFacts::paidOf);
                    return paid.isEmpty()
                            ? Uni.createFrom().item(Optional.<Facts>empty())
                            : disputes(found.get())
                                    .map(disputes ->
                                            Optional.of(new Facts(paid.get(), refundedOf(found.get()), disputes)));
                });
    }

    private static Optional<Paid> paidOf(Charge charge) {
        Map<String, String> metadata = Objects.requireNonNullElse(charge.getMetadata(), Map.of());
        return told(metadata, CHARGE).flatMap(ours -> told(metadata, PAYER).flatMap(payer -> told(metadata, REFERENCE)
                .map(reference -> new Paid(ours, payer, reference, charge.getAmount()))));
    }

    private static long refundedOf(Charge charge) {
        return Objects.requireNonNullElse(charge.getAmountRefunded(), 0L);
    }

    private Uni<List<Dispute>> disputes(Charge charge) {
        if (!Boolean.TRUE.equals(charge.getDisputed())) {
            return Uni.createFrom().item(List.of());
        }
        DisputeListParams params = DisputeListParams.builder()
                .setCharge(charge.getId())
                .setLimit(MOST_DISPUTES)
                .build();
        return calls.read(Endpoint.RETRIEVE_DISPUTE, stripe -> stripe.disputes().list(params))
                .map(found -> found.stream()
                        .flatMap(page -> page.getData().stream())
                        .map(StripeFacts::disputeOf)
                        .toList());
    }

    private static Dispute disputeOf(com.stripe.model.Dispute dispute) {
        return new Dispute(
                dispute.getId(),
                dispute.getAmount(),
                Objects.requireNonNullElse(dispute.getReason(), "unknown"),
                Objects.requireNonNullElse(dispute.getStatus(), "unknown"));
    }

    @Override
    public Uni<Optional<String>> chargeOfRefund(String refund) {
        return calls.read(Endpoint.RETRIEVE_REFUND, stripe -> stripe.refunds().retrieve(refund))
                .map(found -> found.flatMap(each -> Optional.ofNullable(each.getCharge())));
    }

    @Override
    public Uni<Optional<String>> chargeOfDispute(String dispute) {
        return calls.read(Endpoint.RETRIEVE_DISPUTE, stripe -> stripe.disputes().retrieve(dispute))
                .map(found -> found.flatMap(each -> Optional.ofNullable(each.getCharge())));
    }
}
