package io.alohubsync.daemon;

import io.alohubsync.access.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A method of the console or the API that has a role, found in the sources so that none is
 * forgotten.
 *
 * @param template of its path
 * @param role     the lowest that may call it
 */
record Route(String verb, String template, String role) {

    private static final java.nio.file.Path SOURCES = java.nio.file.Path.of("src/main/java");
    private static final Pattern CHOICE = Pattern.compile("\\{\\w+:([a-z|]+)}");

    /** In the place of a path's parameters. */
    record Values(String customer, String account, String group, String action, String upload, String token) {}

    /**
     * @param role   empty: nobody
     * @param header that proves it
     * @param proof  of the console's forms
     */
    record Caller(String role, String header, String proof) {}

    /** @param location empty: there is none */
    record Answer(int status, String location) {

        boolean isLogin() {
            return status == 303 && location.contains("/login");
        }

        /** Nothing was shown or done. */
        boolean isClosed() {
            return status >= 400 && status < 500 || isLogin();
        }

        /** The method was called, whatever it made of values that name nothing. */
        boolean isOpen() {
            return status < 500 && status != 401 && status != 403 && !isLogin();
        }
    }

    static List<Route> all() throws IOException, ClassNotFoundException {
        List<Route> routes = new ArrayList<>();
        for (Class<?> resource : resources()) {
            for (Method method : resource.getDeclaredMethods()) {
                RolesAllowed roles = method.getAnnotation(RolesAllowed.class);
                for (String verb : verbs(method)) {
                    if (roles != null) {
                        paths(resource, method).forEach(path -> routes.add(new Route(verb, path, roles.value()[0])));
                    }
                }
            }
        }
        return routes;
    }

    private static List<Class<?>> resources() throws IOException, ClassNotFoundException {
        List<Class<?>> resources = new ArrayList<>();
        for (String room : List.of("api", "console")) {
            try (Stream<java.nio.file.Path> files = Files.list(SOURCES.resolve("io/alohubsync/" + room))) {
                for (java.nio.file.Path file : files.sorted().toList()) {
                    String name = file.getFileName().toString();
                    if (name.endsWith("Resource.java")) {
                        resources.add(Class.forName("io.alohubsync." + room + "." + name.replace(".java", "")));
                    }
                }
            }
        }
        return resources;
    }

    private static List<String> verbs(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .map(type -> type.getAnnotation(HttpMethod.class))
                .filter(verb -> verb != null)
                .map(HttpMethod::value)
                .toList();
    }

    private static List<String> paths(Class<?> resource, Method method) {
        Path below = method.getAnnotation(Path.class);
        String all = resource.getAnnotation(Path.class).value() + "/" + (below == null ? "" : below.value());
        String path = all.replaceAll("/+", "/").replaceFirst("(?<=.)/$", "");
        Matcher choice = CHOICE.matcher(path);
        return choice.find()
                ? Arrays.stream(choice.group(1).split("\\|"))
                        .map(choice::replaceFirst)
                        .toList()
                : List.of(path);
    }

    String path(Values values) {
        String id = template.contains("/customers/")
                ? values.customer()
                : template.contains("actions/")
                        ? values.action()
                        : template.contains("/import") ? values.upload() : values.token();
        return template.replace("{name: .+}", "operations")
                .replaceAll("\\{(name|account)}", values.account())
                .replace("{group}", values.group())
                .replace("{id}", id);
    }

    boolean has(String caller) {
        return !caller.isEmpty() && Role.including(caller).contains(role);
    }

    /**
     * The path, and what may be taken for it: of two pages in all ways, since a second has a
     * bounded number of answers (Pace).
     */
    Set<String> spellings(String path) {
        Set<String> all = new LinkedHashSet<>(List.of(path, path + ";x", path + "%3Bx", "/" + path));
        int last = path.lastIndexOf('/');
        List<String> slashes = isPage() ? List.of("%2F", "/./", "//", ";x/", "/%2e/", "%3Bx/") : List.of("%2F", "/./");
        slashes.forEach(slash -> all.add(path.substring(0, last) + slash + path.substring(last + 1)));
        if (isPage()) {
            List.of("?x=1", ";x=1", "%2F", "/", "//", "/.", "/./", "/%2e", "%00", "/x/..")
                    .forEach(end -> all.add(path + end));
            List.of("/.", "/./", "/x/..", "/x/%2e%2e").forEach(begin -> all.add(begin + path));
        }
        return all;
    }

    private boolean isPage() {
        return verb.equals("GET") && List.of("/customers", "/tokens").contains(template);
    }

    /** Byte for byte: java.net.URI would refuse or change some paths. */
    Answer ask(int port, String spelling, Caller caller) throws IOException {
        String body = verb.equals("GET") ? "" : "proof=" + caller.proof();
        String type = template.startsWith("/api/") ? "text/plain" : "application/x-www-form-urlencoded";
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            String request = verb + " " + spelling + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                    + "\r\nConnection: close\r\n"
                    + (caller.header().isEmpty() ? "" : caller.header() + "\r\n")
                    + (body.isEmpty() ? "" : "Content-Type: " + type + "\r\nContent-Length: " + body.length() + "\r\n")
                    + "\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return answer(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static Answer answer(String text) {
        Matcher status = Pattern.compile("^HTTP/1\\.1 (\\d{3})").matcher(text);
        Matcher location = Pattern.compile("(?im)^location: (\\S*)").matcher(text);
        return new Answer(
                status.find() ? Integer.parseInt(status.group(1)) : 400, location.find() ? location.group(1) : "");
    }
}
