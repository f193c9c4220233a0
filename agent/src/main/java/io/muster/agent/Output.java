package io.muster.agent;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.muster.agent.provider.Snapshot;
import io.muster.protocol.Fingerprint;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** How the verbs print. */
final class Output {
  private static final String GAP = "  ";

  private Output() {}

  static PrintWriter of(@Nullable CommandSpec spec) {
    return spec == null ? Main.commandLine().getOut() : spec.commandLine().getOut();
  }

  /** Columns as wide as their widest cell; the first row is the heading. */
  static void table(PrintWriter out, List<List<String>> rows) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(row.get(i)).repeat(" ", widths[i] - row.get(i).length()).append(GAP);
      }
      out.println(line.toString().stripTrailing());
    }
  }

  /** Records as objects, times as ISO 8601, words of the platform vocabulary as in the columns. */
  static void json(PrintWriter out, Object value) {
    try {
      out.println(mapper().writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot print the answer as JSON", e);
    }
  }

  private static ObjectMapper mapper() {
    SimpleModule module = new SimpleModule();
    module.addSerializer(Instant.class, ToStringSerializer.instance);
    module.addSerializer(Duration.class, ToStringSerializer.instance);
    module.addSerializer(Fingerprint.class, ToStringSerializer.instance);
    module.addSerializer(new LabelSerializer());
    module.setMixInAnnotation(Snapshot.class, SnapshotAsSeen.class);
    return new ObjectMapper().registerModule(module).enable(SerializationFeature.INDENT_OUTPUT);
  }

  /** Where to go on is for the agent alone. */
  @JsonIgnoreProperties("progress")
  private interface SnapshotAsSeen {}

  /** {@code NOT_READY} as {@code not-ready}: every vocabulary is written so. */
  @SuppressWarnings("rawtypes")
  private static final class LabelSerializer extends StdSerializer<Enum> {
    private static final long serialVersionUID = 1L;

    LabelSerializer() {
      super(Enum.class);
    }

    @Override
    public void serialize(Enum value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(value.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
  }
}
