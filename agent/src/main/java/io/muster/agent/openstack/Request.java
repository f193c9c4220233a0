package io.muster.agent.openstack;

import io.muster.protocol.Secret;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One question to a service.
 *
 * @param token null = it needs none
 * @param login what is sent to sign in; null = a GET
 */
record Request(
    URI url, Map<String, String> headers, @Nullable Secret token, @Nullable Login login) {
  static Request signIn(URI url, Login login) {
    return new Request(url, Map.of(), null, login);
  }

  String method() {
    return login == null ? "GET" : "POST";
  }

  /** Without the query. */
  String where() {
    return method()
        + " "
        + url.getRawPath()
        + " at "
        + url.getScheme()
        + "://"
        + url.getAuthority();
  }
}
