package io.alohubsync.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupsClaimTest {

    private static final JsonObject KEYCLOAK = new JsonObject("""
            {"groups": "staff",
             "realm_access": {"roles": ["alohub-viewer", "offline_access"]},
             "resource_access": {"my.console": {"roles": ["alohub-admin"]}, "my": "other"},
             "https://shop.example/groups": ["alohub-operator"],
             "urn:shop.groups": ["alohub-operator"]}
            """);

    @Test
    void groups_are_a_list_or_a_text() {
        assertEquals(Set.of("staff"), new GroupsClaim("groups").in(KEYCLOAK));
        assertEquals(Set.of("alohub-viewer", "offline_access"), new GroupsClaim("realm_access/roles").in(KEYCLOAK));
        assertEquals(Set.of("alohub-viewer", "offline_access"), new GroupsClaim("realm_access.roles").in(KEYCLOAK));
    }

    @ParameterizedTest
    @ValueSource(strings = {"resource_access/my.console/roles", "resource_access.my.console.roles"})
    void a_name_on_the_path_may_have_dots(String path) {
        assertEquals(Set.of("alohub-admin"), new GroupsClaim(path).in(KEYCLOAK));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://shop.example/groups", "urn:shop.groups"})
    void a_name_with_separators_is_found_as_it_is(String path) {
        assertEquals(Set.of("alohub-operator"), new GroupsClaim(path).in(KEYCLOAK));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", ".", "roles", "realm_access", "realm_access/", "/groups", "groups/staff", "a/b/c"})
    void what_leads_nowhere_gives_no_group(String path) {
        assertEquals(Set.of(), new GroupsClaim(path).in(KEYCLOAK));
    }
}
