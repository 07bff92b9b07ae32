package io.alohubsync.console;

import io.alohubsync.access.Person;
import io.alohubsync.operate.OwnSentence;
import io.alohubsync.operate.Way;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What every page has: its words, who looks at it, and how times and numbers are written.
 *
 * @param words  of the reader's language
 * @param person null: without a login
 * @param proof  for the forms; empty without a person
 * @param here   path and query of this page
 * @param zone   of all times
 * @param now    the time of the page
 * @param notice what the last act came to; null: there was none
 */
public record Frame(
        Words words,
        @Nullable Person person,
        String proof,
        String here,
        ZoneId zone,
        Instant now,
        @Nullable String notice) {

    private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm:ss");
    private static final Map<String, String> TONES = tones();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private static Map<String, String> tones() {
        Map<String, String> tones = new HashMap<>();
        List.of("DELIVERED", "ACCEPTED", "ACTIVE", "DONE").forEach(code -> tones.put(code, "good"));
        List.of(
                        "RETRYING",
                        "HELD",
                        "FAILED",
                        "UNKNOWN",
                        "NOT_SENT",
                        "THROTTLED",
                        "RECOVERING",
                        "STOPPED",
                        "STOPPING",
                        "CANARY",
                        "UNANSWERED")
                .forEach(code -> tones.put(code, "warn"));
        List.of(
                        "DEAD",
                        "REJECTED",
                        "REFUSED",
                        "ACCOUNT_REFUSED",
                        "PAUSED",
                        "KEY_REJECTED",
                        "MISCONFIGURED",
                        "BLOCKED",
                        "UNREACHABLE",
                        "CANARY_FAILED")
                .forEach(code -> tones.put(code, "bad"));
        return Map.copyOf(tones);
    }

    public String t(String key) {
        return words.text(key, List.of());
    }

    public String t(String key, Object... values) {
        return words.text(key, Arrays.asList(values));
    }

    /** The text of a code, or the code itself where this version has none. */
    public String code(String prefix, @Nullable String code) {
        return code == null ? "" : words.has(prefix + code) ? t(prefix + code) : code;
    }

    /** What the daemon stored in English, in the reader's language; words of others as they are. */
    public String said(@Nullable String stored) {
        String words = stored == null ? "" : stored;
        return this.words.isVietnamese() ? OwnSentence.inVietnamese(words) : words;
    }

    /**
     * What an account needs, for a person at a screen. The contract of SQL names its function where
     * a person has to resume the account; here there is a page for that.
     */
    public String needs(String state, @Nullable String needs, @Nullable String needsVi) {
        if (needs != null && needs.contains("alohub.resume")) {
            return t(state.equals("PAUSED") ? "sentence.PAUSED.needs" : "sentence.REFUSALS.needs");
        }
        String text = words.isVietnamese() ? needsVi : needs;
        return text == null ? "" : text;
    }

    /** Of the navigation. */
    public record Section(String path, String name) {}

    public List<Section> sections() {
        boolean admin = person != null && person.isAdmin();
        return Stream.of("overview", "problems", "customers", "accounts", "import", "activity", "tokens", "docs")
                .filter(name -> admin || !name.equals("tokens"))
                .filter(name -> mayAct() || !name.equals("import"))
                .map(name -> new Section(name.equals("overview") ? "/" : "/" + name, t("nav." + name)))
                .toList();
    }

    /** Whether there is a login that can be ended here. */
    public boolean hasLogin() {
        return person != null && (person.way() == Way.FILE || person.way() == Way.OIDC);
    }

    /** The same on the page of that path, where a form was posted elsewhere. */
    Frame at(String path) {
        return new Frame(words, person, proof, path, zone, now, notice);
    }

    /**
     * This page with another value of one parameter; the cursor is left out unless it is that one.
     *
     * @param value empty: without it
     */
    public String with(String parameter, @Nullable String value) {
        int mark = here.indexOf('?');
        Stream<String> others =
                mark < 0 ? Stream.of() : Arrays.stream(here.substring(mark + 1).split("&"));
        Stream<String> own = value == null || value.isEmpty()
                ? Stream.of()
                : Stream.of(parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        String query = Stream.concat(
                        others.filter(one -> !one.isEmpty()
                                && !one.startsWith(parameter + "=")
                                && !one.startsWith("cursor=")
                                && !one.startsWith("done=")),
                        own)
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? path() : path() + "?" + query;
    }

    public boolean mayAct() {
        return person != null && person.mayAct();
    }

    public String path() {
        return here.replaceFirst("\\?.*", "");
    }

    public boolean isOn(String section) {
        return section.equals("/") ? path().equals("/") : path().equals(section) || path().startsWith(section + "/");
    }

    public String number(@Nullable Number number) {
        return number == null
                ? ""
                : NumberFormat.getIntegerInstance(words.locale()).format(number);
    }

    /** Calls a second. */
    public String rate(@Nullable Double perSecond) {
        NumberFormat rate = NumberFormat.getNumberInstance(words.locale());
        rate.setMaximumFractionDigits(perSecond != null && perSecond < 10 ? 1 : 0);
        return perSecond == null ? "" : rate.format(perSecond);
    }

    /** Of a status, an outcome or a state. */
    public String tone(@Nullable String code) {
        return code == null ? "" : TONES.getOrDefault(code, "");
    }

    public String percent(double share) {
        NumberFormat percent = NumberFormat.getPercentInstance(words.locale());
        percent.setMaximumFractionDigits(share == 1 || share == 0 ? 0 : 1);
        return percent.format(Math.floor(share * 1000) / 1000);
    }

    /** Of today without the day. */
    public String time(@Nullable Instant time) {
        if (time == null) {
            return "";
        }
        var there = time.atZone(zone);
        boolean isToday = there.toLocalDate().equals(now.atZone(zone).toLocalDate());
        return (isToday ? TIME : DAY_AND_TIME).format(there);
    }

    public String fullTime(@Nullable Instant time) {
        return time == null ? "" : DAY_AND_TIME.format(time.atZone(zone));
    }

    /** Rounded to the largest unit that says enough. */
    public String duration(@Nullable Long seconds) {
        if (seconds == null) {
            return "";
        }
        Duration duration = Duration.ofSeconds(seconds);
        if (duration.toDays() >= 2) {
            return t("duration.days", duration.toDays());
        }
        if (duration.toHours() >= 2) {
            return t("duration.hours", duration.toHours());
        }
        return duration.toMinutes() >= 2
                ? t("duration.minutes", duration.toMinutes())
                : t("duration.seconds", Math.max(0, seconds));
    }
}
