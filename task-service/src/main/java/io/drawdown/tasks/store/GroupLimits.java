package io.drawdown.tasks.store;

import java.util.List;
import java.util.function.ToIntFunction;

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

    /** As many of them, from the first, as are one group: at least one. */
    public <T> List<T> first(List<T> all, ToIntFunction<T> size) {
        int count = 0;
        long sum = 0;
        for (T item : all) {
            sum += size.applyAsInt(item);
            if (count > 0 && (count == items || sum > bytes)) {
                break;
            }
            count++;
        }
        return all.subList(0, count);
    }
}
