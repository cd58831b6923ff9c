package io.drawdown.billing.config;

import io.drawdown.contracts.Credits;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads an amount of credits exactly. */
public final class CreditsConverter implements Converter<Credits> {

    private static final long serialVersionUID = 1L;

    @Override
    public Credits convert(String text) {
        return Credits.ofText(text.strip());
    }
}
