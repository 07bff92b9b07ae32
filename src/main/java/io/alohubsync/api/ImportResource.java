package io.alohubsync.api;

import io.alohubsync.access.Role;
import io.alohubsync.http.Streamed;
import io.alohubsync.operate.Page;
import io.alohubsync.operate.RequestWait;
import io.alohubsync.operate.upload.Confirmation;
import io.alohubsync.operate.upload.Upload;
import io.alohubsync.operate.upload.UploadTerms;
import io.alohubsync.operate.upload.Uploads;
import io.alohubsync.spreadsheet.read.Columns;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/**
 * Files of customers: upload, preview, confirm or cancel, progress, and the report of rejected
 * lines.
 */
@Path("/api/v1/imports")
@RunOnVirtualThread // an upload lasts for minutes
public class ImportResource {

    private static final String COLUMN = "column_";

    private final Uploads uploads;
    private final Caller caller;

    ImportResource(Uploads uploads, Caller caller) {
        this.uploads = uploads;
        this.caller = caller;
    }

    /** The body is the file itself. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Role.OPERATOR)
    public Response upload(
            @QueryParam("name") @DefaultValue("") String name,
            @Context UriInfo address,
            @Context HttpHeaders headers,
            InputStream body) {
        RequestWait.ofEachPart();
        String id = new FileBody(body, headers)
                .into(() -> uploads.begin(
                        caller.acting(),
                        name,
                        terms(address.getQueryParameters()),
                        headers.getHeaderString(BulkResource.IDEMPOTENCY_KEY)));
        return Answers.created("/api/v1/imports/" + id, ImportView.of(uploads.get(id)));
    }

    private static UploadTerms terms(MultivaluedMap<String, String> parameters) {
        Map<String, String> columns = new HashMap<>();
        for (String field : Columns.FIELDS) {
            String column = parameters.getFirst(COLUMN + field);
            if (column != null) {
                columns.put(field, column);
            }
        }
        return UploadTerms.of(
                parameters.getFirst("account"), parameters.getFirst("source"), parameters.getFirst("sheet"), columns);
    }

    @GET
    @RolesAllowed(Role.OPERATOR)
    public Response list(@QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        Page<Upload> page = uploads.list(Parameters.page(limit, cursor));
        return Answers.ok(
                new ImportView.Many(page.items().stream().map(ImportView::of).toList(), page.next()));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed(Role.OPERATOR)
    public Response get(@PathParam("id") String id) {
        return Answers.ok(ImportView.of(uploads.get(id)));
    }

    /** The same file on other terms. */
    @POST
    @Path("/{id}/preview")
    @Consumes(MediaType.WILDCARD) // refused by hand, with a reason
    @RolesAllowed(Role.OPERATOR)
    public Response preview(@PathParam("id") String id, @Context HttpHeaders headers, InputStream body) {
        List<String> known = new ArrayList<>(List.of("account", "source", "sheet"));
        Columns.FIELDS.forEach(field -> known.add(COLUMN + field));
        Fields fields = Fields.read(body, headers, known.toArray(String[]::new));
        Map<String, String> columns = new HashMap<>();
        for (String field : Columns.FIELDS) {
            String column = fields.text(COLUMN + field);
            if (column != null) {
                columns.put(field, column);
            }
        }
        UploadTerms terms =
                UploadTerms.of(fields.required("account"), fields.text("source"), fields.text("sheet"), columns);
        return Answers.ok(ImportView.of(uploads.lookAgain(caller.acting(), id, terms)));
    }

    @POST
    @Path("/{id}/confirm")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Role.OPERATOR)
    public Response confirm(@PathParam("id") String id, @Context HttpHeaders headers, InputStream body) {
        Fields fields = Fields.read(body, headers, "preview_number", "reason", "again");
        Confirmation said = new Confirmation(
                fields.number("preview_number"),
                fields.text("reason"),
                fields.flag("again"),
                Answers.isVietnamese(headers));
        return Answers.ok(ImportView.of(uploads.confirm(caller.acting(), id, said)));
    }

    @POST
    @Path("/{id}/cancel")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Role.OPERATOR)
    public Response cancel(@PathParam("id") String id, @Context HttpHeaders headers, InputStream body) {
        Fields.read(body, headers);
        return Answers.ok(ImportView.of(uploads.cancel(caller.acting(), id)));
    }

    /** The rejected lines, with why. */
    @GET
    @Path("/{id}/report")
    @RolesAllowed(Role.OPERATOR)
    public Response report(@PathParam("id") String id, @Context HttpServerRequest request) throws IOException {
        RequestWait.ofEachPart();
        InputStream csv = uploads.report(caller.actor(), id);
        StreamingOutput answer = to -> {
            try (csv) {
                csv.transferTo(to);
            }
        };
        return Streamed.csv(request, answer, "rejected.csv");
    }

    @ServerExceptionMapper(Throwable.class)
    public Response fault(Throwable fault, HttpHeaders headers) {
        return Answers.of(fault, headers);
    }
}
