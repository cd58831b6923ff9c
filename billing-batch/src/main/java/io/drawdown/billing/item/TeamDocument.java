package io.drawdown.billing.item;

import io.drawdown.billing.publish.Target;
import io.quarkus.mongodb.panache.common.MongoEntity;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * What a team has, as stored: replaced as a whole, guarded by {@code revision.rev}. Each rule gives the next document, or null if it
 * does not apply.
 *
 * @param profile what it has said of itself
 * @param quietUntil where its items are published nothing is wanted before then; absent: it is not known to be so
 * @param places the charges that have one of its free places
 */
@MongoEntity(collection = "teams")
public record TeamDocument(
        @BsonId String id,
        Revision revision,
        Profile profile,
        @Nullable Instant quietUntil,
        List<Place> places) implements FencedDocument<TeamDocument> {

    /** So many places are free. */
    public static final int FREE_PLACES = 3;

    /**
     * A free place that is taken.
     *
     * @param isFinal its item was on its way to be published, so it is not given back
     */
    public record Place(String chargeId, boolean isFinal, Instant at) {}

    /**
     * What a team has said of itself.
     *
     * @param name for people
     * @param email the address of its notices; absent: none are sent
     * @param target where its items are published; absent: nowhere
     */
    public record Profile(
            @Nullable String name,
            @Nullable String email,
            @Nullable Target target) {

        static final Profile NONE = new Profile(null, null, null);

        /** Without the address of a person. */
        @Override
        public String toString() {
            return "Profile[name=" + name + ", target=" + target + "]";
        }
    }

    /** A team of which nothing is known. */
    public static TeamDocument of(String id) {
        return new TeamDocument(id, Revision.none(), Profile.NONE, null, List.of());
    }

    /** Where its items are published; null: it has not said. */
    public @Nullable Target target() {
        return profile.target();
    }

    @Override
    public long rev() {
        return revision.rev();
    }

    @Override
    public String writeId() {
        return revision.writeId();
    }

    @Override
    public long fence() {
        return revision.fence();
    }

    @Override
    public TeamDocument under(long fence) {
        return new TeamDocument(id, revision.under(fence), profile, quietUntil, places);
    }

    /** Who pays for its items: the payer of the same id. */
    public String payerId() {
        return id;
    }

    public boolean hasPlace(String chargeId) {
        return places.stream().anyMatch(place -> place.chargeId().equals(chargeId));
    }

    public boolean isFull() {
        return places.size() >= FREE_PLACES;
    }

    /** The places that may have been left behind by items that are cancelled. */
    public List<Place> open() {
        return places.stream().filter(place -> !place.isFinal()).toList();
    }

    /** One more charge has a place, if there is one. */
    public @Nullable TeamDocument taken(String chargeId, Instant now) {
        return isFull() || hasPlace(chargeId)
                ? null
                : withPlaces(Stream.concat(places.stream(), Stream.of(new Place(chargeId, false, now)))
                        .toList());
    }

    /** The charge of an item that is cancelled, and never was on its way to be published, has no place any more. */
    public @Nullable TeamDocument givenBack(String chargeId) {
        List<Place> left = places.stream()
                .filter(place -> place.isFinal() || !place.chargeId().equals(chargeId))
                .toList();
        return left.equals(places) ? null : withPlaces(left);
    }

    /** The place of this charge is not given back any more. */
    public @Nullable TeamDocument settled(String chargeId) {
        List<Place> next = places.stream()
                .map(place -> place.chargeId().equals(chargeId) ? new Place(chargeId, true, place.at()) : place)
                .toList();
        return next.equals(places) ? null : withPlaces(next);
    }

    /** What the team has said of itself. */
    public @Nullable TeamDocument told(Profile next) {
        boolean isElsewhere = !Objects.equals(next.target(), profile.target());
        return next.equals(profile)
                ? null
                : new TeamDocument(id, revision, next, isElsewhere ? null : quietUntil, places);
    }

    /** Where its items are published nothing is wanted before that time. */
    public @Nullable TeamDocument quiet(Instant until) {
        return quietUntil != null && !quietUntil.isBefore(until)
                ? null
                : new TeamDocument(id, revision, profile, until, places);
    }

    public TeamDocument written(String writeId) {
        return new TeamDocument(id, revision.next(writeId), profile, quietUntil, places);
    }

    private TeamDocument withPlaces(List<Place> next) {
        return new TeamDocument(id, revision, profile, quietUntil, next);
    }
}
