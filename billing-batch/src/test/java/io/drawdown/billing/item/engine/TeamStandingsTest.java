package io.drawdown.billing.item.engine;

import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemRules;
import io.drawdown.billing.item.ItemSpec;
import io.drawdown.billing.item.engine.TeamStandings.Standing;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TeamStandingsTest {

    private final QueueWorld world = new QueueWorld();
    private final TeamStandings standings = new TeamStandings(world.items.teams(), world.payers, world.time::now);

    private ItemDocument item(String team) {
        ItemSpec spec = new ItemSpec(team, "page-1", "Page", "ada", 799);
        return ItemRules.queued(spec, world.time.now(), world.time.now());
    }

    private Standing standing(String team) {
        return world.answer(standings.of(item(team), team));
    }

    @Test
    void howeverManyTeamsHaveItemsOnlySomeAreKnownAndTheOthersAreAskedAgain() {
        // Given
        standing("acme");
        // When
        for (int n = 0; n < TeamStandings.MOST_TEAMS; n++) {
            standing("team-" + n);
        }
        world.queue("acme", 1, "fp-1");
        // Then
        assertThat(standing("acme").canPay(item("acme"))).isTrue();
        assertThat(standings.size()).isEqualTo(TeamStandings.MOST_TEAMS);
    }
}
