package io.muster.simulator.proxmox.http;

import io.muster.simulator.proxmox.api.Answer;
import io.muster.simulator.proxmox.api.ApiException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts results and errors into the envelopes {@code json} and {@code extjs}. */
final class Formatter {
  static final Set<String> FORMATS = Set.of("json", "extjs");

  private final JsonWriter writer;
  private final boolean errorTexts;

  /**
   * @param errorTexts whether errors carry a {@code message}, as since January 2025
   */
  Formatter(JsonWriter writer, boolean errorTexts) {
    this.writer = writer;
    this.errorTexts = errorTexts;
  }

  ApiResponse success(String format, @Nullable Object result, boolean forwarded) {
    Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
    if (result instanceof Answer(Object data, Map<String, Object> siblings)) {
      envelope.put("data", data);
      siblings.forEach((name, value) -> {
        // Perl's truth: a total of nothing is not shown.
        if (!(value instanceof Number number && number.longValue() == 0)) {
          envelope.put(name, value);
        }
      });
    } else {
      envelope.put("data", result);
    }
    if (format.equals("extjs")) {
      envelope.put("success", 1);
    }
    return ApiResponse.json(200, "OK", writer.write(envelope), forwarded);
  }

  ApiResponse failure(String format, ApiException failure) {
    return failure(format, failure.status(), textOf(failure) + "\n", failure.errors());
  }

  /** The only error whose text has no newline at its end. */
  ApiResponse notImplemented(String format, String method, String path) {
    return failure(format, 501, "Method '" + method + " " + path + "' not implemented", Map.of());
  }

  private ApiResponse failure(
      String format, int status, String message, Map<String, String> errors) {
    Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
    envelope.put("data", null);
    if (!errors.isEmpty()) {
      envelope.put("errors", errors);
    }
    if (format.equals("extjs")) {
      envelope.put("message", message);
      envelope.put("status", status);
      envelope.put("success", 0);
      return ApiResponse.json(200, "OK", writer.write(envelope), false);
    }
    if (errorTexts) {
      envelope.put("message", message);
    }
    return ApiResponse.json(status, message, writer.write(envelope), false);
  }

  private static String textOf(ApiException failure) {
    String text = failure.getMessage();
    return text == null ? "" : text;
  }
}
