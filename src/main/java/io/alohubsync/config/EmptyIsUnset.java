package io.alohubsync.config;

import io.smallrye.config.ConfigMappingInterface;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import java.util.Map;

/** Treats an empty value under {@code alohub.} as unset, so the default applies. */
public final class EmptyIsUnset implements ConfigSourceInterceptor {
    private static final Map<String, ConfigMappingInterface.Property> SETTINGS =
            ConfigMappings.getProperties(ConfigMappings.ConfigClass.configClass(AlohubSettings.class));

    @Override
    public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue value = context.proceed(name);
        if (value == null
                || !name.startsWith("alohub.")
                || value.getValue() == null
                || !value.getValue().isBlank()) {
            return value;
        }
        ConfigMappingInterface.Property setting = SETTINGS.get(name);
        return setting != null && setting.hasDefaultValue() ? value.withValue(setting.getDefaultValue()) : null;
    }
}
