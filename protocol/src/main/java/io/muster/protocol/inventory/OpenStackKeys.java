package io.muster.protocol.inventory;

import io.muster.protocol.OpenStackServer;
import io.muster.protocol.OpenStackServer.Credential;
import io.muster.protocol.Secret;
import io.muster.protocol.Server;
import io.muster.protocol.ServerEntry;
import io.muster.protocol.TlsTrust;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an entry of an OpenStack cloud. */
final class OpenStackKeys {
  private static final List<String> PASSWORD_KEYS =
      List.of("username", "password", "userDomainName", "projectName", "projectDomainName");
  private static final List<String> APPLICATION_KEYS =
      List.of("applicationCredentialId", "applicationCredentialSecret");

  /** The domain that every Keystone is set up with. */
  private static final String DEFAULT_DOMAIN = "Default";

  private OpenStackKeys() {}

  /** Null = something is wrong with it, and told. */
  static @Nullable Server read(Entry entry, String site) {
    ServerEntry common = CommonKeys.entry(entry, site);
    String expected = "Keystone's address, such as https://cloud.example.org:5000/v3";
    String address = entry.required("authUrl", expected);
    URI authUrl =
        address == null ? null : entry.make("authUrl", address, expected, Addresses::http);
    String region = entry.required("region", "the region's name, such as RegionOne");
    Credential credential = credential(entry);
    TlsTrust tls = CommonKeys.tls(entry);
    if (common == null
        || authUrl == null
        || region == null
        || credential == null
        || tls == null
        || !entry.isSound()) {
      return null;
    }
    return new OpenStackServer(common, authUrl, region, credential, tls);
  }

  private static @Nullable Credential credential(Entry entry) {
    List<String> password = entry.present(PASSWORD_KEYS);
    boolean application = !entry.present(APPLICATION_KEYS).isEmpty();
    if (application && !password.isEmpty()) {
      entry.problem(
          password.getFirst(),
          "no "
              + password.getFirst()
              + " with an application credential: it carries user and project");
      return null;
    }
    if (!application && password.isEmpty()) {
      entry.problem(
          "username",
          "username, password and projectName, or applicationCredentialId and"
              + " applicationCredentialSecret");
      return null;
    }
    return application ? application(entry) : password(entry);
  }

  private static @Nullable Credential application(Entry entry) {
    String id = entry.required("applicationCredentialId", "the application credential's id");
    String secret =
        entry.required("applicationCredentialSecret", "the application credential's secret");
    return id == null || secret == null ? null : new Credential.Application(id, new Secret(secret));
  }

  private static @Nullable Credential password(Entry entry) {
    String username = entry.required("username", "the user that password belongs to");
    String password = entry.required("password", "the password of username");
    String project = entry.required("projectName", "the project to sign in to");
    String userDomain = domain(entry, "userDomainName");
    String projectDomain = domain(entry, "projectDomainName");
    if (username == null
        || password == null
        || project == null
        || userDomain == null
        || projectDomain == null) {
      return null;
    }
    return new Credential.Password(
        username, new Secret(password), userDomain, project, projectDomain);
  }

  private static @Nullable String domain(Entry entry, String key) {
    return entry.has(key) ? entry.required(key, "the name of a domain") : DEFAULT_DOMAIN;
  }
}
