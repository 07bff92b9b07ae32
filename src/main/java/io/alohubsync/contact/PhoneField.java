package io.alohubsync.contact;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a field that is more than one plain number: numbers, and the text before, between
 * and behind them. Digits with only separators between them are one number. Seven digits or more
 * are a phone; fewer belong to the text.
 *
 * @param parts never empty
 */
record PhoneField(List<Part> parts) {

    private static final int LEAST_DIGITS = 7;
    private static final int LEAST_OF_A_PAIR = 9;

    /** What stands before the digits of an extension. */
    static final String LABEL_OF_EXTENSION =
            "[\\s,;(.\\-]*(?:ext\\.?|extension|x|#|(?:số )?máy lẻ|may le|nhánh|nhanh|(?:số )?nội bộ)\\s*[:.#=]?\\s*";

    private static final Pattern NUMBER = Pattern.compile("[+0-9 .()\\-]*[0-9][+0-9 .()\\-]*");
    private static final Pattern PAIR_BREAK = Pattern.compile("(?<=[0-9)])[ .-]+(?=[+0(8])");
    private static final Pattern DELIMITER = Pattern.compile("[;,/|&]");
    /** A slash or a comma without a space may also stand inside one number. */
    private static final Pattern LIST_DELIMITER = Pattern.compile("[;|&]|[,/](?= )");

    /**
     * Digits of a number's office, and another whole number behind them: an extension, digits in a
     * bracket, or the last digits of further lines.
     */
    private static final Pattern OF_ONE_OFFICE = Pattern.compile(
            "(?:" + LABEL_OF_EXTENSION + "[0-9]{1,5}(?![0-9])\\s*\\)?"
                    + "|\\((?!84\\))[1-9][0-9]{0,4}\\)"
                    + "|(?:[/,~] *[0-9]{1,4}(?![0-9]))+(?= *-))"
                    + "(?=[ .\\-]*\\(?(?:\\+|0|84)(?:[ .()\\-]*[0-9]){8})",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private static final Pattern BRACKETED = Pattern.compile("^\\s*\\([^()]*\\)");
    private static final Pattern LISTED_BEHIND = Pattern.compile("^ *(?:[;|&]|[,/] ) *[+(]?[0-9]");

    /**
     * @param before text before the number, back to what separates it from another one
     * @param number digits and separators
     * @param behind text behind the number, up to what separates it from another one
     * @param glued  neither space nor sign is between the text before and the number
     * @param listed other digits are listed beside the number, too few to be one
     * @param joined only separators are between this number and the one before it
     */
    record Part(String before, String number, String behind, boolean glued, boolean listed, boolean joined) {

        boolean isLettered() {
            return hasLetter(before) || hasLetter(behind);
        }

        private static boolean hasLetter(String text) {
            return text.codePoints().anyMatch(Character::isLetter);
        }
    }

    /** @param after the digits that follow and are its office's */
    private record Span(int start, int end, int after) {}

    /** @param text with a digit at least */
    static PhoneField of(String text) {
        List<Span> numbers = numbersIn(text);
        List<Part> parts = new ArrayList<>(numbers.size());
        for (int i = 0; i < numbers.size(); i++) {
            int from = i == 0 ? 0 : numbers.get(i - 1).after();
            int to =
                    i == numbers.size() - 1 ? text.length() : numbers.get(i + 1).start();
            parts.add(part(text, from, numbers.get(i), to));
        }
        return new PhoneField(parts);
    }

    private static Part part(String text, int from, Span number, int to) {
        String between = text.substring(from, number.start());
        String before = from > 0 ? behindLast(DELIMITER, between) : between;
        boolean listed = false;
        if (from == 0 && digitsIn(before) > 0) {
            String upTo = text.charAt(number.start()) == ' ' ? before + " " : before; // it is the number's
            String rest = behindLast(LIST_DELIMITER, upTo);
            listed = digitsIn(rest) == 0 && rest.length() < upTo.length();
            before = listed ? rest : before;
        }
        boolean last = to == text.length();
        String behind = text.substring(number.end(), to);
        if (!last) {
            behind = upToAnother(behind);
        }
        boolean glued = !before.isEmpty()
                && Character.isLetter(before.codePointBefore(before.length()))
                && isDigit(text.charAt(number.start()));
        boolean joined = from > 0 && between.isBlank();
        return new Part(
                before.strip(),
                text.substring(number.start(), number.end()),
                behind,
                glued,
                listed || (last && LISTED_BEHIND.matcher(behind).find()),
                joined);
    }

    private static String behindLast(Pattern delimiter, String text) {
        Matcher matcher = delimiter.matcher(text);
        int end = 0;
        while (matcher.find()) {
            end = matcher.end();
        }
        return text.substring(end);
    }

    /**
     * Words between two numbers belong to the second one, unless a separator or a bracket closes
     * them.
     */
    private static String upToAnother(String text) {
        Matcher delimiter = DELIMITER.matcher(text);
        if (delimiter.find()) {
            return text.substring(0, delimiter.start());
        }
        Matcher bracketed = BRACKETED.matcher(text);
        return bracketed.find() ? bracketed.group() : "";
    }

    /** Those with enough digits; if there is none, the first of the others. */
    private static List<Span> numbersIn(String text) {
        List<Span> numbers = new ArrayList<>();
        Span first = null;
        Matcher region = NUMBER.matcher(text);
        int from = 0;
        while (region.find(from)) {
            int end = endOfOne(text, region.start(), region.end());
            boolean phone = digitsIn(text.substring(region.start(), end)) >= LEAST_DIGITS;
            Span number = new Span(region.start(), end, phone ? behindItsOffice(text, end) : end);
            if (phone) {
                numbers.add(number);
            }
            first = first == null ? number : first;
            from = number.after();
            if (from >= text.length()) {
                break;
            }
        }
        return numbers.isEmpty() ? List.of(first) : numbers;
    }

    private static int behindItsOffice(String text, int end) {
        Matcher digits = OF_ONE_OFFICE.matcher(text).region(end, text.length());
        return digits.lookingAt() ? digits.end() : end;
    }

    /**
     * Where one number ends: before a plus, before a bracket with text in it, or between the two of
     * a pair.
     */
    private static int endOfOne(String text, int start, int end) {
        int plus = text.indexOf('+', start + 1);
        while (plus >= 0 && plus < end) {
            if (digitsIn(text.substring(start, plus)) >= LEAST_DIGITS) {
                return endOfOne(text, start, plus);
            }
            plus = text.indexOf('+', plus + 1);
        }
        String number = text.substring(start, end);
        int open = number.lastIndexOf('(');
        if (open > number.lastIndexOf(')') && digitsIn(number.substring(0, open)) >= LEAST_DIGITS) {
            return start + open;
        }
        Matcher gap = PAIR_BREAK.matcher(number);
        while (digitsIn(number) >= 2 * LEAST_OF_A_PAIR && gap.find()) {
            boolean pair = digitsIn(number.substring(0, gap.start())) >= LEAST_OF_A_PAIR
                    && digitsIn(number.substring(gap.end())) >= LEAST_OF_A_PAIR;
            if (pair) {
                return start + gap.end();
            }
        }
        return end;
    }

    static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    static long digitsIn(String text) {
        return text.chars().filter(PhoneField::isDigit).count();
    }
}
