package io.muster.simulator.proxmox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer as it stood on the wire. */
record WireAnswer(
    int status, String reason, List<Map.Entry<String, String>> headers, List<Byte> raw) {

  /** All values of a header, in the order in which they came. */
  List<String> header(String name) {
    return headers.stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  @Nullable String first(String name) {
    return header(name).isEmpty() ? null : header(name).getFirst();
  }

  byte[] bytes() {
    byte[] bytes = new byte[raw.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = raw.get(i);
    }
    return bytes;
  }

  String body() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  JsonNode json() {
    try {
      return new ObjectMapper().readTree(body());
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not JSON: " + body(), e);
    }
  }

  JsonNode data() {
    return json().path("data");
  }
}
