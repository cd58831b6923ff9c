package io.drawdown.billing.stripe;

/** What Stripe limits the calls of. */
enum Endpoint {
    ACCOUNT,
    CREATE_INTENT,
    CONFIRM_INTENT,
    RETRIEVE_INTENT,
    CANCEL_INTENT,
    CREATE_CUSTOMER,
    CREATE_SETUP,
    RETRIEVE_SETUP,
    RETRIEVE_CARD,
    DETACH_CARD,
    RETRIEVE_CHARGE,
    RETRIEVE_REFUND,
    RETRIEVE_DISPUTE,
    LIST_EVENTS,
    CREATE_REFUND
}
