package io.muster.protocol.inventory;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.protocol.KubernetesServer;
import io.muster.protocol.KubernetesServer.Access;
import io.muster.protocol.OpenStackServer;
import io.muster.protocol.OpenStackServer.Credential;
import io.muster.protocol.ProxmoxServer;
import io.muster.protocol.ProxmoxToken;
import io.muster.protocol.Server;
import io.muster.protocol.ServerEntry;
import io.muster.protocol.TlsTrust;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a server as the one entry that reads back as it: one spelling of each thing, nothing left
 * to defaults that a later version might change, secrets in clear.
 */
public final class ServerJson {
  private ServerJson() {}

  /** Holds secrets: for the link and for sealed storage. */
  public static ObjectNode write(Server server) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    common(node, server.entry());
    node.put("provider", server.kind().label());
    switch (server) {
      case ProxmoxServer proxmox -> proxmox(node, proxmox);
      case KubernetesServer kubernetes -> kubernetes(node, kubernetes);
      case OpenStackServer openStack -> openStack(node, openStack);
    }
    return node;
  }

  private static void common(ObjectNode node, ServerEntry entry) {
    node.put("id", entry.id().toString());
    node.put("name", entry.name());
    node.put("enabled", entry.enabled());
    if (entry.interval() != null) {
      node.put("intervalSeconds", (int) entry.interval().toSeconds());
    }
    node.put("route", entry.route());
    ArrayNode tags = node.putArray("tags");
    entry.tags().forEach(tags::add);
    if (entry.proxy() != null) {
      node.put("proxy", entry.proxy().toString());
    }
  }

  private static void proxmox(ObjectNode node, ProxmoxServer server) {
    ArrayNode urls = node.putArray("urls");
    server.urls().forEach(url -> urls.add(url.toString()));
    if (!server.nodeAddresses().isEmpty()) {
      ObjectNode nodes = node.putObject("nodeAddresses");
      new TreeMap<>(server.nodeAddresses()).forEach((name, url) -> nodes.put(name, url.toString()));
    }
    node.put("tokenId", server.token().id());
    node.put("tokenSecret", server.token().secret().reveal());
    ProxmoxToken action = server.actionToken();
    if (action != null) {
      node.put("actionTokenId", action.id());
      node.put("actionTokenSecret", action.secret().reveal());
    }
    ArrayNode fingerprints = node.putArray("fingerprints");
    server.tls().fingerprints().forEach(pin -> fingerprints.add(pin.value()));
    tls(node, server.tls());
  }

  private static void kubernetes(ObjectNode node, KubernetesServer server) {
    switch (server.access()) {
      case Access.KubeConfig config -> {
        node.put("kubeConfig", config.text().reveal());
        putIfPresent(node, "kubeConfigContext", config.context());
      }
      case Access.InCluster() -> node.put("inCluster", true);
      case Access.Token token -> {
        node.put("url", token.url().toString());
        node.put("token", token.token().reveal());
      }
    }
    putIfPresent(node, "namespace", server.namespace());
    node.put("kubelet", server.kubelet());
    tls(node, server.tls());
  }

  private static void openStack(ObjectNode node, OpenStackServer server) {
    node.put("authUrl", server.authUrl().toString());
    node.put("region", server.region());
    switch (server.credential()) {
      case Credential.Password password -> {
        node.put("username", password.username());
        node.put("password", password.password().reveal());
        node.put("userDomainName", password.userDomainName());
        node.put("projectName", password.projectName());
        node.put("projectDomainName", password.projectDomainName());
      }
      case Credential.Application application -> {
        node.put("applicationCredentialId", application.id());
        node.put("applicationCredentialSecret", application.secret().reveal());
      }
    }
    tls(node, server.tls());
  }

  private static void tls(ObjectNode node, TlsTrust tls) {
    node.put("verifyTls", tls.verify());
    putIfPresent(node, "caCert", tls.caCertificate());
  }

  private static void putIfPresent(ObjectNode node, String key, @Nullable String value) {
    if (value != null) {
      node.put(key, value);
    }
  }
}
