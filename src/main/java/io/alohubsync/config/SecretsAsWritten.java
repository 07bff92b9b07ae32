package io.alohubsync.config;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Expressions;
import java.util.regex.Pattern;

/**
 * Takes keys, tokens and passwords as they are written. In all other settings <code>${NAME}</code>
 * stands for another setting, and two dollar signs stand for one. In all other lists a backslash
 * takes the sign behind it as it is.
 */
public final class SecretsAsWritten implements ConfigSourceInterceptor {

    private static final Pattern SECRETS = Pattern.compile("alohub\\.(accounts\\..+\\.)?api-key"
            + "|alohub\\.proxy"
            + "|alohub\\.intake\\.tokens(\\[[0-9]+])?"
            + "|alohub\\.intake\\.sources\\..+\\.hmac-secret"
            + "|alohub\\.console\\.(encryption-key|oidc\\.client-secret)"
            + "|alohub\\.notify\\.webhook\\.(secret|url)"
            + "|quarkus\\.(datasource|mailer)\\.password");

    private static final String LIST = "alohub.intake.tokens";

    @Override
    public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        if (!SECRETS.matcher(name).matches()) {
            return context.proceed(name);
        }
        ConfigValue value = Expressions.withoutExpansion(() -> context.proceed(name));
        return name.equals(LIST) && value != null && value.getValue() != null
                ? value.withValue(value.getValue().replace("\\", "\\\\"))
                : value;
    }
}
