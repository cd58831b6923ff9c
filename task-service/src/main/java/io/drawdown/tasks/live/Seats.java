package io.drawdown.tasks.live;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many clients may watch in this instance, and how many of them for one account. Belongs to the live thread. */
public final class Seats {

    private final int most;
    private final int mostPerAccount;
    private final Map<String, Integer> perAccount = new HashMap<>();
    private int taken;

    public Seats(int most, int mostPerAccount) {
        this.most = most;
        this.mostPerAccount = mostPerAccount;
    }

    /**
     * @param account of a user; null: a client that may see all, for which only the sum counts
     * @return false if there is none left
     */
    public boolean take(@Nullable String account) {
        int others = account == null ? 0 : perAccount.getOrDefault(account, 0);
        if (taken >= most || (account != null && others >= mostPerAccount)) {
            return false;
        }
        taken++;
        if (account != null) {
            perAccount.put(account, others + 1);
        }
        return true;
    }

    /** Gives back what was taken for that account. */
    public void leave(@Nullable String account) {
        taken--;
        if (account != null) {
            perAccount.computeIfPresent(account, (same, count) -> count == 1 ? null : count - 1);
        }
    }

    public int taken() {
        return taken;
    }
}
