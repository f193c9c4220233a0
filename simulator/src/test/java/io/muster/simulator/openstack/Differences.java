package io.muster.simulator.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** How a simulated answer differs from the recorded one. */
final class Differences {
  /** Of the connection, not of the answer. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "content-length", "content-type", "date", "transfer-encoding");

  /** Enough to know a message again; some have a whole schema in them. */
  private static final int MOST_SHOWN = 120;

  private Differences() {}

  /** One line for each difference, none for answers alike. */
  static Set<String> of(JsonNode recorded, CloudClient.Answer simulated, RecordedIds ids) {
    int status = recorded.path("status").asInt();
    if (simulated.status() != status) {
      return Set.of("status: " + status + " recorded, " + simulated.status() + " simulated");
    }
    Set<String> lines = headers(recorded.path("headers"), simulated);
    JsonNode body = recorded.path("body");
    if (body.isTextual()) {
      if (body.asText().isEmpty() != simulated.text().isEmpty()) {
        lines.add("body: '%s' recorded, '%s' simulated".formatted(body.asText(), simulated.text()));
      }
      return lines;
    }
    lines.addAll(Members.of(body).differences(Members.of(simulated.json())));
    if (status >= 400) {
      String theirs = ids.translated(message(body));
      String ours = message(simulated.json());
      if (!theirs.equals(ours)) {
        lines.add("message: '" + brief(theirs) + "' recorded, '" + brief(ours) + "' simulated");
      }
    }
    return lines;
  }

  private static Set<String> headers(JsonNode recorded, CloudClient.Answer simulated) {
    Set<String> theirs = new TreeSet<>();
    recorded.fieldNames().forEachRemaining(name -> theirs.add(name.toLowerCase(Locale.ROOT)));
    Set<String> ours = new TreeSet<>(simulated.headers().map().keySet());
    Set<String> lines = new TreeSet<>();
    for (String name : theirs) {
      if (!ours.contains(name) && !OF_THE_CONNECTION.contains(name)) {
        lines.add("header " + name + ": only recorded");
      }
    }
    for (String name : ours) {
      if (!theirs.contains(name) && !OF_THE_CONNECTION.contains(name)) {
        lines.add("header " + name + ": only simulated");
      }
    }
    String type = media(recorded.path("Content-Type").asText());
    String simulatedType = media(simulated.header("Content-Type"));
    if (!type.equals(simulatedType)) {
      lines.add("type: '%s' recorded, '%s' simulated".formatted(type, simulatedType));
    }
    return lines;
  }

  private static String media(String type) {
    return type.replaceFirst(";.*", "");
  }

  private static String brief(String message) {
    String line = message.replace('\n', ' ');
    return line.length() > MOST_SHOWN ? line.substring(0, MOST_SHOWN) + "…" : line;
  }

  private static String message(JsonNode body) {
    for (String path : List.of("/message", "/errors/0/detail")) {
      if (body.at(path).isTextual()) {
        return body.at(path).asText();
      }
    }
    return body.elements().hasNext() ? body.elements().next().path("message").asText() : "";
  }
}
