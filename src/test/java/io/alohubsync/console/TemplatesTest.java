package io.alohubsync.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.access.Guarded;
import io.alohubsync.access.SameSite;
import io.quarkus.security.Authenticated;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.junit.jupiter.api.Test;

/**
 * What every page of the console keeps to: proofs in its forms, no script or style inside, and a
 * role for each method.
 */
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
            CallsResource.class,
            RejectedResource.class,
            SlowResource.class,
            TokensResource.class,
            DocsResource.class);

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

    /** Else nobody without a mouse reads the columns that a phone's width hides. */
    @Test
    void each_table_that_scrolls_is_reached_by_keyboard_and_has_a_name() throws IOException {
        Pattern scrolls = Pattern.compile("<div class=\"scroll[^>]*>");
        int tables = 0;
        for (Path template : templates()) {
            Matcher match = scrolls.matcher(Files.readString(template));
            while (match.find()) {
                tables++;
                String tag = match.group();
                assertTrue(
                        tag.contains(" tabindex=\"0\" role=\"group\" aria-label=\"{frame.t('table')}\""),
                        template + ": " + tag);
            }
        }
        assertTrue(tables > 8, tables + " tables");
    }

    /**
     * The CRM's answer, a source's reference, a reason: right-to-left marks and towers of accents
     * stay where they are.
     */
    @Test
    void words_of_others_inside_a_sentence_stay_inside_their_own_box() throws IOException {
        Pattern words = Pattern.compile(
                "(<[^<>]*>)\\{(?:event\\.row\\.(?:source|sourceRef|phone|name|email)|action\\.why"
                        + "|frame\\.said\\([a-z.A-Z]+\\))(?: [^}]*)?}|\\{(?:frame\\.said\\([a-zA-Z.]+\\)|action\\.wh?[a-z]+)}");
        int found = 0;
        for (Path template : templates()) {
            Matcher match = words.matcher(Files.readString(template));
            while (match.find()) {
                found++;
                String box = match.group(1);
                assertTrue(
                        box != null && box.matches("<bdi>|<dd>|<\\w+ class=\"(foreign|words)\">"),
                        template + ": " + match.group());
            }
        }
        assertTrue(found > 6, found + " places");
    }

    /** A value of another type would be read before {@link Choice} could name the field. */
    @Test
    void parameters_of_addresses_and_forms_are_read_as_texts() {
        for (Class<?> resource : RESOURCES) {
            for (Method method : resource.getDeclaredMethods()) {
                for (Parameter parameter : method.getParameters()) {
                    boolean isTyped = parameter.isAnnotationPresent(RestQuery.class)
                            || parameter.isAnnotationPresent(RestForm.class);
                    assertTrue(!isTyped || parameter.getType() == String.class, () -> method + " " + parameter);
                }
            }
        }
        for (Field field : CorrectionForm.class.getDeclaredFields()) {
            assertEquals(String.class, field.getType(), field::toString);
        }
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
                                || (resource == LoginResource.class && method.isAnnotationPresent(SameSite.class))
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
