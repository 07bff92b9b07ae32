package io.alohubsync.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A message in words, as people read it.
 *
 * @param subject short, on one line
 * @param lines   a line that begins with a dash is an item of a list
 */
record Letter(String subject, List<String> lines) {

    private static final String POINT = "- ";

    /** Removes control characters, so that no text can add a header to the mail. */
    Letter {
        subject = subject.replaceAll("\\p{Cntrl}+", " ").strip();
        lines = List.copyOf(lines);
    }

    String plain() {
        return String.join("\n", lines) + "\n";
    }

    String html(String language) {
        StringBuilder html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"" + language.toLowerCase(Locale.ROOT)
                + "\"><head><meta charset=\"utf-8\"><title>" + escaped(subject) + "</title></head><body>\n");
        List<String> points = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith(POINT)) {
                points.add(line.substring(POINT.length()));
            } else {
                list(points, html);
                if (!line.isBlank()) {
                    html.append("<p>").append(linked(line)).append("</p>\n");
                }
            }
        }
        list(points, html);
        return html.append("</body></html>\n").toString();
    }

    private static void list(List<String> points, StringBuilder html) {
        if (!points.isEmpty()) {
            html.append("<ul>\n");
            points.forEach(point -> html.append("<li>").append(escaped(point)).append("</li>\n"));
            html.append("</ul>\n");
            points.clear();
        }
    }

    /** The address of the console stands at the end of its line. */
    private static String linked(String line) {
        int at = line.indexOf("http");
        if (at < 0 || line.indexOf(' ', at) >= 0) {
            return escaped(line);
        }
        String url = escaped(line.substring(at));
        return escaped(line.substring(0, at)) + "<a href=\"" + url + "\">" + url + "</a>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
