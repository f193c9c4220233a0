package io.muster.agent.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.muster.agent.provider.DeniedAddressException;
import io.muster.protocol.Failure;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Which {@link Failure} a bad status or a broken connection is. */
final class FailureClassifier {
  private FailureClassifier() {}

  /**
   * @param where such as {@code GET /version at https://k8s:6443}
   * @param reason the API server's own sentence
   */
  static CallException status(int status, String where, String reason) {
    String message = where + ": " + status + (reason.isEmpty() ? "" : " " + reason);
    return new CallException(failure(status), status, message + advice(status), null);
  }

  private static Failure failure(int status) {
    return switch (status) {
      case 401 -> Failure.UNAUTHORIZED;
      case 403 -> Failure.FORBIDDEN;
      case 400, 405, 415, 422 -> Failure.BUG;
      case 407 -> Failure.UNREACHABLE;
      case 408, 425, 429, 502, 503, 504 -> Failure.OVERLOADED;
      default -> Failure.UNEXPECTED_ANSWER;
    };
  }

  private static String advice(int status) {
    return switch (status) {
      case 401 -> " (the token or certificate is wrong or expired)";
      case 407 -> " (the proxy wants a user and password in its URL)";
      default -> "";
    };
  }

  static CallException deadline(String where) {
    return new CallException(
        Failure.DEADLINE_EXCEEDED, 0, where + ": no whole answer in time", null);
  }

  /** A call that ended without a whole answer. */
  static CallException broken(String where, Throwable cause) {
    return new CallException(failure(cause), 0, where + ": " + sentence(cause), cause);
  }

  private static Failure failure(Throwable cause) {
    if (find(cause, HttpConnectTimeoutException.class) != null) {
      return Failure.UNREACHABLE;
    }
    if (find(cause, HttpTimeoutException.class) != null) {
      return Failure.DEADLINE_EXCEEDED;
    }
    if (find(cause, SSLException.class) != null
        && find(cause, EOFException.class) == null
        && find(cause, SocketException.class) == null) {
      return Failure.TLS;
    }
    if (find(cause, JsonEOFException.class) != null) {
      return Failure.UNREACHABLE;
    }
    if (find(cause, JsonProcessingException.class) != null
        || find(cause, ProtocolException.class) != null) {
      return Failure.UNEXPECTED_ANSWER;
    }
    return find(cause, IOException.class) == null ? Failure.BUG : Failure.UNREACHABLE;
  }

  private static String sentence(Throwable cause) {
    CertificateException certificate = find(cause, CertificateException.class);
    if (certificate != null && certificate.getMessage() != null) {
      return certificate.getMessage();
    }
    DeniedAddressException denied = find(cause, DeniedAddressException.class);
    if (denied != null) {
      return String.valueOf(denied.getMessage());
    }
    if (find(cause, UnknownHostException.class) != null
        || find(cause, UnresolvedAddressException.class) != null) {
      return "no such host name";
    }
    if (find(cause, StreamConstraintsException.class) != null) {
      return "the answer has a value beyond every sensible size";
    }
    if (find(cause, JsonEOFException.class) != null || find(cause, EOFException.class) != null) {
      return "the answer was cut off";
    }
    JsonProcessingException json = find(cause, JsonProcessingException.class);
    if (json != null) {
      return "the answer is not what this API promises: " + json.getOriginalMessage();
    }
    Throwable root = cause;
    while (root.getCause() instanceof IOException && root.getCause().getMessage() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null ? root.getClass().getSimpleName() : message;
  }

  private static <T extends Throwable> @Nullable T find(Throwable start, Class<T> type) {
    for (Throwable at = start; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return type.cast(at);
      }
    }
    return null;
  }
}
