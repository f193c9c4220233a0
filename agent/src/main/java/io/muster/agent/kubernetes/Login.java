package io.muster.agent.kubernetes;

import io.muster.protocol.TlsTrust;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Where an API server is, and how the agent signs in to it.
 *
 * @param cluster what the cluster is called: its context, else the server's name
 * @param authorization gives the header of that name; null = by certificate alone
 * @param headers further ones: whom to impersonate
 * @param keys of a client certificate; empty = none
 * @param proxy the kubeconfig's own; null = none
 */
record Login(
    URI api,
    String cluster,
    @Nullable Authorization authorization,
    Map<String, List<String>> headers,
    List<KeyManager> keys,
    TlsTrust trust,
    @Nullable URI proxy) {
  Login {
    headers = Map.copyOf(headers);
    keys = List.copyOf(keys);
  }

  /** A credential that may change while the agent runs. */
  @FunctionalInterface
  interface Authorization {
    /** The header's value. */
    String header() throws IOException;
  }

  /** Without the credential. */
  @Override
  public String toString() {
    return "Login[api=" + api + ", cluster=" + cluster + "]";
  }
}
