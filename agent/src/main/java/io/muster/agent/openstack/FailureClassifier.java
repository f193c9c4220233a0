package io.muster.agent.openstack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.muster.protocol.Failure;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.jspecify.annotations.Nullable;

/** Which {@link Failure} a bad status or a broken connection is. */
final class FailureClassifier {
  private FailureClassifier() {}

  /**
   * @param where such as {@code GET /v2.1/servers/detail at https://cloud:8774}
   * @param reason the service's own sentence
   */
  static CallException status(int status, String where, String reason) {
    String message = where + ": " + status + (reason.isEmpty() ? "" : " " + reason);
    return new CallException(failure(status), status, message + advice(status, reason), null);
  }

  private static Failure failure(int status) {
    return switch (status) {
      case 401 -> Failure.UNAUTHORIZED;
      case 403 -> Failure.FORBIDDEN;
      case 400, 405, 406, 415 -> Failure.BUG;
      case 407 -> Failure.UNREACHABLE;
      case 408, 425, 429, 502, 503, 504 -> Failure.OVERLOADED;
      default -> Failure.UNEXPECTED_ANSWER;
    };
  }

  private static String advice(int status, String reason) {
    if (status == 407) {
      return " (the proxy wants a user and password in its URL)";
    }
    if (reason.contains("keystoneauth1.exceptions")) {
      return " (a service that this one asks is away: look at Neutron, Glance, Cinder, Placement)";
    }
    if (reason.contains("MessagingTimeout")) {
      return " (the service on the host does not answer)";
    }
    return "";
  }

  static CallException deadline(String where) {
    return new CallException(
        Failure.DEADLINE_EXCEEDED, 0, where + ": no whole answer in time", null);
  }

  /** A call that ended without a whole answer. */
  static CallException broken(String where, Exception cause) {
    return new CallException(failure(cause), 0, where + ": " + sentence(cause), cause);
  }

  /** Whether a stale kept-alive connection explains the failure: worth one repeat. */
  static boolean staleConnection(IOException cause) {
    return cause instanceof NoHttpResponseException
        || (cause instanceof SocketException
            && !(cause instanceof ConnectException)
            && !(cause instanceof NoRouteToHostException));
  }

  private static Failure failure(Exception cause) {
    if (cause instanceof JsonProcessingException
        || cause instanceof ProtocolException
        || cause instanceof MessageConstraintException
        || cause instanceof MalformedChunkCodingException
        || cause instanceof ConnectionClosedException
        || cause instanceof HttpException
        || cause.getCause() instanceof HttpException) {
      return Failure.UNEXPECTED_ANSWER;
    }
    if (cause instanceof SSLException) {
      return find(cause, EOFException.class) == null && find(cause, SocketException.class) == null
          ? Failure.TLS
          : Failure.UNREACHABLE;
    }
    if (cause instanceof ConnectTimeoutException) {
      return Failure.UNREACHABLE;
    }
    if (cause instanceof SocketTimeoutException) {
      return Failure.DEADLINE_EXCEEDED;
    }
    return cause instanceof IOException ? Failure.UNREACHABLE : Failure.BUG;
  }

  private static String sentence(Exception cause) {
    if (cause instanceof SSLException) {
      CertificateException certificate = find(cause, CertificateException.class);
      return certificate == null || certificate.getMessage() == null
          ? String.valueOf(cause.getMessage())
          : "the certificate is refused (%s): set caCert to the cloud's authority, or its fingerprint"
              .formatted(certificate.getMessage());
    }
    if (cause instanceof UnknownHostException) {
      return "no such host name";
    }
    if (cause instanceof StreamConstraintsException) {
      return "the answer has a value beyond every sensible size";
    }
    if (cause instanceof JsonEOFException || cause instanceof ConnectionClosedException) {
      return "the answer was cut off";
    }
    if (cause instanceof JsonProcessingException json) {
      return "the answer is not what this API promises: " + json.getOriginalMessage();
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
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
