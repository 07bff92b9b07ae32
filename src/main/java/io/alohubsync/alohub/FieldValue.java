package io.alohubsync.alohub;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads the name and the value of a field of an envelope. */
final class FieldValue {

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,40}(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,9})?");

    private FieldValue() {}

    /** True for 1, "1", true and "true". The official client compares with the string "1". */
    static boolean isSuccess(JsonToken value, JsonParser parser) throws IOException {
        return switch (value) {
            case VALUE_TRUE -> true;
            case VALUE_STRING ->
                parser.getText().equals("1") || parser.getText().equalsIgnoreCase("true");
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> isNumber(parser.getText()) && number(parser.getText()) == 1;
            default -> false;
        };
    }

    static boolean isAbsent(JsonToken scalar, JsonParser parser) throws IOException {
        return switch (scalar) {
            case VALUE_NULL, VALUE_FALSE -> true;
            case VALUE_STRING -> parser.getText().isBlank();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> isNumber(parser.getText()) && number(parser.getText()) == 0;
            default -> false;
        };
    }

    /** A number with very many digits is not read as one: Java would take long to parse it. */
    static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    static double number(String text) {
        return Double.parseDouble(text);
    }

    /** A field's name without case, underscores and hyphens. */
    static String plain(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char character = name.charAt(i);
            if (character != '_' && character != '-') {
                plain.append(Character.toLowerCase(character));
            }
        }
        return plain.toString();
    }

    static String upper(String text) {
        return text.strip().toUpperCase(Locale.ROOT);
    }
}
