package io.drawdown.credits.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.drawdown.credits.checks.CheckReport;
import io.drawdown.credits.checks.Finding;
import io.drawdown.credits.checks.Sums;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A report of the check.
 *
 * @param verdict once it is done
 * @param rows ledger entries that were replayed
 * @param findings the first of them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
// More than 8 components: flat on the wire.
record CheckView(
        String id,
        Status status,
        @Nullable Verdict verdict,
        long accounts,
        long rows,
        Instant startedAt,
        @Nullable Instant finishedAt,
        SumsView sums,
        long findingsTotal,
        List<FindingView> findings) {

    static CheckView of(CheckReport report) {
        return new CheckView(
                report.id(),
                Status.of(report.state()),
                report.state() == CheckReport.State.FINISHED ? Verdict.of(report.isClean()) : null,
                report.accounts(),
                report.entries(),
                report.startedAt(),
                report.finishedAt(),
                SumsView.of(report.sums()),
                report.findingsTotal(),
                report.findings().stream().map(FindingView::of).toList());
    }

    /** How far it is. */
    @Schema(name = "CheckStatus")
    enum Status {
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("done")
        DONE,
        @JsonProperty("interrupted")
        INTERRUPTED;

        static Status of(CheckReport.State state) {
            return switch (state) {
                case RUNNING -> RUNNING;
                case FINISHED -> DONE;
                case INTERRUPTED -> INTERRUPTED;
            };
        }
    }

    /** What it found. */
    @Schema(name = "CheckVerdict")
    enum Verdict {
        @JsonProperty("clean")
        CLEAN,
        @JsonProperty("broken")
        BROKEN;

        static Verdict of(boolean isClean) {
            return isClean ? CLEAN : BROKEN;
        }
    }

    /**
     * issued = on accounts + spent + expired, in credits. Sums over all accounts may be above what an amount can be, and
     * then a reader that keeps numbers as doubles would lose digits: they are strings.
     */
    record SumsView(String issued, String onAccounts, String spent, String expired) {

        static SumsView of(Sums sums) {
            return new SumsView(
                    credits(sums.issued()), credits(sums.onAccounts()), credits(sums.spent()), credits(sums.expired()));
        }

        private static String credits(long micros) {
            return BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString();
        }
    }

    /** Something that a ledger does not explain. */
    record FindingView(String accountId, String what) {

        static FindingView of(Finding finding) {
            return new FindingView(finding.account(), finding.problem());
        }
    }
}
