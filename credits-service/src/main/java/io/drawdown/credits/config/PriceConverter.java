package io.drawdown.credits.config;

import io.drawdown.contracts.Credits;
import java.math.BigDecimal;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads a price: an amount that is more than nothing. */
public final class PriceConverter implements Converter<Credits> {

    private static final long serialVersionUID = 1L;

    @Override
    public Credits convert(String text) {
        Credits price = read(text.strip());
        if (!price.isPositive()) {
            throw new IllegalArgumentException("a price is more than 0");
        }
        return price;
    }

    private static Credits read(String text) {
        try {
            return Credits.of(new BigDecimal(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a price is a number of credits, such as 10 or 0.8", e);
        }
    }
}
