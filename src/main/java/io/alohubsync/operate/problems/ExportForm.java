package io.alohubsync.operate.problems;

import io.alohubsync.operate.OwnSentence;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an export writes what a problem has.
 *
 * @param zone     of the times; null: for programs, as the API has times, phones and statuses
 * @param statuses the words of each; one without stays as it is
 */
public record ExportForm(boolean inVietnamese, @Nullable ZoneId zone, Map<String, String> statuses) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter TIME_VI = DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm:ss");

    public static ExportForm ofPrograms(boolean inVietnamese) {
        return new ExportForm(inVietnamese, null, Map.of());
    }

    String when(String heading) {
        return zone == null ? heading : heading + " (" + zone + ")";
    }

    @Nullable
    String time(@Nullable Instant time) {
        if (time == null || zone == null) {
            return time == null ? null : time.toString();
        }
        return (inVietnamese ? TIME_VI : TIME).format(time.atZone(zone));
    }

    String status(String status) {
        return statuses.getOrDefault(status, status);
    }

    /** What the daemon wrote; the CRM's words stay as they are. */
    @Nullable
    String words(@Nullable String stored) {
        return stored == null || !inVietnamese || zone == null ? stored : OwnSentence.inVietnamese(stored);
    }

    /**
     * A spreadsheet takes digits alone for a number and drops the 0 in front. Digits with spaces
     * are text to it, without a formula; the import and the search read them.
     */
    @Nullable
    String phone(@Nullable String phone) {
        boolean isKept = zone == null || phone == null || !phone.matches("0[0-9]{6,14}");
        return isKept ? phone : phone.substring(0, 4) + " " + phone.substring(4, 7) + rest(phone.substring(7));
    }

    private static String rest(String digits) {
        return digits.isEmpty() ? "" : " " + digits;
    }
}
