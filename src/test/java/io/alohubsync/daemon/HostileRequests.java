package io.alohubsync.daemon;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Requests that no client library sends, byte for byte. {@code PROBLEM} behind a status: the answer
 * is application/problem+json. {@code CLOSED}: what comes before the fault is a whole request's
 * head, and the server ends the connection without an answer. {@code ANYTHING}: the server lives
 * on.
 */
final class HostileRequests {

    static final String TOKEN = "token-of-the-attacker";

    private static final String GOOD = "{\"phone\": \"0868793899\"}";
    private static final String LEAD = "/api/crm/lead";
    private static final String BATCH = "/api/crm/leads";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String NDJSON = "Content-Type: application/x-ndjson\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";
    private static final String FOLDER = "/api/intake/";

    private final List<Case> cases = new ArrayList<>();

    /**
     * @param expected how the answer begins behind {@code HTTP/1.x }, and PROBLEM; or CLOSED
     * @param endless  is sent after the bytes until the server closes; empty: nothing
     */
    record Case(String name, String expected, byte[] bytes, byte[] endless) {

        /** What is wrong with the answer. @return "": nothing */
        String fault(String answer) {
            if (expected.equals("ANYTHING")) {
                return "";
            }
            boolean isAsExpected = expected.equals("CLOSED")
                    ? answer.isEmpty() || answer.startsWith("HTTP/1.1 4")
                    : answer.matches("(?s)HTTP/1\\.[01] " + expected.substring(0, 3) + " .*")
                            && (!expected.endsWith("PROBLEM") || isProblem(answer));
            return isAsExpected ? "" : name + ": " + expected + " expected, not " + answer;
        }

        private static boolean isProblem(String answer) {
            return answer.contains("application/problem+json")
                    && answer.contains("\"success\":\"0\"")
                    && answer.contains("\"error_code\":")
                    && answer.contains("\"error_message\":");
        }

        boolean isTaken() {
            return expected.startsWith("2");
        }

        String send(int port) throws IOException {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                socket.setSoTimeout(20_000);
                try {
                    socket.getOutputStream().write(bytes);
                    while (endless.length > 0) {
                        socket.getOutputStream().write(endless);
                    }
                } catch (IOException closed) {
                    // the answer may be there
                }
                return answer(socket.getInputStream());
            }
        }

        private static String answer(InputStream stream) {
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            try {
                byte[] piece = new byte[8192];
                for (int count = stream.read(piece); count >= 0; count = stream.read(piece)) {
                    answer.write(piece, 0, count);
                }
            } catch (IOException closed) {
                // what came is what there is
            }
            return answer.toString(StandardCharsets.UTF_8);
        }
    }

    static List<Case> all() {
        HostileRequests all = new HostileRequests();
        all.json();
        all.framing();
        all.types();
        all.headers();
        all.paths();
        all.batches();
        return all.cases;
    }

    private void json() {
        lead(
                "deep",
                "400 PROBLEM",
                "{\"phone\": \"0868793899\", \"x\": " + "[".repeat(15_000) + "]".repeat(15_000) + "}");
        lead("a field twice", "400 PROBLEM", "{\"phone\": \"0868793899\", \"phone\": \"0868793898\"}");
        lead("a field twice, inside", "400 PROBLEM", "{\"phone\": \"0868793899\", \"x\": {\"a\": 1, \"a\": 2}}");
        lead("two objects", "400 PROBLEM", GOOD + GOOD);
        lead("a huge number", "400 PROBLEM", "{\"phone\": " + "9".repeat(20_000) + "}");
        lead("a huge exponent", "400 PROBLEM", "{\"phone\": 1e999999999}");
        lead(
                "a huge number that is passed over",
                "400 PROBLEM",
                "{\"phone\": \"0868793899\", \"x\": " + "9".repeat(9_999) + "}");
        lead(
                "a version beyond 64 bits",
                "400 PROBLEM",
                "{\"phone\": \"0868793899\", \"source_version\": 9223372036854775808}");
        lead(
                "a version of a million digits",
                "400 PROBLEM",
                "{\"phone\": \"0868793899\", \"source_version\": 1e1000000}");
        lead("not a number", "400 PROBLEM", "{\"phone\": NaN}");
        lead("a long name of a field", "400 PROBLEM", "{\"" + "n".repeat(20_000) + "\": 1, \"phone\": \"0868793899\"}");
        lead("a NUL", "400 PROBLEM", "{\"phone\": \"0868793899\", \"name\": \"\\u0000\"}");
        lead("half of a pair", "400 PROBLEM", "{\"phone\": \"0868793899\", \"name\": \"\\ud800\"}");
        lead("an overlong NUL", "400 PROBLEM", "{\"phone\": \"0868793899\", \"name\": \"\u00c0\u0080\"}");
        lead("a pair's half in UTF-8", "400 PROBLEM", "{\"phone\": \"0868793899\", \"name\": \"\u00ed\u00a0\u0080\"}");
        lead("Latin-1", "400 PROBLEM", "{\"phone\": \"0868793899\", \"name\": \"\u00fb\"}");
        lead("UTF-16", "400 PROBLEM", "\u00ff\u00fe{\0}\0");
        lead("zeros", "400 PROBLEM", "\0".repeat(30_000));
        lead("binary", "400 PROBLEM", "\u0000\u00ff\u0001\u00fe".repeat(5_000));
        lead("blank", "400 PROBLEM", " \r\n\t ");
        lead("a byte too much", "413 PROBLEM", GOOD + " ".repeat((32 << 10) + 1 - GOOD.length()));
        lead("a byte order mark", "202", "\u00ef\u00bb\u00bf" + GOOD);
    }

    private void framing() {
        request(
                "chunks in pieces",
                "202",
                head(LEAD, JSON) + CHUNKED + "1\r\n{\r\n" + chunk(GOOD.substring(1)) + end());
        request(
                "3,000 chunk extensions",
                "202",
                head(LEAD, JSON) + CHUNKED + "1;x=y\r\n \r\n".repeat(3_000) + chunk(GOOD) + end());
        request(
                "a long chunk extension",
                "CLOSED",
                head(LEAD, JSON) + CHUNKED + "17;" + "x".repeat(9_000) + "\r\n" + GOOD + "\r\n" + end());
        request("a chunk of negative length", "CLOSED", head(LEAD, JSON) + CHUNKED + "-1\r\n" + GOOD + "\r\n" + end());
        request(
                "a chunk of 2^64",
                "CLOSED",
                head(LEAD, JSON) + CHUNKED + "ffffffffffffffff\r\n" + GOOD + "\r\n" + end());
        request(
                "a chunk whose length is no number",
                "CLOSED",
                head(LEAD, JSON) + CHUNKED + "zz\r\n" + GOOD + "\r\n" + end());
        request(
                "long trailers",
                "CLOSED",
                head(LEAD, JSON) + CHUNKED + chunk(GOOD) + "0\r\nX: " + "y".repeat(20_000) + "\r\n\r\n");
        request(
                "a length and chunks: the chunks count",
                "202",
                head(LEAD, JSON) + "Content-Length: 3\r\n" + CHUNKED + chunk(GOOD) + end());
        request("an encoding that nobody knows", "400", head(LEAD, JSON) + "Transfer-Encoding: gzip\r\n\r\n" + GOOD);
        request("two lengths", "400", head(LEAD, JSON) + "Content-Length: 23\r\nContent-Length: 24\r\n\r\n" + GOOD);
        request("a negative length", "400", head(LEAD, JSON) + "Content-Length: -1\r\n\r\n" + GOOD);
        request("a length with a sign", "400", head(LEAD, JSON) + "Content-Length: +23\r\n\r\n" + GOOD);
        request(
                "a length of 20 digits",
                "400",
                head(LEAD, JSON) + "Content-Length: 99999999999999999999\r\n\r\n" + GOOD);
        request(
                "a length of 1 GiB",
                "413 PROBLEM",
                head(LEAD, JSON) + "Content-Length: 1073741824\r\n\r\n" + GOOD,
                "x".repeat(65_536));
        request("a length that is too short", "400 PROBLEM", head(LEAD, JSON) + "Content-Length: 5\r\n\r\n" + GOOD);
        request("no length", "400 PROBLEM", head(LEAD, JSON) + "\r\n");
        request("half a body, and silence", "CLOSED", head(LEAD, JSON) + "Content-Length: 100\r\n\r\n{\"phone\"");
        request("half a batch, and silence", "CLOSED", head(BATCH, NDJSON) + CHUNKED + chunk(GOOD + "\n"));
        request(
                "an endless body without a token",
                "401 PROBLEM",
                head(LEAD, JSON).replace(TOKEN, "wrong") + CHUNKED,
                chunk("x".repeat(8_192)));
        request("an endless lead", "413 PROBLEM", head(LEAD, JSON) + CHUNKED, chunk("x".repeat(8_192)));
        request(
                "an endless body for another room",
                "ANYTHING",
                head("/login", "Content-Type: application/x-www-form-urlencoded\r\n") + CHUNKED,
                chunk("x".repeat(8_192)));
        request("no HTTP", "400", "this is no request\r\n\r\n");
        request("HTTP 0.9", "400", "GET " + LEAD + "\r\n\r\n");
        request("lines without CR", "400", head(LEAD, JSON).replace("\r\n", "\n") + "Content-Length: 23\n\n" + GOOD);
        request(
                "no Host",
                "400 PROBLEM",
                head(LEAD, JSON).replace("Host: x\r\n", "") + "Content-Length: 23\r\n\r\n" + GOOD);
    }

    private void types() {
        typed("plain text", "text/plain");
        typed("a form where a lead belongs", "application/x-www-form-urlencoded");
        typed("multipart", "multipart/form-data; boundary=x");
        request("type: nothing but separators", "415", whole(LEAD, "Content-Type: ;;;=\r\n", GOOD));
        typed("an open quote", "application/json; charset=\"");
        typed("charset UTF-16", "application/json; charset=utf-16");
        typed("a charset that nobody has", "application/json; charset=nosuch");
        typed("UTF-7", "application/json; charset=UTF-7");
        request("no Content-Type", "415 PROBLEM", whole(LEAD, "", GOOD));
        request("gzip", "415 PROBLEM", whole(LEAD, JSON + "Content-Encoding: gzip\r\n", "\u001f\u008b\u0008"));
        request("a control character", "400", whole(LEAD, "Content-Type: application/json\u0001\r\n", GOOD));
    }

    private void headers() {
        request(
                "a key of 4 kB",
                "400 PROBLEM",
                whole(LEAD, JSON + "Idempotency-Key: " + "k".repeat(4_000) + "\r\n", GOOD));
        request("a key of 10 kB", "431", whole(LEAD, JSON + "Idempotency-Key: " + "k".repeat(10_000) + "\r\n", GOOD));
        request(
                "a key that is not ASCII",
                "400 PROBLEM",
                whole(LEAD, JSON + "Idempotency-Key: kh\u00c3\u00b3a\r\n", GOOD));
        request("an empty key", "400 PROBLEM", whole(LEAD, JSON + "Idempotency-Key:  \r\n", GOOD));
        request("a header of 64 kB", "431", whole(LEAD, JSON + "X: " + "y".repeat(65_536) + "\r\n", GOOD));
        request("3,000 headers", "431", whole(LEAD, JSON + "X: y\r\n".repeat(3_000), GOOD));
        request("a header's name with a space", "400", whole(LEAD, JSON + "X Y: z\r\n", GOOD));
        request("a token of 7 kB", "401 PROBLEM", whole(LEAD, JSON, GOOD).replace(TOKEN, "t".repeat(7_000)));
        request(
                "a token with control characters",
                "400",
                whole(LEAD, JSON, GOOD).replace(TOKEN, "t\u0000t"));
        request("a query of 64 kB", "414", whole(LEAD + "?" + "q".repeat(65_536), JSON, GOOD));
        request("a browser", "403 PROBLEM", whole(LEAD, JSON + "Origin: https://shop.example.vn\r\n", GOOD));
    }

    private void paths() {
        path("a parameter", "404 PROBLEM", LEAD + ";x");
        path("a parameter of a segment before it", "404 PROBLEM", LEAD.replace("/crm/", "/crm;x/"));
        path("a parameter of the first segment", "404 PROBLEM", LEAD.replace("/api/", "/api;x=1/"));
        path("an encoded slash", "404", "/api%2Fcrm%2Flead");
        path("a NUL", "404 PROBLEM", LEAD + "%00");
        path("a broken escape", "400 PROBLEM", LEAD + "%zz");
        path("a broken escape of a parameter", "400 PROBLEM", LEAD + "?source=100%");
        path("a character that an address can't have", "400 PROBLEM", LEAD + "?source={shop}");
        path("an overlong dot", "405 PROBLEM", LEAD + "/%c0%ae%c0%ae");
        path("a space", "400", LEAD + " x");
        path("up to another room", "404", LEAD + "/../../../q/metrics");
        path("up to another room, encoded", "404", LEAD + "/%2e%2e/%2e%2e/q/metrics");
        path("a source that climbs", "404", FOLDER + "..%2f..%2fcrm%2flead/x/y");
        path("a source with slashes", "401 PROBLEM", FOLDER + "%2F/%2F");
        path("another case", "404", "/API/CRM/LEAD");
        path("another path of the intake", "404 PROBLEM", FOLDER);
        path("too deep a path", "404 PROBLEM", FOLDER + "a/b/c");
        path("a source that nobody has", "401 PROBLEM", FOLDER + "nosuch/nosuch");
        path("doubled slashes, which count as one", "202", "//api//crm//lead");
        path("dots that lead back", "202", "/api/crm/x/../lead");
        request("another method", "405 PROBLEM", whole(LEAD, JSON, GOOD).replace("POST", "BREW"));
        request("TRACE", "405 PROBLEM", whole(LEAD, JSON, GOOD).replace("POST", "TRACE"));
        request(
                "an id beyond 64 bits",
                "404 PROBLEM",
                whole(LEAD + "/99999999999999999999", "", "").replace("POST", "GET"));
    }

    private void batches() {
        request("an empty batch", "400 PROBLEM", whole(BATCH, NDJSON, ""));
        request("10,001 lines", "413 PROBLEM", whole(BATCH, NDJSON, "x\n".repeat(10_001)));
        request("JSON where lines belong", "415 PROBLEM", whole(BATCH, JSON, "[" + GOOD + "]"));
        request("a line of 1 GB", "413 PROBLEM", head(BATCH, NDJSON) + CHUNKED, chunk("x".repeat(65_536)));
        request("a batch of 1 GB", "413 PROBLEM", head(BATCH, NDJSON) + CHUNKED, chunk((GOOD + "\n").repeat(400)));
        request(
                "a batch that breaks off",
                "CLOSED",
                head(BATCH, NDJSON) + CHUNKED + chunk((GOOD + "\n").repeat(600)) + "zz\r\n");
    }

    private void lead(String name, String expected, String body) {
        request("JSON: " + name, expected, whole(LEAD, JSON, body));
    }

    private void typed(String name, String type) {
        request("type: " + name, "415 PROBLEM", whole(LEAD, "Content-Type: " + type + "\r\n", GOOD));
    }

    private void path(String name, String expected, String path) {
        request("path: " + name, expected, whole(path, JSON, GOOD));
    }

    private void request(String name, String expected, String bytes, String... endless) {
        cases.add(new Case(
                name,
                expected,
                bytes.getBytes(StandardCharsets.ISO_8859_1),
                String.join("", Arrays.asList(endless)).getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static String head(String path, String headers) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: " + TOKEN + "\r\n"
                + headers;
    }

    private static String whole(String path, String headers, String body) {
        return head(path, headers) + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    private static String end() {
        return "0\r\n\r\n";
    }

    /** A batch as large as one may be, whose lines are all wrong. */
    static byte[] largest() {
        String line = "x".repeat(1_397) + "\n";
        return whole(BATCH, NDJSON, line.repeat(3_000)).getBytes(StandardCharsets.ISO_8859_1);
    }
}
