package io.drawdown.billing.payer;

import io.drawdown.billing.charge.Card;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The cards of a payer.
 *
 * @param card the one that pays; absent if there is none
 * @param cards all that are attached, the latest last; a bounded number
 * @param setups consents that wait for their card, the latest last; a bounded number
 */
public record Wallet(@Nullable Card card, List<Kept> cards, List<Setup> setups) {

    /** More are not kept; the one that was attached first is forgotten, but for the one that pays. */
    static final int MOST_CARDS = 10;

    static final int MOST_SETUPS = 20;

    static final Wallet EMPTY = new Wallet(null, List.of(), List.of());

    /** @param consent absent if it is kept elsewhere */
    public record Kept(Card card, @Nullable Consent consent, Instant attachedAt) {

        boolean is(String paymentMethod) {
            return card.paymentMethod().equals(paymentMethod);
        }
    }

    /**
     * A card is being set up.
     *
     * @param token random; Stripe keeps it with the SetupIntent, whose card this consent is for
     */
    public record Setup(String token, Consent consent) {}

    public Optional<Kept> kept(String paymentMethod) {
        return cards.stream().filter(each -> each.is(paymentMethod)).findFirst();
    }

    Optional<Setup> setup(String token) {
        return setups.stream().filter(each -> each.token().equals(token)).findFirst();
    }

    /** What its owner agreed to for the card that pays; absent if there is none, or if it is kept elsewhere. */
    @Nullable
    Consent consent() {
        return card == null
                ? null
                : kept(card.paymentMethod()).map(Kept::consent).orElse(null);
    }

    Wallet begun(Setup setup) {
        return new Wallet(card, cards, latest(Stream.concat(setups.stream(), Stream.of(setup)), MOST_SETUPS));
    }

    Wallet withdrawn(Setup setup) {
        return new Wallet(card, cards, without(setup));
    }

    private List<Setup> without(Setup setup) {
        return setups.stream().filter(each -> !each.equals(setup)).toList();
    }

    /** The setup has its card, which pays from now on, unless the consent for the present one is newer. */
    Wallet finished(Setup setup, Card next, Instant now) {
        Consent present = consent();
        boolean isLatest =
                present == null || !present.at().isAfter(setup.consent().at());
        Wallet with = with(new Kept(next, setup.consent(), now));
        return new Wallet(isLatest ? next : card, with.cards, without(setup));
    }

    Wallet paysWith(Kept kept) {
        return new Wallet(kept.card(), with(kept).cards, setups);
    }

    private Wallet with(Kept kept) {
        Stream<Kept> others = cards.stream().filter(each -> !each.is(kept.card().paymentMethod()));
        return new Wallet(
                card, latestAndPaying(Stream.concat(others, Stream.of(kept)).toList()), setups);
    }

    private List<Kept> latestAndPaying(List<Kept> all) {
        if (all.size() <= MOST_CARDS) {
            return all;
        }
        int first = card != null && all.getFirst().is(card.paymentMethod()) ? 1 : 0;
        return Stream.concat(all.stream().limit(first), all.stream().skip(first + 1))
                .toList();
    }

    Wallet without(String paymentMethod) {
        boolean isCurrent = card != null && card.paymentMethod().equals(paymentMethod);
        return new Wallet(
                isCurrent ? null : card,
                cards.stream().filter(each -> !each.is(paymentMethod)).toList(),
                setups);
    }

    private static <T> List<T> latest(Stream<T> all, int most) {
        List<T> list = all.toList();
        return list.subList(Math.max(0, list.size() - most), list.size());
    }
}
