package io.muster.agent.proxmox;

import java.time.Instant;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** What the head of a good answer says. */
final class Answers {
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
}
