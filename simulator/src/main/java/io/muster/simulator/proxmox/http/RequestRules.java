package io.muster.simulator.proxmox.http;

import io.muster.simulator.proxmox.access.Authenticator;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a request must look like before anybody asks who sent it. */
final class RequestRules {
  /** As Proxmox; more lines close the connection without an answer. */
  static final int MOST_HEADER_LINES = 64;

  /** As Proxmox; also bounds what a connection can hold in memory. */
  private static final int MOST_BODY_BYTES = 512 * 1024;

  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE");

  private RequestRules() {}

  /** The answer to a request without TLS or with a method that no API has, else null. */
  static @Nullable ApiResponse refuse(HttpRequest request, boolean encrypted) {
    if (!encrypted) {
      return toTls(request);
    }
    return METHODS.contains(request.method().name())
        ? null
        : ApiResponse.empty(501, "method '" + request.method() + "' not available");
  }

  private static ApiResponse toTls(HttpRequest request) {
    boolean reads = request.method().name().equals("GET") || request.method().name().equals("HEAD");
    String location = "https://" + request.headers().get("Host", "localhost") + request.uri();
    return reads
        ? ApiResponse.redirect(301, "Moved Permanently", location)
        : ApiResponse.redirect(308, "Permanent Redirect", location);
  }

  /** The answer to a body that comes in pieces, else null. */
  static @Nullable ApiResponse refuseEncoding(HttpRequest request) {
    String transferEncoding = request.headers().get("Transfer-Encoding");
    if (transferEncoding == null) {
      return null;
    }
    return ApiResponse.plain(
        501,
        transferEncoding.equalsIgnoreCase("chunked")
            ? "chunked transfer encoding not supported"
            : "Unknown transfer encoding '" + transferEncoding + "'");
  }

  /** The answer to a body where none may be, or that is too large or of a wrong type, else null. */
  static @Nullable ApiResponse refuseBody(RequestHead head, long length) {
    if (length == 0) {
      return null;
    }
    if (!head.method().equals("POST") && !head.method().equals("PUT")) {
      return ApiResponse.plain(501, "Unexpected content for method '" + head.method() + "'");
    }
    if (length > MOST_BODY_BYTES) {
      return ApiResponse.plain(501, "for data too large");
    }
    String contentType = head.contentType();
    if (contentType != null
        && !Set.of("application/x-www-form-urlencoded", "application/json")
            .contains(Parameters.mediaType(contentType))) {
      return ApiResponse.plain(506, "upload 'Content-Type '" + contentType + "' not implemented");
    }
    return null;
  }

  static RequestHead head(HttpRequest request) {
    HttpHeaders headers = request.headers();
    String uri = request.uri();
    int question = uri.indexOf('?');
    String rawPath = question < 0 ? uri : uri.substring(0, question);
    return new RequestHead(
        request.method().name(),
        decode(rawPath),
        question < 0 ? "" : uri.substring(question + 1),
        headers.get("Content-Type"),
        Authenticator.credentials(
            headers.get("Cookie"),
            headers.get("Authorization"),
            headers.get("CSRFPreventionToken")));
  }

  private static String decode(String rawPath) {
    try {
      // Unlike in a form, a plus is a plus.
      return QueryStringDecoder.decodeComponent(rawPath.replace("+", "%2B"));
    } catch (IllegalArgumentException e) {
      return rawPath;
    }
  }
}
