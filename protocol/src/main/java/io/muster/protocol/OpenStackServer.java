package io.muster.protocol;

import java.net.URI;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * One region of an OpenStack cloud, seen with one credential.
 *
 * @param authUrl Keystone v3, such as {@code https://cloud.example.org:5000/v3}
 */
public record OpenStackServer(
    ServerEntry entry, URI authUrl, String region, Credential credential, TlsTrust tls)
    implements Server {
  public OpenStackServer {
    Objects.requireNonNull(entry, "entry");
    Objects.requireNonNull(credential, "credential");
    Objects.requireNonNull(tls, "tls");
    // Keystone of a lab is often plain HTTP.
    Checks.address("authUrl", authUrl, new TreeSet<>(Set.of("http", "https")));
    Checks.notBlank("region", region);
  }

  @Override
  public ProviderKind kind() {
    return ProviderKind.OPENSTACK;
  }

  /** How the agent signs in at Keystone. */
  public sealed interface Credential {
    /** A user's password, scoped to a project. */
    record Password(
        String username,
        Secret password,
        String userDomainName,
        String projectName,
        String projectDomainName)
        implements Credential {
      public Password {
        Objects.requireNonNull(password, "password");
        Checks.notBlank("username", username);
        Checks.notBlank("userDomainName", userDomainName);
        Checks.notBlank("projectName", projectName);
        Checks.notBlank("projectDomainName", projectDomainName);
      }
    }

    /** An application credential; it carries its own project. */
    record Application(String id, Secret secret) implements Credential {
      public Application {
        Objects.requireNonNull(secret, "secret");
        Checks.notBlank("applicationCredentialId", id);
      }
    }
  }
}
