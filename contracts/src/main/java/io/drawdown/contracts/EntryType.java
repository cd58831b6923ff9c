package io.drawdown.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happened to an account: the kind of a ledger row and of the event that carries it. */
public enum EntryType {
    @JsonProperty("opened")
    OPENED("opened"),
    @JsonProperty("granted")
    GRANTED("granted"),
    @JsonProperty("held")
    HELD("held"),
    @JsonProperty("settled")
    SETTLED("settled"),
    @JsonProperty("released")
    RELEASED("released"),
    @JsonProperty("charged")
    CHARGED("charged"),
    @JsonProperty("expired")
    EXPIRED("expired"),
    @JsonProperty("threshold_crossed")
    THRESHOLD_CROSSED("threshold-crossed"),
    @JsonProperty("overdue")
    OVERDUE("overdue"),
    /** Credits are short, and the owners of all sessions of the account are asked to give back what they do not use. */
    @JsonProperty("give_back_asked")
    GIVE_BACK_ASKED("give-back-asked"),
    @JsonProperty("suspended")
    SUSPENDED("suspended"),
    @JsonProperty("reinstated")
    REINSTATED("reinstated"),
    /** The account has another plan, or none any more. */
    @JsonProperty("plan_changed")
    PLAN_CHANGED("plan-changed"),
    @JsonProperty("closed")
    CLOSED("closed"),
    /** An operation was cancelled before it happened: nothing will ever happen under its key. */
    @JsonProperty("voided")
    VOIDED("voided");

    private final String participle;

    EntryType(String participle) {
        this.participle = participle;
    }

    /** The CloudEvents type, e.g. {@code io.drawdown.credits.account.settled.v1}. */
    public String eventType() {
        return "io.drawdown.credits.account." + participle + ".v1";
    }
}
