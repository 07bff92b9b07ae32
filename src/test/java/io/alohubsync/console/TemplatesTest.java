package io.alohubsync.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.access.Guarded;
import io.quarkus.security.Authenticated;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every page of the console keeps to: proofs in its forms, no script or style inside, and a role for each method. */
class TemplatesTest {

    private static final Path FOLDER = Path.of("src/main/resources/templates");
    private static final Pattern POST_FORM = Pattern.compile("<form method=\"post\"[^>]*>(.*?)</form>", Pattern.DOTALL);
    private static final List<Class<?>> RESOURCES = List.of(
            LoginResource.class,
            OverviewResource.class,
            ProblemsResource.class,
            CustomersResource.class,
            ImportResource.class,
            AccountsResource.class,
            ActivityResource.class,
            TokensResource.class);

    /** It reads its form as it comes; ConsoleIT has it refused without its proof. */
    private static final String GUARDS_ITSELF = "ImportResource#receive";

    private static List<Path> templates() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void each_form_that_changes_something_carries_the_proof() throws IOException {
        int forms = 0;
        for (Path template : templates()) {
            Matcher form = POST_FORM.matcher(Files.readString(template));
            while (form.find()) {
                forms++;
                boolean proves = form.group(1).contains("name=\"proof\"");
                assertTrue(proves || template.endsWith("login.html"), template + ": " + form.group());
            }
        }
        assertTrue(forms > 8, forms + " forms");
    }

    @Test
    void no_page_has_a_script_or_a_style_inside_that_its_policy_would_refuse() throws IOException {
        List<String> found = new ArrayList<>();
        Pattern inline = Pattern.compile("<script(?![^>]*\\ssrc=)|<style|\\sstyle=|\\son[a-z]+=|javascript:|\\.raw\\b");
        for (Path template : templates()) {
            Matcher match = inline.matcher(Files.readString(template));
            while (match.find()) {
                found.add(template.getFileName() + ": " + match.group());
            }
        }
        assertEquals(List.of(), found);
    }

    @Test
    void each_method_names_its_role_and_each_class_is_guarded() throws IOException {
        List<String> named =
                RESOURCES.stream().map(Class::getSimpleName).sorted().toList();
        try (Stream<Path> files = Files.list(Path.of("src/main/java/io/alohubsync/console"))) {
            assertEquals(
                    files.map(file -> file.getFileName().toString())
                            .filter(file -> file.endsWith("Resource.java"))
                            .map(file -> file.replace(".java", ""))
                            .sorted()
                            .toList(),
                    named);
        }
        for (Class<?> resource : RESOURCES) {
            for (Method method : resource.getDeclaredMethods()) {
                assertTrue(
                        !method.isAnnotationPresent(POST.class)
                                || resource.isAnnotationPresent(Guarded.class)
                                || method.isAnnotationPresent(Guarded.class)
                                || GUARDS_ITSELF.equals(resource.getSimpleName() + "#" + method.getName()),
                        method.toString());
                if (method.isAnnotationPresent(GET.class) || method.isAnnotationPresent(POST.class)) {
                    assertTrue(
                            method.isAnnotationPresent(RolesAllowed.class)
                                    || (resource == LoginResource.class
                                            && (method.isAnnotationPresent(PermitAll.class)
                                                    || method.isAnnotationPresent(Authenticated.class))),
                            method.toString());
                }
            }
        }
    }
}
