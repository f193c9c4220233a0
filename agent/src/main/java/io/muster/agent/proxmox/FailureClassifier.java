package io.muster.agent.proxmox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.muster.agent.provider.DeniedAddressException;
import io.muster.agent.proxmox.CallException.Reach;
import io.muster.protocol.Failure;
import java.io.EOFException;
import java.io.IOException;
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

/** Which {@link Failure} a bad status or a broken connection is, and how far it reaches. */
final class FailureClassifier {
  private static final int FIRST_PEER_STATUS = 595;
  private static final int LAST_PEER_STATUS = 599;

  private FailureClassifier() {}

  /**
   * @param where such as {@code GET /version at https://pve1:8006}
   * @param reason the platform's text: JSON message, else reason phrase
   */
  static CallException status(int status, String where, String reason) {
    String message = where + ": " + status + (reason.isEmpty() ? "" : " " + reason);
    if (status >= FIRST_PEER_STATUS && status <= LAST_PEER_STATUS) {
      boolean slow = status == 596 && reason.contains("timed out");
      return new CallException(
          slow ? Failure.OVERLOADED : Failure.UNREACHABLE, Reach.NODE, status, message, null);
    }
    return switch (status) {
      case 401 ->
          new CallException(
              Failure.UNAUTHORIZED,
              Reach.EVERYWHERE,
              status,
              message + " (the token is wrong, disabled or expired)",
              null);
      case 403 -> new CallException(Failure.FORBIDDEN, Reach.CALL, status, message, null);
      case 400 -> new CallException(Failure.BUG, Reach.CALL, status, message, null);
      case 407 ->
          new CallException(
              Failure.UNREACHABLE,
              Reach.ADDRESS,
              status,
              message + " (the proxy wants a user and password in its URL)",
              null);
      case 408, 425, 429, 502, 503, 504 ->
          new CallException(Failure.OVERLOADED, Reach.ADDRESS, status, message, null);
      default -> new CallException(Failure.UNEXPECTED_ANSWER, Reach.CALL, status, message, null);
    };
  }

  /** A call that ended without a whole answer. */
  static CallException broken(String where, Exception cause) {
    Failure failure = failure(cause);
    return new CallException(failure, Reach.ADDRESS, 0, where + ": " + sentence(cause), cause);
  }

  static CallException deadline(String where) {
    return new CallException(
        Failure.DEADLINE_EXCEEDED, Reach.ADDRESS, 0, where + ": no whole answer in time", null);
  }

  /** Whether a stale kept-alive connection explains the failure: worth one repeat. */
  static boolean staleConnection(Exception cause) {
    return cause instanceof NoHttpResponseException
        || (cause instanceof java.net.SocketException
            && !(cause instanceof java.net.ConnectException)
            && !(cause instanceof java.net.NoRouteToHostException));
  }

  private static Failure failure(Exception cause) {
    if (cause instanceof MalformedAnswerException
        || cause instanceof JsonProcessingException
        || cause instanceof MessageConstraintException
        || cause instanceof MalformedChunkCodingException
        || cause instanceof ConnectionClosedException
        || cause instanceof HttpException
        || cause.getCause() instanceof HttpException) {
      return Failure.UNEXPECTED_ANSWER;
    }
    if (cause instanceof SSLException) {
      return find(cause, EOFException.class) == null ? Failure.TLS : Failure.UNREACHABLE;
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
    CertificateException certificate = find(cause, CertificateException.class);
    if (certificate != null && certificate.getMessage() != null) {
      return certificate.getMessage();
    }
    if (cause instanceof DeniedAddressException) {
      return String.valueOf(cause.getMessage());
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
      return "the answer is not JSON: " + json.getOriginalMessage();
    }
    if (cause instanceof MessageConstraintException) {
      return "the answer's header is longer than "
          + HttpSetup.MAX_HEADER_LINES
          + " lines or a line"
          + " of it than "
          + HttpSetup.MAX_LINE_LENGTH
          + " characters";
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
