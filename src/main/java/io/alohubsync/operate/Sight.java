package io.alohubsync.operate;

import io.alohubsync.contact.SystemName;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What of a result its reader may see. The one place where something is masked: services make
 * results in full, and pass them here.
 */
public enum Sight {
    /** Everything. */
    FULL,
    /** The words of the CRM and of people about an act; of phones the last three digits. */
    WORDS,
    /**
     * Of phones the last three digits; names, e-mails and free text only as a mark that there is
     * something.
     */
    MASKED;

    public static final String MARK = "•••";

    private static final int DIGITS_SHOWN = 3;
    private static final Pattern OTHER_THAN_DIGITS = Pattern.compile("[^0-9]");

    /**
     * The same record, as far as it may be seen: its {@link Personal} components, and those of
     * records and lists in it.
     */
    @SuppressWarnings("unchecked")
    public <T> T of(T result) {
        return this == FULL ? result : (T) masked(result, this == WORDS);
    }

    public static String phone(String phone) {
        String digits = OTHER_THAN_DIGITS.matcher(phone).replaceAll("");
        return MARK + (digits.length() > DIGITS_SHOWN ? digits.substring(digits.length() - DIGITS_SHOWN) : "");
    }

    /** @param words they are left as they are */
    private static Object masked(Object value, boolean words) {
        if (value instanceof List<?> list) {
            List<Object> all = new ArrayList<>(list.size());
            list.forEach(one -> all.add(masked(one, words)));
            return all;
        }
        return value instanceof Record result ? rebuilt(result, words) : value;
    }

    private static Record rebuilt(Record result, boolean words) {
        return SHAPES.get(result.getClass()).rebuilt(result, words);
    }

    /** Of each class once: reflection makes new objects for each question. */
    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };

    /**
     * How a record is taken apart and put together again.
     *
     * @param personal of each component what it says of a person; null: nothing
     */
    private record Shape(Constructor<?> constructor, Method[] accessors, Personal.@Nullable Kind[] personal) {

        static Shape of(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Method[] accessors =
                    Arrays.stream(components).map(RecordComponent::getAccessor).toArray(Method[]::new);
            Personal.Kind[] personal = Arrays.stream(components)
                    .map(component -> component.getAnnotation(Personal.class))
                    .map(annotation -> annotation == null ? null : annotation.value())
                    .toArray(Personal.Kind[]::new);
            try {
                return new Shape(type.getDeclaredConstructor(types), accessors, personal);
            } catch (NoSuchMethodException impossible) {
                throw new IllegalStateException(type.getName(), impossible);
            }
        }

        Record rebuilt(Record result, boolean words) {
            Object[] values = new Object[accessors.length];
            try {
                for (int i = 0; i < values.length; i++) {
                    values[i] = seen(accessors[i].invoke(result), personal[i], words);
                }
                return (Record) constructor.newInstance(values);
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException(result.getClass().getName(), impossible);
            }
        }

        private static @Nullable Object seen(@Nullable Object value, Personal.@Nullable Kind personal, boolean words) {
            if (value == null || personal == null) {
                return value == null ? null : masked(value, words);
            }
            if (words && personal == Personal.Kind.TEXT) {
                return value;
            }
            if (!(value instanceof String text)) {
                return null; // a list of texts, or a record of them: withheld whole
            }
            return switch (personal) {
                case PHONE -> phone(text);
                case SYSTEM -> SystemName.isOne(text) ? text : MARK;
                case TEXT -> MARK;
            };
        }
    }
}
