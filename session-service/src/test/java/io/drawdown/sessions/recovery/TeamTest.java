package io.drawdown.sessions.recovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Who does which work first. */
class TeamTest {

    private static final List<String> MEMBERS = List.of("one-a", "two-b", "three-c");

    @Test
    void eachWorkIsFirstDoneByOneAndTheOthersFollow() {
        for (String work : List.of("ses_a", "ses_b", "ses_c", "four-d")) {
            // When
            List<Duration> delays = new ArrayList<>();
            for (String me : MEMBERS) {
                delays.add(Team.of(me, others(me)).delay(work));
            }
            // Then
            assertThat(delays)
                    .as(work)
                    .containsExactlyInAnyOrder(Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(10));
        }
    }

    @Test
    void whoIsAloneDoesAllAtOnce() {
        assertThat(Team.of("one-a", List.of()).delay("ses_a")).isZero();
    }

    private static List<String> others(String me) {
        return MEMBERS.stream().filter(member -> !member.equals(me)).toList();
    }
}
