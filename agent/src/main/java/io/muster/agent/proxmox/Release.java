package io.muster.agent.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Proxmox VE version, from {@code /version}.
 *
 * @param text such as {@code 9.2.11}, {@code 7.4-17}
 */
record Release(String text, int major, int minor, int patch) {
  private static final Pattern NUMBERS =
      Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?:[.-](\\d{1,4}))?.*");

  static Release read(JsonNode data) throws MalformedAnswerException {
    String text = Json.required(Json.object(data), "version");
    Matcher matcher = NUMBERS.matcher(text);
    if (!matcher.matches()) {
      throw new MalformedAnswerException("`version` is '" + Json.shorten(text) + "'");
    }
    String patch = matcher.group(3);
    return new Release(
        text,
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        patch == null ? 0 : Integer.parseInt(patch));
  }

  boolean atLeast(int otherMajor, int otherMinor, int otherPatch) {
    if (major != otherMajor) {
      return major > otherMajor;
    }
    if (minor != otherMinor) {
      return minor > otherMinor;
    }
    return patch >= otherPatch;
  }
}
