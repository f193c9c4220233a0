package io.muster.agent.openstack;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.protocol.OpenStackServer.Credential;
import io.muster.protocol.Secret;

/** What Keystone is told to get a token: {@code POST /v3/auth/tokens}. */
record Login(Credential credential) {
  /** Holds the secret in clear. */
  String body() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode auth = root.putObject("auth");
    ObjectNode identity = auth.putObject("identity");
    switch (credential) {
      case Credential.Password password -> {
        identity.putArray("methods").add("password");
        ObjectNode user = identity.putObject("password").putObject("user");
        user.put("name", password.username());
        user.put("password", password.password().reveal());
        user.putObject("domain").put("name", password.userDomainName());
        ObjectNode project = auth.putObject("scope").putObject("project");
        project.put("name", password.projectName());
        project.putObject("domain").put("name", password.projectDomainName());
      }
      case Credential.Application application -> {
        identity.putArray("methods").add("application_credential");
        ObjectNode of = identity.putObject("application_credential");
        of.put("id", application.id());
        of.put("secret", application.secret().reveal());
      }
    }
    return root.toString();
  }

  Secret secret() {
    return switch (credential) {
      case Credential.Password password -> password.password();
      case Credential.Application application -> application.secret();
    };
  }

  /** What to look at when Keystone refuses: it does not tell which it was. */
  String advice() {
    return switch (credential) {
      case Credential.Password _ ->
          "wrong user, password, domain or project, or no role on the project: Keystone does not"
              + " tell which";
      case Credential.Application _ ->
          "the application credential is wrong, expired or deleted, or its user lost its role:"
              + " Keystone does not tell which";
    };
  }
}
