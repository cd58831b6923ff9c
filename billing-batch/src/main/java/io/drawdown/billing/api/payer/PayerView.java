package io.drawdown.billing.api.payer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.drawdown.billing.payer.Consent;
import io.drawdown.billing.payer.PayerDocument;
import io.drawdown.billing.payer.Wallet;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A payer as clients see it.
 *
 * @param nextTryAt when the card that was declined is tried again at the earliest
 * @param declineCode why it was declined
 */
@Schema(name = "Payer")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PayerView(
        String id,
        @Nullable String email,
        CardState cardState,
        @Nullable String cardId,
        @Nullable Instant nextTryAt,
        @Nullable String declineCode) {

    /** How the card that pays is. */
    @Schema(name = "PayerCardState")
    public enum CardState {
        @JsonProperty("none")
        NONE,
        @JsonProperty("usable")
        USABLE,
        @JsonProperty("resting")
        RESTING,
        @JsonProperty("replace")
        REPLACE
    }

    /** A card as clients see it. */
    @Schema(name = "Card")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CardView(
            String id,
            String brand,
            String last4,
            boolean pays,
            Instant attachedAt,
            @Nullable ConsentView consent) {}

    /** What its owner agreed to. */
    @Schema(name = "CardConsent")
    public record ConsentView(String by, Instant givenAt, String textVersion, long capCents) {

        static @Nullable ConsentView of(@Nullable Consent consent) {
            return consent == null
                    ? null
                    : new ConsentView(consent.by(), consent.at(), consent.textVersion(), consent.capCents());
        }
    }

    static PayerView of(PayerDocument payer) {
        PayerDocument.Rest rest = payer.rest();
        return new PayerView(
                payer.id(),
                payer.email(),
                stateOf(payer),
                payer.card() == null ? null : payer.card().paymentMethod(),
                rest == null ? null : rest.nextTry(),
                rest == null ? null : rest.code());
    }

    private static CardState stateOf(PayerDocument payer) {
        if (payer.card() == null) {
            return CardState.NONE;
        }
        if (payer.rest() == null) {
            return CardState.USABLE;
        }
        return payer.hasUsableCard() ? CardState.RESTING : CardState.REPLACE;
    }

    static CardView of(PayerDocument payer, Wallet.Kept kept) {
        return new CardView(
                kept.card().paymentMethod(),
                kept.card().brand(),
                kept.card().last4(),
                kept.card().equals(payer.card()),
                kept.attachedAt(),
                ConsentView.of(kept.consent()));
    }

    static List<CardView> cardsOf(PayerDocument payer) {
        return payer.wallet().cards().stream().map(kept -> of(payer, kept)).toList();
    }
}
