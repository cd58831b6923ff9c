package io.drawdown.credits.rules;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.GrantKind;
import io.drawdown.contracts.GrantPart;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Grant;
import io.drawdown.credits.decision.NewGrant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** What the check says of a row that somebody, or a bug, wrote otherwise. */
class ReplayTest {

    private final Book book = Book.with(0);

    @BeforeEach
    void liveALittle() {
        book.grant(new NewGrant(GrantKind.PROMO, Credits.of(5), 500, null, book.now.plusSeconds(60)));
        book.grant(Book.purchased(20));
        book.charge(2);
        book.pass(Duration.ofSeconds(61));
        book.tick();
    }

    @Test
    void soundRowsAreClean() {
        assertThat(problems(EntryType.CHARGED, entry -> entry)).isEmpty();
    }

    @Test
    void aChargeThatCallsPromosPaidIsFound() {
        assertThat(problems(EntryType.CHARGED, entry -> with(entry, named(entry, GrantKind.PURCHASED), null)))
                .anyMatch(problem -> problem.contains("names other terms than those of its grants"));
    }

    @Test
    void anExpiryAtAnotherMomentIsFound() {
        for (Instant moment : new Instant[] {null, book.now.minusSeconds(2), book.now.plusSeconds(1)}) {
            assertThat(problems(EntryType.EXPIRED, entry -> with(entry, entry.parts(), moment)))
                    .isNotEmpty();
        }
    }

    @Test
    void creditsThatJoinAGrantOfOtherTermsAreFound() {
        // Given: the purchase is put into the promo, whose end it makes its own
        assertThat(problems(EntryType.GRANTED, entry -> {
                    Grant grant = requireNonNull(entry.grant());
                    return grant.kind() == GrantKind.PROMO ? entry : joined(entry, grant);
                }))
                .anyMatch(problem -> problem.contains("leaves another grant than the one that it adds to"));
    }

    private static Entry joined(Entry entry, Grant grant) {
        return with(
                entry,
                new Grant("g2", grant.kind(), 500, grant.effectiveAt(), null, Credits.of(25), Credits.of(25)),
                entry.parts(),
                null);
    }

    private List<String> problems(EntryType type, UnaryOperator<Entry> change) {
        Replay replay = new Replay();
        book.entries().forEach(entry -> replay.apply(entry.type() == type ? change.apply(entry) : entry));
        return replay.problems();
    }

    private static List<GrantPart> named(Entry entry, GrantKind kind) {
        return entry.parts().stream()
                .map(part -> new GrantPart(
                        part.grantId(), kind, part.priority(), part.effectiveAt(), part.expiresAt(), part.amount()))
                .toList();
    }

    private static Entry with(Entry entry, List<GrantPart> parts, @Nullable Instant effectiveAt) {
        return with(entry, entry.grant(), parts, effectiveAt);
    }

    private static Entry with(
            Entry entry, @Nullable Grant grant, List<GrantPart> parts, @Nullable Instant effectiveAt) {
        return new Entry(
                entry.seq(),
                entry.type(),
                entry.at(),
                Entry.Movement.to(entry.movement().after(), entry.amount(), parts),
                entry.view(),
                new Entry.Subject(
                        grant,
                        entry.hold(),
                        entry.subject().priced(),
                        entry.subject().used(),
                        entry.subject().thresholdPercent(),
                        entry.subject().plan()),
                entry.origin(),
                effectiveAt);
    }
}
