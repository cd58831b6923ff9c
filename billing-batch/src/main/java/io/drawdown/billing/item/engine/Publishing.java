package io.drawdown.billing.item.engine;

import io.drawdown.billing.charge.engine.Turn;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemRules;
import io.drawdown.billing.item.ItemState;
import io.drawdown.billing.item.ItemState.Try;
import io.drawdown.billing.item.TeamDocument;
import io.drawdown.billing.publish.Look;
import io.drawdown.billing.publish.Post;
import io.drawdown.billing.publish.Posting;
import io.drawdown.billing.publish.PublishFault;
import io.drawdown.billing.publish.Publisher;
import io.drawdown.billing.publish.Target;
import io.drawdown.kit.store.GuardedWrites;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Publishes an item that is charged: guarded write, call, guarded write. Nothing here touches the charge, so a publication that
 * fails causes no second charge.
 *
 * <p>Only who won the write makes the call, and makes it at once or not at all. After a call whose outcome is unknown, and after a
 * crash, the message is looked for by its key once no such call can be under way any more, and once more a minute later. Only what
 * was not found twice is posted again. Where the publisher offers no search, a person decides. The answer of a call is stored also if
 * the turn ended meanwhile: the try guards that write, and the answer does not come again.
 */
final class Publishing {

    /** A caller that stood still for longer since its write does not call any more. */
    static final Duration LATE =
            ItemRules.LOOK.minusSeconds(Publisher.LONGEST_CALL_SECONDS).minusSeconds(10);

    /** How long before its try a message may seem to be from, or after the end of its call: the receiver has another clock. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
    private static final Duration LONGEST_RETRY = Duration.ofHours(1);

    /** Somebody must change something first; whoever did can have it tried at once. */
    private static final Duration PERMANENT_RETRY = Duration.ofHours(6);

    private static final int MOST_DOUBLINGS = 10;

    private final ItemTools tools;
    private final Teams teams;
    private final Publisher publisher;

    Publishing(ItemTools tools, Teams teams, Publisher publisher) {
        this.tools = tools;
        this.teams = teams;
        this.publisher = publisher;
    }

    /** @param isForced whether it is tried before its time */
    Uni<Worked> publish(ItemDocument item, Turn turn, boolean isForced) {
        return hasTime(turn)
                ? teams.get(item.spec().team()).chain(team -> publish(item, team, turn, isForced))
                : Uni.createFrom().item(new Worked.OutOfTime(item));
    }

    private static boolean hasTime(Turn turn) {
        return turn.left().get().compareTo(Duration.ofSeconds(Publisher.LONGEST_CALL_SECONDS)) >= 0;
    }

    private Uni<Worked> publish(ItemDocument item, TeamDocument team, Turn turn, boolean isForced) {
        Target target = team.target();
        if (target == null) {
            return change(
                            item,
                            turn,
                            (current, now) -> ItemRules.unpublishable(
                                    current, PublishFault.NO_TARGET, now.plus(PERMANENT_RETRY), isForced, now))
                    .map(Publishing::failed);
        }
        Instant quiet = team.quietUntil();
        if (quiet != null && quiet.isAfter(tools.time().now())) {
            return change(
                            item,
                            turn,
                            (current, now) ->
                                    ItemRules.unpublishable(current, PublishFault.RATE_LIMITED, quiet, isForced, now))
                    .map(Publishing::failed);
        }
        String token = tools.tokens().get();
        return change(
                        item,
                        turn,
                        (current, now) -> ItemRules.publishing(current, token, target.channel(), isForced, now))
                .chain(stored -> stored.state() instanceof ItemState.Publishing s
                                && s.current().token().equals(token)
                        ? call(stored, s.current(), target, turn)
                        : Uni.createFrom().item(new Worked.Waits(stored)));
    }

    private Uni<Worked> call(ItemDocument item, Try current, Target target, Turn turn) {
        boolean isLate = tools.time().now().isAfter(current.at().plus(LATE));
        if (isLate) {
            return Uni.createFrom().item(new Worked.Waits(item));
        }
        Post post = new Post(item.chargeId(), item.spec().title(), item.spec().publisher());
        return publisher
                .post(target, post)
                .onFailure()
                .recoverWithItem(fault -> new Posting.Unknown(fault.getClass().getSimpleName()))
                .chain(posting -> answered(item, current, posting, turn));
    }

    private Uni<Worked> answered(ItemDocument item, Try current, Posting posting, Turn turn) {
        return switch (posting) {
            case Posting.Posted posted ->
                record(item, turn, (now, at) -> ItemRules.published(now, current.token(), posted.message(), at))
                        .map(Worked.Done::new);
            case Posting.Refused refused -> refused(item, current, refused, turn);
            case Posting.Unknown _
            when current.channel() == null ->
                record(item, turn, (now, at) -> ItemRules.undecided(now, current.token(), at))
                        .map(Publishing::failed);
            case Posting.Unknown _ -> Uni.createFrom().item(new Worked.Waits(item));
        };
    }

    /** If the receiver wants to be left alone, all items of the team wait. */
    private Uni<Worked> refused(ItemDocument item, Try current, Posting.Refused refused, Turn turn) {
        Optional<Duration> pause = refused.retryAfter();
        return record(
                        item,
                        turn,
                        (now, at) -> ItemRules.notPublished(
                                now,
                                current.token(),
                                refused.fault(),
                                nextTry(current.n(), refused.fault(), pause, at),
                                at))
                .call(() -> pause.isPresent()
                        ? teams.quiet(item.spec().team(), turn, pause.get())
                        : Uni.createFrom().nullItem())
                .map(Publishing::failed);
    }

    static Instant nextTry(int tries, PublishFault fault, Optional<Duration> pause, Instant now) {
        Duration doubled = FIRST_RETRY.multipliedBy(1L << Math.min(tries - 1, MOST_DOUBLINGS));
        Duration growing = doubled.compareTo(LONGEST_RETRY) < 0 ? doubled : LONGEST_RETRY;
        Duration own = fault.isPermanent() ? PERMANENT_RETRY : growing;
        return now.plus(pause.orElse(own));
    }

    /** What became of a try of which no answer is known. */
    Uni<Worked> look(ItemDocument item, ItemState.Publishing state, Turn turn) {
        Try current = state.current();
        if (state.lookAt().isAfter(tools.time().now())) {
            return Uni.createFrom().item(new Worked.Waits(item));
        }
        if (current.channel() == null) {
            return undecided(item, current, turn);
        }
        if (!hasTime(turn)) {
            return Uni.createFrom().item(new Worked.OutOfTime(item));
        }
        Look.Question question = new Look.Question(
                current.channel(),
                item.chargeId(),
                current.at().minus(SKEW),
                current.at().plus(ItemRules.LOOK).plus(SKEW));
        return publisher
                .look(question)
                .onFailure()
                .recoverWithItem(fault -> new Look.Unavailable(fault.getClass().getSimpleName()))
                .chain(look -> looked(item, state, look, turn));
    }

    private Uni<Worked> looked(ItemDocument item, ItemState.Publishing state, Look look, Turn turn) {
        String token = state.current().token();
        return switch (look) {
            case Look.Found found ->
                change(item, turn, (now, at) -> ItemRules.published(now, token, found.message(), at))
                        .map(Worked.Done::new);
            case Look.Absent _ ->
                change(item, turn, (now, at) -> ItemRules.absent(now, token, state.looks(), at))
                        .map(Worked.Waits::new);
            case Look.Unavailable _ ->
                change(item, turn, (now, at) -> ItemRules.lookLater(now, token, at))
                        .map(stored -> stored.state() instanceof ItemState.Undecided
                                ? failed(stored)
                                : new Worked.Waits(stored));
            case Look.Impossible _ -> undecided(item, state.current(), turn);
        };
    }

    private Uni<Worked> undecided(ItemDocument item, Try current, Turn turn) {
        return change(item, turn, (now, at) -> ItemRules.undecided(now, current.token(), at))
                .map(Publishing::failed);
    }

    private Uni<ItemDocument> record(ItemDocument item, Turn turn, GuardedWrites.Rule<ItemDocument> rule) {
        return tools.writes().record(item, turn, rule);
    }

    private Uni<ItemDocument> change(ItemDocument item, Turn turn, GuardedWrites.Rule<ItemDocument> rule) {
        return tools.writes().change(item, turn, rule);
    }

    private static Worked failed(ItemDocument item) {
        return new Worked.Failed(item);
    }

    /** The fault that keeps it from being published; null if there is none. */
    static @Nullable PublishFault faultOf(ItemDocument item) {
        return item.state() instanceof ItemState.Ready ready ? ready.fault() : null;
    }
}
