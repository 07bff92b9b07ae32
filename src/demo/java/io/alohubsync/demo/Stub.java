package io.alohubsync.demo;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Alohub for measurements, in a process of its own: it takes everything and remembers nothing
 * but how many calls it had. nginx where it is installed, since it costs next to nothing; a small
 * one on Vert.x elsewhere, and where it has to be slow.
 */
public final class Stub implements AutoCloseable {

    private static final Path NGINX = Path.of("/usr/sbin/nginx");
    private static final String ANSWER = "{\"success\":\"1\",\"error_code\":\"SUCCESS\"}";
    private static final String NGINX_CONFIG = """
            daemon off; worker_processes 1; pid FOLDER/pid; error_log /dev/null;
            events { worker_connections 1024; }
            http {
              access_log off; keepalive_requests 1000000000; client_body_temp_path FOLDER/body; proxy_temp_path FOLDER/proxy;
              fastcgi_temp_path FOLDER/fastcgi; uwsgi_temp_path FOLDER/uwsgi; scgi_temp_path FOLDER/scgi;
              server {
                listen 127.0.0.1:PORT;
                location / { default_type application/json; return 200 'ANSWER'; }
                location /status { stub_status; }
              }
            }
            """;
    private static final Pattern REQUESTS = Pattern.compile("requests\\s+\\d+ \\d+ (\\d+)");

    private final Process process;
    private final String what;
    private final String url;
    private final HttpClient client = HttpClient.newHttpClient();
    private long asked;

    private Stub(Process process, String what, int port) {
        this.process = process;
        this.what = what;
        this.url = "http://127.0.0.1:" + port;
    }

    /** @param delay before each answer */
    public static Stub start(Duration delay) throws IOException, InterruptedException {
        int port = freePort();
        Stub stub = delay.isZero() && nginxCounts()
                ? new Stub(nginx(port), "nginx", port)
                : new Stub(
                        java(port, delay),
                        "Vert.x, in a JVM of its own" + (delay.isZero() ? " (nginx is not installed)" : ""),
                        port);
        stub.awaitListening();
        return stub;
    }

    private static boolean nginxCounts() throws IOException {
        if (!Files.isExecutable(NGINX)) {
            return false;
        }
        Process version = new ProcessBuilder(NGINX.toString(), "-V")
                .redirectErrorStream(true)
                .start();
        return new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .contains("http_stub_status_module");
    }

    private static Process nginx(int port) throws IOException {
        Path folder = Files.createTempDirectory("alohub-stub");
        Path config = Files.writeString(
                folder.resolve("nginx.conf"),
                NGINX_CONFIG
                        .replace("PORT", String.valueOf(port))
                        .replace("FOLDER", folder.toString())
                        .replace("ANSWER", ANSWER));
        return new ProcessBuilder(NGINX.toString(), "-c", config.toString())
                .redirectErrorStream(true)
                .start();
    }

    private static Process java(int port, Duration delay) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Stub.class.getName(),
                        String.valueOf(port),
                        String.valueOf(delay.toMillis()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitListening() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            try {
                calls();
                return;
            } catch (UncheckedIOException notYet) {
                if (!process.isAlive() || System.nanoTime() - end > 0) {
                    throw new IllegalStateException("The stub (" + what + ") does not answer", notYet);
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    /** Calls that it has had so far. */
    public synchronized long calls() {
        HttpRequest status = HttpRequest.newBuilder(URI.create(url + "/status")).build();
        try {
            Matcher found = REQUESTS.matcher(
                    client.send(status, HttpResponse.BodyHandlers.ofString()).body());
            if (!found.find()) {
                throw new IllegalStateException("The stub (" + what + ") does not count");
            }
            asked++; // it counts this question too
            return Long.parseLong(found.group(1)) - asked;
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    public String url() {
        return url;
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
    }

    @Override
    public String toString() {
        return what;
    }

    /**
     * {@code Stub port delayMillis}: the one on Vert.x. It reports the number of its requests in
     * nginx's format.
     */
    public static void main(String... arguments) throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        Buffer answer = Buffer.buffer(ANSWER);
        long delay = Long.parseLong(arguments[1]);
        AtomicLong requests = new AtomicLong();
        vertx.createHttpServer()
                .requestHandler(request -> {
                    long count = requests.incrementAndGet();
                    if (request.path().equals("/status")) {
                        request.response().end("server accepts handled requests\n 0 0 " + count + " \n");
                    } else if (delay == 0) {
                        end(request, answer);
                    } else {
                        vertx.setTimer(delay, timer -> end(request, answer));
                    }
                })
                .listen(Integer.parseInt(arguments[0]), "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        Thread.currentThread().join();
    }

    private static void end(HttpServerRequest request, Buffer answer) {
        request.response().putHeader("Content-Type", "application/json").end(answer);
    }
}
