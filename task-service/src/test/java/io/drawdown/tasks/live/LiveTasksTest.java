package io.drawdown.tasks.live;

import io.drawdown.contracts.TaskEvent;
import io.drawdown.tasks.live.Interest.OfTag;
import io.drawdown.tasks.live.Interest.OfTask;
import io.drawdown.tasks.live.Interest.OfType;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

import static io.drawdown.tasks.live.Watched.ID;
import static io.drawdown.tasks.live.Watched.completed;
import static io.drawdown.tasks.live.Watched.queued;
import static io.drawdown.tasks.live.Watched.started;
import static io.drawdown.tasks.live.Watched.step;
import static org.assertj.core.api.Assertions.assertThat;

class LiveTasksTest {

    private static final String OTHER = "tsk_other";

    private final Watched world = new Watched();

    private LiveView watchTheTask() {
        world.store(queued(ID));
        LiveView view = world.open(null);
        view.watch(new OfTask(ID));
        world.pass(20);
        return view;
    }

    @Test
    void taskIsToldAsItIsThenEachStepOnce() {
        // Given
        watchTheTask();
        // When
        world.happens(1, TaskEvent.Type.QUEUED);
        world.happens(2, TaskEvent.Type.STARTED);
        world.happens(2, TaskEvent.Type.STARTED);
        world.happens(3, TaskEvent.Type.COMPLETED);
        world.happens(2, TaskEvent.Type.STARTED);
        // Then
        assertThat(world.told).containsExactly("found [pending]", "started 2", "completed 3");
    }

    @Test
    void nextStepsWaitUntilAClientHasTakenMostOfWhatItWasTold() {
        // Given
        watchTheTask();
        world.waiting = LiveTasks.FEW + 1;
        AtomicBoolean isTaken = new AtomicBoolean();
        world.tasks.taken().subscribe().with(taken -> isTaken.set(true));
        // When Then
        world.pass(100);
        assertThat(isTaken).isFalse();
        world.waiting = LiveTasks.FEW;
        world.pass(10);
        assertThat(isTaken).isTrue();
    }

    @Test
    void clientThatTakesNothingHoldsUpTheOthersOnceUntilItHasTakenAll() {
        // Given
        watchTheTask();
        world.waiting = LiveTasks.FEW + 1;
        // When
        long first = heldUpMillis();
        long second = heldUpMillis();
        world.waiting = 0;
        long without = heldUpMillis();
        world.waiting = LiveTasks.FEW + 1;
        long again = heldUpMillis();
        // Then
        assertThat(first)
                .isEqualTo(LiveTasks.NEXT_LOOK.multipliedBy(LiveTasks.LOOKS).toMillis());
        assertThat(second).isZero();
        assertThat(without).isZero();
        assertThat(again).isEqualTo(first);
    }

    private long heldUpMillis() {
        AtomicBoolean isTaken = new AtomicBoolean();
        world.tasks.taken().subscribe().with(taken -> isTaken.set(true));
        long millis = 0;
        while (!isTaken.get()) {
            world.pass(1);
            millis++;
        }
        return millis;
    }

    @Test
    void stepsDuringTheReadAreToldOnlyIfTheTaskDoesNotShowThem() {
        // Given
        world.store(started(ID));
        LiveView view = world.open(null);
        // When
        view.watch(new OfTask(ID));
        world.happens(2, TaskEvent.Type.STARTED);
        world.happens(3, TaskEvent.Type.COMPLETED);
        world.happens(1, TaskEvent.Type.QUEUED);
        world.pass(20);
        // Then
        assertThat(world.told).containsExactly("found [processing]", "completed 3");
    }

    @Test
    void lostStepIsMadeUpForByReadingTheTask() {
        // Given
        watchTheTask();
        world.store(completed(ID));
        // When
        world.happens(3, TaskEvent.Type.COMPLETED);
        world.pass(20);
        world.happens(2, TaskEvent.Type.STARTED);
        // Then
        assertThat(world.told).containsExactly("found [pending]", "changed completed");
    }

    @Test
    void stepDuringTheReadAfterAGapWaits() {
        // Given
        watchTheTask();
        world.store(completed(ID));
        // When
        world.happens(3, TaskEvent.Type.COMPLETED);
        world.happens(2, TaskEvent.Type.STARTED);
        world.pass(20);
        // Then
        assertThat(world.told).containsExactly("found [pending]", "changed completed");
    }

    @Test
    void stepsThatWaitForAReadAreBoundedAndThoseThatWentAreAGap() {
        // Given
        world.store(started(ID));
        world.open(null).watch(new OfTask(ID));
        // When
        for (int seq = 3; seq < 4 + TaskWatch.MOST_WAITING; seq++) {
            world.happens(seq, TaskEvent.Type.QUEUED);
        }
        world.pass(20);
        // Then
        assertThat(world.told).containsExactly("found [processing]");
        assertThat(world.reads).isEqualTo(2);
    }

    @Test
    void stepThatNoReadExplainsIsLookedForEveryTwoSeconds() {
        // Given
        watchTheTask();
        // When
        world.happens(4, TaskEvent.Type.QUEUED);
        world.pass(1_000);
        int soon = world.reads;
        world.pass(9_000);
        // Then
        assertThat(soon).isEqualTo(2);
        assertThat(world.reads).isBetween(5, 8);
        assertThat(world.told).containsExactly("found [pending]");
    }

    @Test
    void readThatFailsAfterAGapIsRepeated() {
        // Given
        watchTheTask();
        world.store(completed(ID));
        world.isAway = true;
        world.happens(3, TaskEvent.Type.COMPLETED);
        world.pass(1_000);
        // When
        world.isAway = false;
        world.pass(2_000);
        // Then
        assertThat(world.told).containsExactly("found [pending]", "changed completed");
    }

    @Test
    void taskThatCannotBeReadOrSeenIsNotWatched() {
        // Given
        world.store(queued(ID));
        LiveView eve = world.open("eve");
        LiveView ada = world.open("ada");
        // When
        eve.watch(new OfTask(ID));
        world.pass(20);
        world.isAway = true;
        ada.watch(new OfTask(ID));
        world.pass(20);
        world.happens(2, TaskEvent.Type.STARTED);
        // Then
        assertThat(world.told).containsExactly("missing", "failed");
        assertThat(eve.size() + ada.size()).isZero();
    }

    @Test
    void tagAndTypeAreToldTheirTasksAndThoseThatCome() {
        // Given
        world.store(started(ID));
        LiveView view = world.open("ada");
        // When
        view.watch(new OfTag("nightly"));
        world.happens(3, TaskEvent.Type.COMPLETED);
        world.tasks.happened(step(OTHER, 1, TaskEvent.Type.QUEUED));
        world.pass(20);
        view.watch(new OfType("echo"));
        world.pass(20);
        world.tasks.happened(step(OTHER, 2, TaskEvent.Type.STARTED));
        // Then
        assertThat(world.told)
                .containsExactly("found [processing]", "completed 3", "queued 1", "found [processing]", "started 2");
    }

    @Test
    void usersSeeTheTasksOfTheirOwnAccountOnly() {
        // Given
        world.store(started(ID));
        LiveView view = world.open("eve");
        // When
        view.watch(new OfTag("nightly"));
        view.watch(new OfType("echo"));
        world.pass(20);
        world.happens(3, TaskEvent.Type.COMPLETED);
        world.progresses(1, 1, 50);
        // Then
        assertThat(world.told).containsExactly("found []", "found []");
    }

    @Test
    void nothingIsToldOfWhatIsNotWatchedAnyMore() {
        // Given
        LiveView view = watchTheTask();
        view.watch(new OfTag("nightly"));
        world.pass(20);
        world.told.clear();
        // When
        view.ignore(new OfTask(ID));
        world.happens(2, TaskEvent.Type.STARTED);
        view.ignore(new OfTag("nightly"));
        world.happens(3, TaskEvent.Type.COMPLETED);
        view.close();
        // Then
        assertThat(world.told).containsExactly("started 2");
        assertThat(world.tasks.isWatched()).isFalse();
    }

    @Test
    void closedViewIsToldNothingByAReadUnderWay() {
        // Given
        world.store(queued(ID));
        LiveView view = world.open(null);
        view.watch(new OfTask(ID));
        view.watch(new OfTag("nightly"));
        // When
        view.close();
        world.pass(5_000);
        // Then
        assertThat(world.told).isEmpty();
        assertThat(world.time.waiting()).isZero();
    }

    @Test
    void placesOfTasksOfATagAreBounded() {
        // Given
        LiveView view = world.open(null);
        view.watch(new OfTag("nightly"));
        world.pass(20);
        // When
        for (int each = 0; each < 2 * LiveView.MOST_TASKS; each++) {
            world.tasks.happened(step("tsk_" + each, 1, TaskEvent.Type.QUEUED));
        }
        world.told.clear();
        world.tasks.happened(step("tsk_0", 1, TaskEvent.Type.QUEUED));
        world.tasks.happened(step("tsk_1999", 1, TaskEvent.Type.QUEUED));
        // Then
        assertThat(world.told).containsExactly("queued 1");
    }

    @Test
    void whileTheBrokerIsAwaySingleTasksAreLookedAtEveryTwoSeconds() {
        // Given
        watchTheTask();
        world.told.clear();
        // When
        world.tasks.brokerIsThere(false);
        world.tasks.brokerIsThere(false);
        world.pass(100);
        world.store(started(ID), 40);
        world.pass(2_100);
        world.tasks.brokerIsThere(true);
        world.happens(2, TaskEvent.Type.STARTED);
        world.happens(3, TaskEvent.Type.COMPLETED);
        world.pass(10_000);
        // Then
        assertThat(world.told).containsExactly("stale", "changed processing", "fresh", "completed 3");
        assertThat(world.time.waiting()).isZero();
    }

    @Test
    void manySingleTasksAreLookedAtInGroups() {
        // Given
        LiveView view = world.open(null);
        for (int each = 0; each < LiveTasks.READ_AT_ONCE + 1; each++) {
            world.store(queued("tsk_" + each));
            view.watch(new OfTask("tsk_" + each));
        }
        world.pass(20);
        world.told.clear();
        // When
        world.tasks.brokerIsThere(false);
        world.pass(100);
        world.store(started("tsk_" + LiveTasks.READ_AT_ONCE));
        world.pass(2_100);
        // Then
        assertThat(world.mostAtOnce).isEqualTo(LiveTasks.READ_AT_ONCE);
        assertThat(world.told).containsExactly("stale", "changed tsk_64 processing");
    }

    @Test
    void whoComesWhileTheBrokerIsAwayIsToldSo() {
        // Given
        world.tasks.brokerIsThere(false);
        // When
        watchTheTask();
        world.tasks.stop();
        // Then
        assertThat(world.told).isEqualTo(List.of("stale", "found [pending]", "stopping"));
    }
}
