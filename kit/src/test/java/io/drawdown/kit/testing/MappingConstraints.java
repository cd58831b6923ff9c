package io.drawdown.kit.testing;

import io.smallrye.config.validator.BeanValidationConfigValidator;
import jakarta.validation.Validation;
import jakarta.validation.Validator;

/** Checks the constraints of mappings where no Quarkus runs: for {@code SmallRyeConfigBuilder.withValidator}. */
public final class MappingConstraints implements BeanValidationConfigValidator {

    private static final Validator VALIDATOR =
            Validation.buildDefaultValidatorFactory().getValidator();

    @Override
    public Validator getValidator() {
        return VALIDATOR;
    }
}
