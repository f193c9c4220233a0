package io.muster.agent.proxmox;

import io.muster.protocol.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** What an answer says beside its data. */
final class Answers {
  /** An error's text is a sentence; more is not Proxmox. */
  private static final long MAX_ERROR_BYTES = 64L << 10;

  private Answers() {}

  /** A login page or a proxy's error would be read as no rows otherwise. */
  static void requireJson(HttpEntity entity) throws MalformedAnswerException {
    String type = entity.getContentType();
    if (type != null && !type.startsWith("application/json")) {
      throw new MalformedAnswerException(
          "the answer is " + Json.shorten(type) + ", not JSON: is this really Proxmox VE?");
    }
  }

  /** The answering machine's clock, to the second; null when it did not say. */
  static @Nullable Instant date(ClassicHttpResponse response) {
    Header date = response.getFirstHeader("Date");
    return date == null ? null : DateUtils.parseStandardDate(date.getValue());
  }

  /** The JSON message (8.4 and later) with its {@code errors}, else the reason phrase. */
  static String reason(ClassicHttpResponse response, CallTap tap, Secret secret) {
    String phrase = response.getReasonPhrase() == null ? "" : response.getReasonPhrase();
    HttpEntity entity = response.getEntity();
    String type = entity == null ? null : entity.getContentType();
    String text = phrase;
    if (entity != null && type != null && type.startsWith("application/json")) {
      try (InputStream body =
          tap.body(new BoundedInputStream(entity.getContent(), MAX_ERROR_BYTES))) {
        text = Json.errorText(Json.tree(body), phrase);
      } catch (IOException e) {
        text = phrase;
      }
    }
    return Json.shorten(text.replace(secret.reveal(), "***"));
  }
}
