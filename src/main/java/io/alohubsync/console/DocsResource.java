package io.alohubsync.console;

import io.alohubsync.access.Guarded;
import io.alohubsync.access.Role;
import io.alohubsync.docs.Document;
import io.alohubsync.docs.Documents;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.RawString;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestPath;

/** The documents of this version, in the reader's language where they are written in it. */
@Path("/docs")
@Guarded
@Blocking
@Produces(MediaType.TEXT_HTML)
public class DocsResource {

    private static final String INDEX = "README";

    private final Frames frames;

    DocsResource(Frames frames) {
        this.frames = frames;
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        /** @param html is the program's own, and is not escaped */
        static native TemplateInstance document(Frame frame, Document document, RawString html, boolean isIndex);
    }

    @GET
    @RolesAllowed(Role.VIEWER)
    public TemplateInstance index(HttpServerRequest request) {
        return page(request, INDEX);
    }

    /**
     * @param name as {@code runbook/AlohubSyncDead}; with {@code vi/} or {@code en/} before it,
     *             that language
     */
    @GET
    @Path("{name: .+}")
    @RolesAllowed(Role.VIEWER)
    public TemplateInstance page(HttpServerRequest request, @RestPath String name) {
        Frame frame = frames.of(request);
        boolean inVietnamese = name.startsWith("vi/")
                || !name.startsWith("en/") && frame.words().isVietnamese();
        String plain = name.replaceFirst("^(vi|en)/", "");
        Document document = Documents.find(plain, inVietnamese).orElseThrow(NotFoundException::new);
        return Templates.document(frame, document, new RawString(document.html()), plain.equals(INDEX));
    }
}
