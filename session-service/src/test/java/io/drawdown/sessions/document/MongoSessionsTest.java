package io.drawdown.sessions.document;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.Rate;
import io.drawdown.contracts.TraceContext;
import io.drawdown.sessions.api.IdleCore;
import io.drawdown.sessions.document.SessionDocument.Origin;
import io.drawdown.sessions.document.SessionDocument.Owner;
import io.drawdown.sessions.document.SessionStore.OpenSessions;
import io.drawdown.sessions.document.SessionStore.Owned;
import io.quarkus.arc.Arc;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@TestProfile(IdleCore.class)
class MongoSessionsTest {

    private static final TraceContext TRACE =
            new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "rojo=1");
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123Z");
    private static final Rate RATE = new Rate("live_dubbing", Credits.ofMicros(500_000), 1_000);

    private final String run = UUID.randomUUID().toString();
    private final Owner me = new Owner("inc-" + run, "instance-" + run, 1);
    private final SessionStore store =
            Arc.container().instance(SessionStore.class).get();

    @Test
    void sessionComesBackAsItWasStored() {
        // Given
        SessionDocument running = starting("a").run(RATE, ResumeToken.first("hash"), AT);
        // When
        boolean inserted = now(store.insert(running));
        // Then
        assertThat(inserted).isTrue();
        assertThat(now(store.get(running.id()))).contains(running);
        assertThat(now(store.insert(running))).isFalse();
        assertThat(now(store.get("ses_none"))).isEmpty();
    }

    @Test
    void replacementNeedsTheRevisionThatWasRead() {
        // Given
        SessionDocument first = starting("a");
        now(store.insert(first));
        SessionDocument next = first.run(RATE, ResumeToken.first("hash"), AT).written("w", 0);
        // When
        boolean replaced = now(store.replace(first, next));
        boolean again = now(store.replace(first, next));
        // Then
        assertThat(replaced).isTrue();
        assertThat(again).isFalse();
    }

    @Test
    void outboxIsTrimmedOnlyAsItWasDrained() {
        // Given
        SessionDocument running =
                starting("a").run(RATE, ResumeToken.first("hash"), AT).written("w", 0);
        now(store.insert(running));
        // When
        now(store.trim(Map.of(running.id(), running.outbox().seq() + 1)));
        assertThat(now(store.pending(1_000))).contains(running);
        now(store.trim(Map.of(running.id(), running.outbox().seq())));
        // Then
        SessionDocument trimmed = now(store.get(running.id())).orElseThrow();
        assertThat(trimmed.outbox().events()).isEmpty();
        assertThat(trimmed.rev()).isEqualTo(running.rev());
        assertThat(now(store.pending(1_000))).doesNotContain(trimmed);
    }

    @Test
    void openSessionsAreFoundByTheirOwner() {
        // Given
        SessionDocument mine = starting("a");
        SessionDocument over = starting("b").end(EndReason.USER, 0, AT);
        Owner dead = new Owner("dead-" + run, me.instance(), 1);
        SessionDocument left = starting("c", dead)
                .run(RATE, ResumeToken.first("hash"), AT)
                .takeOver(dead, new MeterReading("acc", "ses", 1, 7));
        now(store.insert(mine));
        now(store.insert(over));
        now(store.insert(left));
        // Then
        List<String> both = List.of(me.incarnation(), dead.incarnation());
        assertThat(now(store.ofOwners(new Owned(both, false, ""), 10))).containsExactly(mine, left);
        assertThat(now(store.ofOwners(new Owned(both, true, ""), 10))).containsExactly(left);
        assertThat(now(store.ofOwners(new Owned(both, false, mine.id()), 10))).containsExactly(left);
        assertThat(now(store.ofOwners(new Owned(List.of("nobody"), false, ""), 10)))
                .isEmpty();
        assertThat(now(store.startingBefore(AT.plusMillis(1), 1_000))).contains(mine);
        assertThat(now(store.startingBefore(AT, 1_000))).doesNotContain(mine);
    }

    @Test
    void aSessionThatWasHandedOverComesBackAsItWas() {
        // Given
        SessionDocument handed = starting("d")
                .run(RATE, ResumeToken.first("hash"), AT)
                .handOver(new MeterReading("acc", "ses", 1, 7), AT);
        now(store.insert(handed));
        // Then
        assertThat(now(store.get(handed.id()))).contains(handed);
        assertThat(handed.owner().isNone()).isTrue();
    }

    @Test
    void endRequestsAndPagesAreFound() {
        // Given
        SessionDocument first = starting("a");
        SessionDocument second = starting("b").wantEnd(EndReason.USER, TRACE);
        now(store.insert(first));
        now(store.insert(second));
        // Then
        assertThat(now(store.endsWanted(me.incarnation(), 10))).containsExactly(second.id());
        assertThat(now(store.endsWanted(100))).contains(second).doesNotContain(first);
        assertThat(now(store.page("acc-" + run, null, 1))).containsExactly(first);
        assertThat(now(store.page("acc-" + run, first.id(), 10))).containsExactly(second);
    }

    @Test
    void openSessionsAreFoundByAccountKindAndInstance() {
        // Given
        String account = "acc-" + run;
        SessionDocument first = starting("a");
        SessionDocument paused = starting("b")
                .run(RATE, ResumeToken.first("hash"), AT)
                .pause(7, true, false, AT.plusSeconds(7))
                .written("w", 0);
        now(store.insert(first));
        now(store.insert(paused));
        now(store.insert(starting("c").end(EndReason.USER, 0, AT)));
        SessionDocument reported =
                starting("d", Owner.gateway()).report(RATE, new Advance(60_000, 0, 7, 20, true), 43_200_000, AT);
        now(store.insert(reported));
        // Then
        assertThat(paused.pausedAt()).isEqualTo(AT.plusSeconds(7));
        assertThat(now(store.open(new OpenSessions(account, null, null, null), 10)))
                .containsExactly(first, paused, reported);
        assertThat(now(store.open(new OpenSessions(account, null, null, first.id()), 10)))
                .containsExactly(paused, reported);
        assertThat(now(store.open(new OpenSessions(null, null, me.instance(), null), 1)))
                .containsExactly(first);
        assertThat(now(store.open(new OpenSessions(account, "subtitles", null, null), 10)))
                .isEmpty();
        assertThat(now(store.open(new OpenSessions(null, "live_dubbing", null, null), 1_000)))
                .contains(first, paused, reported);
    }

    private SessionDocument starting(String name) {
        return starting(name, me);
    }

    @Test
    void sessionsOfGatewaysAreFoundByWhenTheyWereHeard() {
        // Given
        Advance advance = new Advance(60_000, 0, 7, 20, true, 1L, true);
        Origin origin = new Origin("ada", "live_dubbing", "hash", AT, TRACE, null);
        SessionDocument silent = SessionDocument.starting("ses_silent-" + run, origin, Owner.gateway())
                .report(RATE, advance, 43_200_000, AT)
                .pause(0, true, true, AT);
        SessionDocument heard = SessionDocument.starting("ses_heard-" + run, origin, Owner.gateway())
                .report(RATE, advance, 43_200_000, AT.plusSeconds(60));
        now(store.insert(silent));
        now(store.insert(heard));
        // When
        List<SessionDocument> found = now(store.heardBefore(AT.plusSeconds(60), "ses_s", 500));
        // Then
        assertThat(found).contains(silent).doesNotContain(heard);
        assertThat(now(store.get(heard.id()))).contains(heard);
    }

    private SessionDocument starting(String name, Owner owner) {
        return SessionDocument.starting(
                "ses_" + name + run, new Origin("acc-" + run, "live_dubbing", "hash", AT, TRACE, null), owner);
    }

    private static <T> T now(Uni<T> answer) {
        return answer.await().atMost(Duration.ofSeconds(5));
    }
}
