package io.alohubsync.operate;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of a result its reader may see. The one place where something is masked: services make results in full, and pass them here. */
public enum Sight {
    /** Everything. */
    FULL,
    /** Of phones the last three digits; names, e-mails and free text only as a mark that there is something. */
    MASKED;

    public static final String MARK = "•••";

    private static final int DIGITS_SHOWN = 3;

    /** The same record, as far as it may be seen: its {@link Personal} components, and those of records and lists in it. */
    @SuppressWarnings("unchecked")
    public <T> T of(T result) {
        return this == FULL ? result : (T) masked(result);
    }

    public static String phone(String phone) {
        String digits = phone.replaceAll("[^0-9]", "");
        return MARK + (digits.length() > DIGITS_SHOWN ? digits.substring(digits.length() - DIGITS_SHOWN) : "");
    }

    private static Object masked(Object value) {
        if (value instanceof List<?> list) {
            List<Object> all = new ArrayList<>(list.size());
            list.forEach(one -> all.add(masked(one)));
            return all;
        }
        return value instanceof Record result ? rebuilt(result) : value;
    }

    private static Record rebuilt(Record result) {
        RecordComponent[] components = result.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = component(components[i], result);
        }
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return result.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(result.getClass().getName(), impossible);
        }
    }

    private static @Nullable Object component(RecordComponent component, Record result) {
        Object value = read(component, result);
        Personal personal = component.getAnnotation(Personal.class);
        if (value == null || personal == null) {
            return value == null ? null : masked(value);
        }
        if (!(value instanceof String text)) {
            return null; // a list of texts, or a record of them: withheld whole
        }
        return personal.value() == Personal.Kind.PHONE ? phone(text) : MARK;
    }

    private static @Nullable Object read(RecordComponent component, Record result) {
        try {
            return component.getAccessor().invoke(result);
        } catch (IllegalAccessException | InvocationTargetException impossible) {
            throw new IllegalStateException(component.toString(), impossible);
        }
    }
}
