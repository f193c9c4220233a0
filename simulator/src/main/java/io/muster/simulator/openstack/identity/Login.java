package io.muster.simulator.openstack.identity;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.simulator.openstack.access.Account;
import io.muster.simulator.openstack.access.Accounts;
import io.muster.simulator.openstack.access.ApplicationCredential;
import io.muster.simulator.openstack.access.Role;
import io.muster.simulator.openstack.access.Token;
import io.muster.simulator.openstack.access.Tokens;
import io.muster.simulator.openstack.model.Project;
import io.muster.simulator.openstack.model.Refusal;
import io.muster.simulator.openstack.world.Cloud;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** Gives out tokens. Whatever is wrong with what somebody shows, the answer is the same. */
final class Login {
  private static final String DOMAIN_ID = "default";
  private static final String DOMAIN_NAME = "Default";

  private final Accounts accounts;
  private final Tokens tokens;
  private final Cloud cloud;

  Login(Accounts accounts, Tokens tokens, Cloud cloud) {
    this.accounts = accounts;
    this.tokens = tokens;
    this.cloud = cloud;
  }

  /** The token for what was posted. */
  Token token(JsonNode body) {
    JsonNode auth = body.path("auth");
    JsonNode identity = auth.path("identity");
    String method = identity.path("methods").path(0).asText("");
    if (!auth.isObject()) {
      throw new Refusal(400, missing("auth", "{}"));
    }
    if (!identity.isObject() || method.isEmpty()) {
      throw new Refusal(400, missing("identity", auth.toString()));
    }
    JsonNode scope = auth.path("scope");
    return switch (method) {
      case "password" -> byPassword(identity.path("password").path("user"), scope);
      case "application_credential" -> byCredential(identity.path("application_credential"), scope);
      case "token" -> byToken(identity.path("token").path("id").asText(""), scope);
      default -> throw refused();
    };
  }

  private static String missing(String what, String instance) {
    return "'%s' is a required property\n\nFailed validating 'required' in schema:\n\nOn instance:\n    %s"
        .formatted(what, instance);
  }

  static Refusal refused() {
    return new Refusal(401, "The request you have made requires authentication.");
  }

  private Token byPassword(JsonNode shown, JsonNode scope) {
    Account account = account(shown);
    if (account == null || !same(account.password(), shown.path("password").asText(""))) {
      throw refused();
    }
    return tokens.issue(account, scope(account, scope), "password", null, null);
  }

  private @Nullable Account account(JsonNode user) {
    if (user.has("id")) {
      return accounts.withId(user.path("id").asText());
    }
    return isDomain(user.path("domain")) ? accounts.named(user.path("name").asText("")) : null;
  }

  private static boolean isDomain(JsonNode domain) {
    return domain.path("id").asText("").equals(DOMAIN_ID)
        || domain.path("name").asText("").equals(DOMAIN_NAME);
  }

  private static boolean same(String secret, String shown) {
    return MessageDigest.isEqual(
        secret.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
  }

  private Token byCredential(JsonNode shown, JsonNode scope) {
    ApplicationCredential credential = credential(shown);
    boolean scoped = !scope.isMissingNode();
    if (credential == null
        || scoped
        || !same(credential.secret(), shown.path("secret").asText(""))) {
      throw refused();
    }
    return tokens.issue(
        credential.user(),
        inProject(credential.user(), credential.project()),
        "application_credential",
        credential,
        null);
  }

  private @Nullable ApplicationCredential credential(JsonNode shown) {
    if (shown.has("id")) {
      return accounts.credential(shown.path("id").asText());
    }
    Account account = account(shown.path("user"));
    String name = shown.path("name").asText("");
    for (ApplicationCredential credential : accounts.credentials()) {
      if (credential.user().equals(account) && credential.name().equals(name)) {
        return credential;
      }
    }
    return null;
  }

  private Token byToken(String id, JsonNode scope) {
    Token token = tokens.valid(id);
    if (token == null) {
      throw refused();
    }
    if (token.credential() != null) {
      throw new Refusal(
          403,
          "You are not authorized to perform the requested action: rescope a token of an"
              + " application credential.");
    }
    return tokens.issue(token.user(), scope(token.user(), scope), "token", null, token.expires());
  }

  private Token.Scope scope(Account account, JsonNode scope) {
    if (scope.isMissingNode() || scope.has("unscoped") || scope.asText("").equals("unscoped")) {
      return new Token.Scope.None();
    }
    if (scope.path("system").path("all").asBoolean()) {
      if (!account.isAdmin()) {
        throw refused();
      }
      return new Token.Scope.OfSystem();
    }
    JsonNode project = scope.path("project");
    if (project.has("id")) {
      return inProject(account, project.path("id").asText());
    }
    if (isDomain(project.path("domain"))) {
      String name = project.path("name").asText("");
      for (Project each : cloud.projects()) {
        if (each.name().equals(name)) {
          return inProject(account, each.id());
        }
      }
    }
    throw refused();
  }

  private Token.Scope inProject(Account account, String id) {
    Project project = cloud.project(id);
    Role role = account.projects().get(id);
    if (project == null || role == null) {
      throw refused();
    }
    return new Token.Scope.OfProject(project, role);
  }
}
