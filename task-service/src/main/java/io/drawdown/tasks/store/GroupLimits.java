package io.drawdown.tasks.store;

/**
 * The bounds of groups of writes.
 *
 * @param items of one group
 * @param bytes of one group; a larger item goes alone
 * @param underWay groups at the same time
 */
public record GroupLimits(int items, int bytes, int underWay) {

    /** The limits of production. */
    public static final GroupLimits DEFAULT = new GroupLimits(256, 4 * 1024 * 1024, 1);
}
