package io.drawdown.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An exact amount of credits, kept as a whole number of micro-credits (10⁻⁶ credit); may be negative.
 *
 * <p>On the wire it is a JSON number in credits with at most six decimals. Every magnitude is at most 2³³ credits
 * (8,589,934,592): up to there neighbouring doubles are less than a micro-credit apart, so a reader that keeps numbers as
 * doubles and rounds to six decimals loses no digit. Arithmetic is checked, so sums keep the bound too.
 */
public record Credits(long micros) implements Comparable<Credits> {

    public static final Credits ZERO = new Credits(0);

    /** The greatest magnitude, in micro-credits: 2³³ credits. */
    public static final long MAX_MICROS = (1L << 33) * 1_000_000;

    private static final int DECIMALS = 6;
    private static final int MOST_WHOLE_DIGITS = 10;
    private static final Pattern NUMBER = Pattern.compile("(-?[0-9]+(?:\\.[0-9]+)?)(?:[eE]([+-]?)0*([0-9]*))?");
    private static final int MOST_EXPONENT_DIGITS = 6;

    /** @throws AmountOutOfRangeException if the magnitude is above 2³³ credits */
    public Credits {
        if (micros > MAX_MICROS || micros < -MAX_MICROS) {
            throw new AmountOutOfRangeException();
        }
    }

    public static Credits ofMicros(long micros) {
        return micros == 0 ? ZERO : new Credits(micros);
    }

    /** Whole credits. */
    public static Credits of(long credits) {
        return new Credits(multiply(credits, 1_000_000));
    }

    /**
     * Reads an amount in credits exactly.
     *
     * @throws InvalidAmountException if it has more than six decimals
     * @throws AmountOutOfRangeException if the magnitude is above 2³³ credits
     */
    @JsonCreator
    public static Credits of(BigDecimal credits) {
        if (credits.signum() == 0) {
            return ZERO;
        }
        if ((long) credits.precision() - credits.scale() > MOST_WHOLE_DIGITS) {
            throw new AmountOutOfRangeException();
        }
        if (credits.stripTrailingZeros().scale() > DECIMALS) {
            throw new InvalidAmountException();
        }
        return ofMicros(credits.movePointRight(DECIMALS).longValueExact());
    }

    /**
     * Reads the text of a JSON number exactly, whatever its exponent, in a time that is bounded by its length.
     *
     * @throws InvalidAmountException if it has more than six decimals, or is not a number
     * @throws AmountOutOfRangeException if the magnitude is above 2³³ credits
     */
    public static Credits ofText(String number) {
        Matcher parts = NUMBER.matcher(number);
        if (!parts.matches()) {
            throw new InvalidAmountException();
        }
        boolean isHuge = parts.group(3) != null && parts.group(3).length() > MOST_EXPONENT_DIGITS;
        if (!isHuge) {
            return of(new BigDecimal(number));
        }
        if (parts.group(1).chars().noneMatch(digit -> digit >= '1' && digit <= '9')) {
            return ZERO;
        }
        throw "-".equals(parts.group(2)) ? new InvalidAmountException() : new AmountOutOfRangeException();
    }

    /** The amount in credits without trailing zeros, as it is written on the wire. */
    @JsonValue
    public BigDecimal toDecimal() {
        BigDecimal stripped = BigDecimal.valueOf(micros, DECIMALS).stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    public Credits plus(Credits other) {
        return ofMicros(micros + other.micros);
    }

    public Credits minus(Credits other) {
        return ofMicros(micros - other.micros);
    }

    public Credits times(long factor) {
        return ofMicros(multiply(micros, factor));
    }

    public Credits negated() {
        return ofMicros(-micros);
    }

    public Credits min(Credits other) {
        return micros <= other.micros ? this : other;
    }

    public boolean isPositive() {
        return micros > 0;
    }

    public boolean isNegative() {
        return micros < 0;
    }

    public boolean isZero() {
        return micros == 0;
    }

    @Override
    public int compareTo(Credits other) {
        return Long.compare(micros, other.micros);
    }

    @Override
    public String toString() {
        return toDecimal().toPlainString();
    }

    private static long multiply(long amount, long factor) {
        try {
            return Math.multiplyExact(amount, factor);
        } catch (ArithmeticException e) {
            throw new AmountOutOfRangeException(e);
        }
    }

    /** The magnitude is above 2³³ credits: problem {@code amount-out-of-range}. */
    public static final class AmountOutOfRangeException extends IllegalArgumentException {
        private static final String MESSAGE = "the magnitude of an amount is at most 2^33 credits";

        AmountOutOfRangeException() {
            super(MESSAGE);
        }

        AmountOutOfRangeException(ArithmeticException cause) {
            super(MESSAGE, cause);
        }
    }

    /** More than six decimals: problem {@code invalid-amount}. */
    public static final class InvalidAmountException extends IllegalArgumentException {
        InvalidAmountException() {
            super("an amount has at most six decimals");
        }
    }
}
