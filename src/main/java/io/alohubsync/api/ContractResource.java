package io.alohubsync.api;

import io.alohubsync.access.Role;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The contract of this API: {@code docs/openapi-operations.yaml}, as it was packaged. */
@Path("/api/v1/openapi.yaml")
@RunOnVirtualThread
public class ContractResource {

    private static final String FILE = "/docs/openapi-operations.yaml";

    @GET
    @RolesAllowed(Role.VIEWER)
    public Response contract() throws IOException {
        try (InputStream file = Objects.requireNonNull(ContractResource.class.getResourceAsStream(FILE), FILE)) {
            return Response.ok(file.readAllBytes(), "application/yaml; charset=UTF-8")
                    .build();
        }
    }

    @ServerExceptionMapper(Throwable.class)
    public Response fault(Throwable fault, HttpHeaders headers) {
        return Answers.of(fault, headers);
    }
}
