package io.drawdown.billing.stripe;

/** What Stripe limits the calls of. */
enum Endpoint {
    ACCOUNT,
    CREATE_INTENT,
    CONFIRM_INTENT,
    RETRIEVE_INTENT,
    CANCEL_INTENT,
    CREATE_REFUND,
    RETRIEVE_CARD
}
