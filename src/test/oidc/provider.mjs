// An OpenID provider for tests: anybody logs in with any password. Who is called lan is in the group of the operators. Who is called tam is in
// groups that have the names of roles, which give none. Who is called chi has one group, as a text.
import Provider from "oidc-provider";

const groups = { lan: ["staff", "alohub-operator"], tam: ["admin", "operator", "viewer"], chi: "alohub-viewer" };
const port = Number(process.argv[2]);
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: "console",
      client_secret: "secret-of-the-console",
      redirect_uris: ["http://127.0.0.1/login/sso"],
      grant_types: ["authorization_code"],
      response_types: ["code"],
    },
  ],
  // The groups come for a scope of their own, as at Dex, Okta and Authelia, and also inside another claim, as at Keycloak.
  scopes: ["openid", "profile", "email", "groups", "roles"],
  claims: { openid: ["sub"], profile: ["preferred_username"], email: ["email"], groups: ["groups"], roles: ["realm_access"] },
  conformIdTokenClaims: false, // the groups stand in the ID token
  cookies: { keys: ["a-key-of-the-test"] },
  findAccount: async (context, id) => ({
    accountId: id,
    claims: async () => ({ sub: id, preferred_username: id, groups: groups[id] ?? ["staff"], realm_access: { roles: groups[id] } }),
  }),
});
// The daemon's port is known when it has started, after the provider's.
provider.Client.prototype.redirectUriAllowed = (uri) => /^https?:\/\/127\.0\.0\.1:\d+\/login\/sso$/.test(uri);
provider.listen(port, "127.0.0.1", () => console.log("ready"));
