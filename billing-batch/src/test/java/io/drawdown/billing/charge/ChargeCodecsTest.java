package io.drawdown.billing.charge;

import com.mongodb.MongoClientSettings;
import io.drawdown.billing.charge.ChargeState.Cancelled;
import io.drawdown.billing.charge.ChargeState.Cancelling;
import io.drawdown.billing.charge.ChargeState.Cause;
import io.drawdown.billing.charge.ChargeState.Charged;
import io.drawdown.billing.charge.ChargeState.Confirming;
import io.drawdown.billing.charge.ChargeState.Dead;
import io.drawdown.billing.charge.ChargeState.Declined;
import io.drawdown.billing.charge.ChargeState.Fault;
import io.drawdown.billing.charge.ChargeState.Preparing;
import io.drawdown.billing.charge.ChargeState.Queued;
import io.drawdown.billing.charge.ChargeState.Receipt;
import io.drawdown.billing.charge.ChargeState.Unsettled;
import io.drawdown.billing.charge.ChargeState.WaitingForCard;
import io.drawdown.billing.charge.ChargeState.WaitingForCustomer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonDocumentReader;
import org.bson.BsonDocumentWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A charge is read as it was stored, in every state. */
class ChargeCodecsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123Z");
    private static final CodecRegistry CODECS = CodecRegistries.fromRegistries(
            CodecRegistries.fromProviders(new ChargeCodecs()), MongoClientSettings.getDefaultCodecRegistry());

    private static final Frozen FROZEN = new Frozen(799, "usd", "cus_1", new StripeAccount("acct_1", true));
    private static final Intent INTENT = new Intent("pi_1", 2, 3, "ch_1", FROZEN);
    private static final Attempt ATTEMPT = new Attempt(3, "key", NOW, new Card("pm_1", "fp_1", "visa", "4242"), null);
    private static final Claim CLAIM = new Claim("token", NOW);

    private static final List<ChargeState> STATES = List.of(
            new Queued(NOW),
            new Preparing(new Creation(1, "key", NOW, FROZEN), CLAIM),
            new Confirming(INTENT, ATTEMPT, CLAIM),
            new Unsettled(INTENT, ATTEMPT, Cause.PROCESSING, NOW),
            new Declined(INTENT, new Decline("card_declined", "insufficient_funds", null), NOW),
            new WaitingForCard(INTENT, NOW, null),
            new WaitingForCard(null, NOW, null),
            new WaitingForCard(null, NOW, 2),
            new WaitingForCustomer(INTENT, ATTEMPT, NOW),
            new Cancelling(INTENT, null, 2, "key", Fault.INVALID_REQUEST, CLAIM),
            new Charged(new Receipt("pi_1", "ch_1", 799), NOW),
            new Charged(null, NOW),
            new Cancelled(NOW),
            new Dead(Fault.MISSING, INTENT, NOW));

    private static Charge stored(Charge charge) {
        Codec<Charge> codec = CODECS.get(Charge.class);
        BsonDocument document = new BsonDocument();
        codec.encode(
                new BsonDocumentWriter(document),
                charge,
                EncoderContext.builder().build());
        return codec.decode(
                new BsonDocumentReader(document), DecoderContext.builder().build());
    }

    @Test
    void everyStateIsReadAsItWasStored() {
        // Given
        Terms terms = new Terms("team-1", 799, Terms.USD, "item:1", true);
        for (ChargeState state : STATES) {
            Charge charge = new Charge("chg-1", terms, new Charge.Wish(NOW, "not needed"), 7, state);
            // When, then
            assertThat(stored(charge)).isEqualTo(charge);
        }
    }

    @Test
    void everyStateIsTried() {
        // When, then
        assertThat(STATES.stream().map(ChargeState::name).distinct())
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(ChargeState.Name.values()));
    }
}
