package io.drawdown.simulator.credits;

import io.drawdown.credits.account.Account;
import io.drawdown.credits.checks.CheckReport;
import io.drawdown.credits.ledger.LedgerRow;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.Table;

/** The database of credits-service. */
public record CreditsStores(
        Database database, Table<Account> accounts, Table<LedgerRow> ledger, Table<CheckReport> checks) {

    static CreditsStores in(Database database) {
        return new CreditsStores(database, new Table<>(database), new Table<>(database), new Table<>(database));
    }
}
