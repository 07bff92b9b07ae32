package io.alohubsync.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * People with the console open, as their browsers ask: pages that refresh themselves, and others
 * that they open.
 */
final class Viewers {

    private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^ ]+?:(\\d+)");
    private static final Pattern GROUP = Pattern.compile("href=\"(/problems/[A-Za-z0-9_-]{20,})\"");
    private static final long REFRESH_MILLIS = 5000; // as assets/console.js
    private static final int REFRESHES_BETWEEN_PAGES = 4;
    private static final long BETWEEN_MILLIS = 15; // port 8080 answers a hundred requests of a second at once
    private static final List<String> LIVE = List.of("/", "/problems");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private final Map<String, String> pages = new LinkedHashMap<>();
    private final Map<String, List<Double>> times = new ConcurrentHashMap<>();

    private Viewers(String url) {
        this.url = url;
    }

    static Viewers of(Program daemon, Database database) throws IOException, SQLException, InterruptedException {
        Matcher listening = LISTENING.matcher(daemon.output());
        if (!listening.find()) {
            throw new IllegalStateException("The daemon does not listen:\n" + daemon.output());
        }
        Viewers viewers = new Viewers("http://127.0.0.1:" + listening.group(1));
        viewers.pages.put("overview", "/");
        viewers.pages.put("problems", "/problems");
        List<String> groups = new ArrayList<>();
        Matcher group = GROUP.matcher(viewers.get("/problems", false));
        while (group.find()) {
            groups.add(group.group(1));
        }
        viewers.pages.put("largestGroup", groups.getFirst());
        viewers.pages.put("smallestGroup", groups.getLast());
        viewers.pages.put("searchByName", "/customers?q=kh%C3%A1ch%20h%C3%A0ng%207777");
        viewers.pages.put("searchByPhone", "/customers?q=0700007777");
        viewers.pages.put("customersByStatus", "/customers?status=DEAD");
        viewers.pages.put(
                "customer", "/customers/" + database.one("SELECT customer_id FROM alohub.due WHERE dead LIMIT 1"));
        viewers.pages.put("accounts", "/accounts");
        viewers.pages.put("activity", "/activity");
        return viewers;
    }

    private String get(String path, boolean refresh) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .header("X-Forwarded-User", "bench")
                .header("X-Forwarded-Groups", "alohub-viewer");
        if (refresh) {
            request.header("X-Refresh", "1");
        }
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + " answered " + answer.statusCode());
        }
        return answer.body();
    }

    private void time(String name, String path, boolean refresh) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        get(path, refresh);
        times.computeIfAbsent(name, none -> Collections.synchronizedList(new ArrayList<>()))
                .add((System.nanoTime() - begun) / 1e6);
    }

    /** Those that refresh themselves. */
    void refreshEachInTurn(int times) throws IOException, InterruptedException {
        for (int i = 0; i < times; i++) {
            for (String page : LIVE) {
                time("refresh", page, true);
            }
        }
    }

    /** Until it is over. @param working they open other pages now and then */
    CompletableFuture<Void> look(int people, boolean working, AtomicBoolean over) {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < people; i++) {
            int person = i;
            all.add(CompletableFuture.runAsync(() -> look(person, people, working, over), threads));
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .whenComplete((done, failure) -> threads.shutdown());
    }

    private void look(int person, int people, boolean working, AtomicBoolean over) {
        List<Map.Entry<String, String>> others = List.copyOf(pages.entrySet());
        try {
            TimeUnit.MILLISECONDS.sleep(REFRESH_MILLIS * person / people);
            for (int turn = person; !over.get(); turn++) {
                if (working && turn % REFRESHES_BETWEEN_PAGES == 0) {
                    Map.Entry<String, String> page = others.get(turn / REFRESHES_BETWEEN_PAGES % others.size());
                    time(page.getKey(), page.getValue(), false);
                }
                time("refresh", LIVE.get(person % LIVE.size()), true);
                TimeUnit.MILLISECONDS.sleep(REFRESH_MILLIS);
            }
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    void openEachInTurn(int times) throws IOException, InterruptedException {
        for (int i = 0; i < times; i++) {
            for (Map.Entry<String, String> page : pages.entrySet()) {
                time(page.getKey(), page.getValue(), false);
                TimeUnit.MILLISECONDS.sleep(BETWEEN_MILLIS);
            }
        }
    }

    void forget() {
        times.clear();
    }

    /** The p95 of each page, by its name and that ending; unknown where it was not opened. */
    Map<String, Double> millis(String ending) {
        Map<String, Double> all = new LinkedHashMap<>();
        for (Map.Entry<String, List<Double>> page : times.entrySet()) {
            List<Double> sorted = page.getValue().stream().sorted().toList();
            all.put(page.getKey() + "MillisP95" + ending, sorted.get((int) (0.95 * (sorted.size() - 1))));
        }
        return all;
    }
}
