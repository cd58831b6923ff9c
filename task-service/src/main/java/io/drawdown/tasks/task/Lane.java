package io.drawdown.tasks.task;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How urgent a task is. Each lane gets its share of the starts, so none of them starves. */
public enum Lane {
    @JsonProperty("urgent")
    URGENT(8),
    @JsonProperty("high")
    HIGH(4),
    @JsonProperty("normal")
    NORMAL(2),
    @JsonProperty("low")
    LOW(1);

    private final int share;

    Lane(int share) {
        this.share = share;
    }

    /** Of 15 starts while all lanes have work. */
    public int share() {
        return share;
    }
}
