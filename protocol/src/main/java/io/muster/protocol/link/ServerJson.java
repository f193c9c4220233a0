package io.muster.protocol.link;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.protocol.Fingerprint;
import io.muster.protocol.KubernetesServer;
import io.muster.protocol.KubernetesServer.Access;
import io.muster.protocol.OpenStackServer;
import io.muster.protocol.OpenStackServer.Credential;
import io.muster.protocol.ProviderKind;
import io.muster.protocol.ProxmoxServer;
import io.muster.protocol.ProxmoxToken;
import io.muster.protocol.Server;
import io.muster.protocol.ServerEntry;
import io.muster.protocol.ServerId;
import io.muster.protocol.TlsTrust;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A server in the keys of the inventory file. Values stand for themselves: no variable, no file and
 * no path of the reader's machine is looked up.
 */
final class ServerJson {
  private ServerJson() {}

  static ObjectNode write(Server server) {
    ObjectNode to = JsonNodeFactory.instance.objectNode();
    ServerEntry entry = server.entry();
    to.put("id", entry.id().toString()).put("name", entry.name());
    to.put("provider", server.kind().label()).put("enabled", entry.enabled());
    Duration interval = entry.interval();
    if (interval != null) {
      to.put("intervalSeconds", interval.toSeconds());
    }
    to.put("route", entry.route());
    entry.tags().forEach(to.putArray("tags")::add);
    put(to, "proxy", entry.proxy());
    switch (server) {
      case ProxmoxServer proxmox -> write(proxmox, to);
      case KubernetesServer kubernetes -> write(kubernetes, to);
      case OpenStackServer openStack -> write(openStack, to);
    }
    return to;
  }

  private static void write(ProxmoxServer server, ObjectNode to) {
    to.putArray("urls");
    server.urls().forEach(url -> to.withArray("urls").add(url.toString()));
    ObjectNode nodes = to.putObject("nodeAddresses");
    server.nodeAddresses().forEach((node, url) -> nodes.put(node, url.toString()));
    write(server.token(), "tokenId", "tokenSecret", to);
    ProxmoxToken action = server.actionToken();
    if (action != null) {
      write(action, "actionTokenId", "actionTokenSecret", to);
    }
    write(server.tls(), to);
  }

  private static void write(ProxmoxToken token, String id, String secret, ObjectNode to) {
    to.put(id, token.id()).put(secret, token.secret().reveal());
  }

  private static void write(KubernetesServer server, ObjectNode to) {
    switch (server.access()) {
      case Access.KubeConfig config -> {
        to.put("kubeConfig", config.text().reveal());
        put(to, "kubeConfigContext", config.context());
      }
      case Access.InCluster _ -> to.put("inCluster", true);
      case Access.Token token ->
          to.put("url", token.url().toString()).put("token", token.token().reveal());
    }
    put(to, "namespace", server.namespace());
    to.put("kubelet", server.kubelet());
    write(server.tls(), to);
  }

  private static void write(OpenStackServer server, ObjectNode to) {
    to.put("authUrl", server.authUrl().toString()).put("region", server.region());
    switch (server.credential()) {
      case Credential.Password user ->
          to.put("username", user.username())
              .put("password", user.password().reveal())
              .put("userDomainName", user.userDomainName())
              .put("projectName", user.projectName())
              .put("projectDomainName", user.projectDomainName());
      case Credential.Application application ->
          to.put("applicationCredentialId", application.id())
              .put("applicationCredentialSecret", application.secret().reveal());
    }
    write(server.tls(), to);
  }

  private static void write(TlsTrust tls, ObjectNode to) {
    to.put("verifyTls", tls.verify());
    tls.fingerprints().forEach(pin -> to.withArray("fingerprints").add(pin.value()));
    put(to, "caCert", tls.caCertificate());
  }

  private static void put(ObjectNode to, String key, @Nullable Object value) {
    if (value != null) {
      to.put(key, value.toString());
    }
  }

  static Server read(ObjectNode json) {
    Keys keys = new Keys(json);
    ServerEntry entry =
        new ServerEntry(
            new ServerId(keys.of("id", UUID::fromString)),
            keys.required("name"),
            keys.flag("enabled", true),
            keys.seconds("intervalSeconds"),
            keys.or("route", "direct"),
            keys.list("tags"),
            keys.optional("proxy", URI::create));
    return switch (kind(keys.required("provider"))) {
      case PROXMOX -> proxmox(entry, keys);
      case KUBERNETES -> kubernetes(entry, keys);
      case OPENSTACK -> openStack(entry, keys);
    };
  }

  private static ProviderKind kind(String label) {
    for (ProviderKind kind : ProviderKind.values()) {
      if (kind.label().equals(label)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("provider is none that this version knows");
  }

  private static Server proxmox(ServerEntry entry, Keys keys) {
    Map<String, URI> nodes = new HashMap<>();
    keys.map("nodeAddresses").forEach((node, url) -> nodes.put(node, URI.create(url)));
    return new ProxmoxServer(
        entry,
        keys.list("urls").stream().map(URI::create).toList(),
        nodes,
        new ProxmoxToken(keys.required("tokenId"), keys.secret("tokenSecret")),
        keys.has("actionTokenId")
            ? new ProxmoxToken(keys.required("actionTokenId"), keys.secret("actionTokenSecret"))
            : null,
        tls(keys));
  }

  private static Server kubernetes(ServerEntry entry, Keys keys) {
    Access access;
    if (keys.has("kubeConfig")) {
      access = new Access.KubeConfig(keys.secret("kubeConfig"), keys.text("kubeConfigContext"));
    } else if (keys.flag("inCluster", false)) {
      access = new Access.InCluster();
    } else {
      access = new Access.Token(keys.of("url", URI::create), keys.secret("token"));
    }
    return new KubernetesServer(
        entry, access, keys.text("namespace"), tls(keys), keys.flag("kubelet", false));
  }

  private static Server openStack(ServerEntry entry, Keys keys) {
    Credential credential =
        keys.has("applicationCredentialId")
            ? new Credential.Application(
                keys.required("applicationCredentialId"),
                keys.secret("applicationCredentialSecret"))
            : new Credential.Password(
                keys.required("username"),
                keys.secret("password"),
                keys.required("userDomainName"),
                keys.required("projectName"),
                keys.required("projectDomainName"));
    return new OpenStackServer(
        entry, keys.of("authUrl", URI::create), keys.required("region"), credential, tls(keys));
  }

  private static TlsTrust tls(Keys keys) {
    return new TlsTrust(
        keys.flag("verifyTls", true),
        keys.list("fingerprints").stream().map(Fingerprint::new).toList(),
        keys.text("caCert"));
  }
}
