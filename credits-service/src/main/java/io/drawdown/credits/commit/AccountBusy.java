package io.drawdown.credits.commit;

/** Others changed the account too often meanwhile, so nothing was decided. Problem {@code account-busy}. */
public final class AccountBusy extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AccountBusy(String message) {
        super(message, null, false, false);
    }
}
