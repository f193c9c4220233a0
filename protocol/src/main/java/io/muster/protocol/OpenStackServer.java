package io.muster.protocol;

import java.net.URI;
import java.util.Objects;

/**
 * One region of an OpenStack cloud, seen with one credential.
 *
 * @param authUrl Keystone v3, such as {@code https://cloud.example.org:5000/v3}
 */
public record OpenStackServer(
    ServerEntry entry, URI authUrl, String region, Credential credential, TlsTrust tls)
    implements Server {
  public OpenStackServer {
    Objects.requireNonNull(credential, "credential");
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
        implements Credential {}

    /** An application credential; it carries its own project. */
    record Application(String id, Secret secret) implements Credential {}
  }
}
