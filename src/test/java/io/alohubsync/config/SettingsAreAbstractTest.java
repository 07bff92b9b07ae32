package io.alohubsync.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.ConfigMappings;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** SmallRye takes each method of a mapping for a setting, a default method too. */
class SettingsAreAbstractTest {

    private final Set<Class<?>> seen = new java.util.LinkedHashSet<>();

    private void walk(Type type) {
        if (type instanceof ParameterizedType many) {
            Arrays.stream(many.getActualTypeArguments()).forEach(this::walk);
        } else if (type instanceof Class<?> mapping
                && mapping.isInterface()
                && mapping.getName().startsWith("io.alohubsync.")
                && seen.add(mapping)) {
            Stream.of(mapping.getMethods()).forEach(method -> walk(method.getGenericReturnType()));
        }
    }

    @Test
    void no_method_of_a_mapping_has_a_body_and_so_none_is_a_setting_that_nobody_meant() {
        walk(AlohubSettings.class);
        assertTrue(seen.size() > 10, seen.toString());
        List<String> bodies = seen.stream()
                .flatMap(mapping -> Stream.of(mapping.getMethods()).filter(Method::isDefault))
                .map(Method::toString)
                .toList();
        assertEquals(List.of(), bodies);
    }

    @Test
    void every_setting_stands_on_the_page() throws Exception {
        String page = java.nio.file.Files.readString(java.nio.file.Path.of("docs/settings.md"));
        Set<String> missing = new TreeSet<>();
        for (String name : ConfigMappings.getProperties(ConfigMappings.ConfigClass.configClass(AlohubSettings.class))
                .keySet()) {
            boolean isElement = name.endsWith("[*]") || name.contains(".*.");
            if (!isElement && !page.contains("`" + name + "`") && !page.contains("`" + name + "[")) {
                missing.add(name);
            }
        }
        assertEquals(Set.of(), missing);
    }
}
