package io.drawdown.billing.api.item;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.drawdown.billing.charge.Charge;
import io.drawdown.billing.charge.ChargeState;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemState;
import io.drawdown.billing.item.ItemStatus;
import io.drawdown.billing.item.TeamDocument;
import io.drawdown.billing.payer.PayerDocument;
import io.drawdown.billing.publish.PublishFault;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A queued item as clients see it.
 *
 * @param amountCents absent until it is decided whether it has a free place
 * @param nextTryAt when it goes on by itself at the earliest; absent: at the next run, or not by itself
 */
@Schema(name = "QueueItem")
@JsonInclude(JsonInclude.Include.NON_NULL)
// More than 8 components: flat on the wire.
public record ItemView(
        String id,
        String team,
        String itemId,
        String title,
        String publisher,
        ItemStateView state,
        long priceCents,
        @Nullable Long amountCents,
        String currency,
        Instant queuedAt,
        @Nullable Instant nextTryAt,
        @Nullable ReasonView reason,
        @Nullable ReceiptView receipt,
        @Nullable PublicationView publication) {

    private static final ReasonView BEYOND_CONSENT = new ReasonView(
            "beyond_consent",
            "The owner of the card agreed to less for one charge. Set it up again with a higher cap.");

    private static final ReasonView NO_TARGET = reason(PublishFault.NO_TARGET);

    /** What keeps it from going on, or why it was cancelled. */
    @Schema(name = "QueueItemReason")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ReasonView(String code, @Nullable String text) {}

    /** The money that was taken. */
    @Schema(name = "QueueItemReceipt")
    public record ReceiptView(String paymentIntent, String charge, long amountCents, Instant chargedAt) {}

    /** Where it was published. */
    @Schema(name = "QueueItemPublication")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PublicationView(
            Instant publishedAt,
            @Nullable String channel,
            @Nullable String message) {}

    static ItemView of(ItemDocument item) {
        return of(item, reason(item));
    }

    /** It is also said what the payer must do about their card. */
    static ItemView of(ItemDocument item, Optional<PayerDocument> payer) {
        return of(item, isBeyondConsent(item, payer) ? BEYOND_CONSENT : reason(item));
    }

    /** It is also said what the team must do before it is charged. */
    static ItemView of(ItemDocument item, TeamDocument team) {
        return of(item, item.needsMoney() && team.target() == null ? NO_TARGET : reason(item));
    }

    private static ItemView of(ItemDocument item, @Nullable ReasonView reason) {
        Charge charge = item.charge();
        return new ItemView(
                item.id(),
                item.spec().team(),
                item.spec().itemId(),
                item.spec().title(),
                item.spec().publisher(),
                ItemStateView.of(item.status()),
                item.spec().priceCents(),
                charge == null ? null : charge.terms().amountCents(),
                "usd",
                item.life().queuedAt(),
                nextTry(item),
                reason,
                receipt(charge),
                publication(item.state()));
    }

    private static boolean isBeyondConsent(ItemDocument item, Optional<PayerDocument> payer) {
        return item.status() == ItemStatus.WAITING_FOR_CARD
                && payer.filter(found -> found.hasUsableCard()
                                && found.isBeyondConsent(item.spec().priceCents()))
                        .isPresent();
    }

    private static @Nullable Instant nextTry(ItemDocument item) {
        return switch (item.status()) {
            case DECLINED, PUBLISH_FAILED, PUBLISHING -> item.agenda().due();
            default -> null;
        };
    }

    private static @Nullable ReasonView reason(ItemDocument item) {
        return switch (item.state()) {
            case ItemState.Ready ready -> ready.fault() == null ? null : reason(ready.fault());
            case ItemState.Cancelled cancelled -> new ReasonView(cancelled.reason(), null);
            default -> item.charge() == null ? null : reason(item.charge().state());
        };
    }

    private static ReasonView reason(PublishFault fault) {
        return new ReasonView(fault.code(), fault.text());
    }

    private static @Nullable ReasonView reason(ChargeState state) {
        return switch (state) {
            case ChargeState.Declined declined ->
                new ReasonView(
                        declined.decline().declineCode() == null
                                ? declined.decline().code()
                                : declined.decline().declineCode(),
                        "The card was declined. It is tried again later, or once another card is attached.");
            case ChargeState.WaitingForCard _ ->
                new ReasonView("no_usable_card", "There is no card that may be tried. Attach one.");
            case ChargeState.WaitingForCustomer _ ->
                new ReasonView("authentication_required", "The bank wants the owner of the card to confirm.");
            case ChargeState.Dead dead -> new ReasonView(dead.fault().name().toLowerCase(Locale.ROOT), null);
            default -> null;
        };
    }

    private static @Nullable ReceiptView receipt(@Nullable Charge charge) {
        return charge != null && charge.state() instanceof ChargeState.Charged charged && charged.receipt() != null
                ? new ReceiptView(
                        charged.receipt().intent(),
                        charged.receipt().charge(),
                        charged.receipt().amountCents(),
                        charged.at())
                : null;
    }

    private static @Nullable PublicationView publication(ItemState state) {
        return state instanceof ItemState.Published published
                ? new PublicationView(
                        published.at(),
                        published.message() == null ? null : published.message().channel(),
                        published.message() == null ? null : published.message().ts())
                : null;
    }
}
