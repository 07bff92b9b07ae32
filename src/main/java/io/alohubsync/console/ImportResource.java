package io.alohubsync.console;

import io.alohubsync.access.Guarded;
import io.alohubsync.access.Role;
import io.alohubsync.http.Streamed;
import io.alohubsync.operate.Declined;
import io.alohubsync.operate.RequestWait;
import io.alohubsync.operate.Why;
import io.alohubsync.operate.upload.Confirmation;
import io.alohubsync.operate.upload.Upload;
import io.alohubsync.operate.upload.UploadTerms;
import io.alohubsync.operate.upload.Uploads;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * Files of customers: upload, preview, confirm or cancel, progress, and the report of rejected
 * lines.
 */
@Path("/import")
@RunOnVirtualThread // an upload lasts for minutes
@Produces(MediaType.TEXT_HTML)
public class ImportResource {

    private static final int SHOWN = 20;

    private final Frames frames;
    private final UploadForm form;
    private final Uploads uploads;
    private final Looks looks;

    ImportResource(Frames frames, UploadForm form, Uploads uploads, Looks looks) {
        this.frames = frames;
        this.form = form;
        this.uploads = uploads;
        this.looks = looks;
    }

    /**
     * What stands in the forms of an upload.
     *
     * @param terms   of the preview, or those that were declined
     * @param problem why a form was declined; null: none was
     */
    public record Typed(
            UploadTerms terms,
            String reason,
            boolean again,
            @Nullable String problem) {}

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance imports(
                Frame frame,
                List<String> accounts,
                UploadTerms terms,
                List<UploadView> uploads,
                @Nullable String problem);

        static native TemplateInstance upload(Frame frame, UploadView view, List<String> accounts, Typed typed);
    }

    @GET
    @RolesAllowed(Role.OPERATOR)
    public TemplateInstance list(HttpServerRequest request) {
        return page(frames.of(request), UploadForm.typed(Map.of()), null);
    }

    private TemplateInstance page(Frame frame, UploadTerms typed, @Nullable String problem) {
        List<UploadView> newest = uploads.recent(SHOWN).stream()
                .map(upload -> new UploadView(upload, frame))
                .toList();
        return Templates.imports(frame, uploads.accounts(), typed, newest, problem);
    }

    /**
     * Read as it comes: the proof stands before the file. Whatever is wrong is said once the
     * browser has sent all: it shows no answer before.
     */
    @POST
    @RolesAllowed(Role.OPERATOR)
    @Consumes(MediaType.WILDCARD)
    public Response receive(HttpServerRequest request, InputStream body) {
        RequestWait.ofEachPart();
        Frame frame = frames.of(request);
        Map<String, String> fields = new HashMap<>();
        try {
            String id = form.received(request, body, fields);
            return Paths.seeOther("/import/" + id);
        } catch (Declined declined) {
            return refused(frame, fields, declined.why().status(), Errors.sentence(declined, frame));
        } catch (UploadForm.Junk junk) {
            return refused(frame, fields, junk.status(), frame.t(junk.text()));
        } catch (IOException broken) {
            return refused(frame, fields, 400, frame.t("import.broken"));
        } finally {
            UploadForm.drain(body);
        }
    }

    private Response refused(Frame frame, Map<String, String> fields, int status, String problem) {
        return Response.status(status)
                .entity(page(frame, UploadForm.typed(fields), problem))
                .build();
    }

    @GET
    @Path("{id}")
    @RolesAllowed(Role.OPERATOR)
    public TemplateInstance upload(HttpServerRequest request, @RestPath String id, @RestQuery @Nullable String done) {
        Upload upload = uploads.get(id);
        return page(frames.of(request, done), upload, new Typed(upload.terms(), "", false, null));
    }

    private TemplateInstance page(Frame frame, Upload upload, Typed typed) {
        List<String> accounts = upload.state() == Upload.State.PREVIEWED ? uploads.accounts() : List.of();
        return Templates.upload(frame, new UploadView(upload, frame), accounts, typed);
    }

    private Response again(Frame frame, Upload upload, Typed typed, Declined declined) {
        return Response.status(declined.why().status())
                .entity(page(frame.at("/import/" + upload.id()), upload, typed))
                .build();
    }

    @POST
    @Path("{id}/confirm")
    @Guarded
    @RolesAllowed(Role.OPERATOR)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response confirm(
            HttpServerRequest request,
            @RestPath String id,
            @RestForm @Nullable String preview,
            @RestForm @Nullable String reason,
            @RestForm @Nullable String again) {
        Frame frame = frames.of(request);
        boolean sure = "true".equals(again);
        try {
            Confirmation said = new Confirmation(
                    number(preview), reason, sure, frame.words().isVietnamese());
            return Paths.seeOther(
                    "/import/" + uploads.confirm(looks.actor(), id, said).id());
        } catch (Declined declined) {
            String problem = Errors.sentence(declined, frame);
            Upload upload = uploads.get(id);
            return again(frame, upload, new Typed(upload.terms(), or(reason), sure, problem), declined);
        }
    }

    /** The page sends it always, so that nothing is confirmed that it did not show. */
    private static int number(@Nullable String preview) {
        try {
            return Integer.parseInt(String.valueOf(preview));
        } catch (NumberFormatException none) {
            throw Declined.field(Why.FIELD_MISSING, "preview");
        }
    }

    @POST
    @Path("{id}/cancel")
    @Guarded
    @RolesAllowed(Role.OPERATOR)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response cancel(@RestPath String id) {
        Upload upload = uploads.cancel(looks.actor(), id);
        return Paths.seeOther("/import/" + upload.id());
    }

    /** The same file on other terms. */
    @POST
    @Path("{id}/preview")
    @Guarded
    @RolesAllowed(Role.OPERATOR)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response lookAgain(
            HttpServerRequest request,
            @RestPath String id,
            @RestForm @Nullable String account,
            @RestForm @Nullable String source,
            @RestForm @Nullable String sheet,
            @RestForm("column-phone") @Nullable String phone,
            @RestForm("column-name") @Nullable String name,
            @RestForm("column-email") @Nullable String email,
            @RestForm("column-reference") @Nullable String reference,
            @RestForm("column-version") @Nullable String version) {
        Map<String, @Nullable String> columns = new HashMap<>();
        columns.put("phone", phone);
        columns.put("name", name);
        columns.put("email", email);
        columns.put("reference", reference);
        columns.put("version", version);
        columns.values().removeIf(value -> value == null);
        Map<String, String> named = Map.copyOf(columns);
        try {
            UploadTerms terms = UploadTerms.of(account, source, sheet, named);
            return Paths.seeOther(
                    "/import/" + uploads.lookAgain(looks.actor(), id, terms).id());
        } catch (Declined declined) {
            Frame frame = frames.of(request);
            UploadTerms terms = new UploadTerms(or(account), or(source), or(sheet), named);
            return again(
                    frame, uploads.get(id), new Typed(terms, "", false, Errors.sentence(declined, frame)), declined);
        }
    }

    private static String or(@Nullable String text) {
        return text == null ? "" : text;
    }

    @GET
    @Path("{id}/report")
    @RolesAllowed(Role.OPERATOR)
    @Produces("text/csv")
    public Response report(HttpServerRequest request, @RestPath String id) throws IOException {
        RequestWait.ofEachPart();
        InputStream csv = uploads.report(looks.actor(), id);
        StreamingOutput answer = to -> {
            try (csv) {
                csv.transferTo(to);
            }
        };
        return Streamed.csv(request, answer, "rejected-" + id.substring(0, 8) + ".csv");
    }
}
