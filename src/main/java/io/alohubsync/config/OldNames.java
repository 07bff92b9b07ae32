package io.alohubsync.config;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;

/**
 * Settings that have been renamed: their old names are still read where the new one is not set,
 * with a warning.
 */
public final class OldNames implements ConfigSourceInterceptor {

    /** New name to old name. */
    static final Map<String, String> OLD = new TreeMap<>(Map.of(
            "alohub.breaker.probe-interval", "alohub.gate.probe-interval",
            "alohub.breaker.ramp", "alohub.gate.ramp",
            "alohub.database.listen", "alohub.database.bell"));

    private static final int ORDINAL_OF_DEFAULTS = Integer.MIN_VALUE;

    @Override
    public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue value = context.proceed(name);
        String old = OLD.get(name);
        if (old == null || (value != null && value.getConfigSourceOrdinal() != ORDINAL_OF_DEFAULTS)) {
            return value;
        }
        ConfigValue before = context.proceed(old);
        return before == null || before.getValue() == null || before.getValue().isBlank()
                ? value
                : before.withName(name);
    }

    static boolean isOne(String property) {
        return OLD.containsValue(property);
    }

    static boolean isOneAsVariable(String variable) {
        return OLD.values().stream().anyMatch(old -> Variable.of(old).equals(variable));
    }

    /** One sentence for each old name that is set. */
    static List<String> warnings(Config config) {
        List<String> warnings = new ArrayList<>();
        OLD.forEach((name, old) -> {
            String value = config.getConfigValue(old).getValue();
            if (value != null && !value.isBlank()) {
                warnings.add(old + " (" + Variable.of(old) + ") is called " + name + " ("
                        + Variable.of(name)
                        + ") now. The old name is still read where the new one is not set: rename it.");
            }
        });
        return warnings;
    }
}
