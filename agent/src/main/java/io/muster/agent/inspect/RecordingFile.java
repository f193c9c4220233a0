package io.muster.agent.inspect;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.agent.provider.Exchange;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/** A recording as a JSON file that its owner alone can read; never in place of another file. */
public final class RecordingFile {
  /** The layout; a reader refuses one that it doesn't know. */
  public static final String FORMAT = "muster-recording-1";

  /** Down to the rows of {@code data}; each row is one line. */
  private static final int INDENTED_LEVELS = 2;

  private static final ObjectMapper JSON = new ObjectMapper();

  private RecordingFile() {}

  /**
   * Writes it.
   *
   * @throws java.nio.file.FileAlreadyExistsException when there is such a file
   */
  public static void write(Path file, Recording recording) throws IOException {
    try (Writer out = open(file);
        JsonGenerator json = JSON.getFactory().createGenerator(out)) {
      DefaultIndenter indenter = new DefaultIndenter(" ", "\n");
      json.setPrettyPrinter(
          new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter));
      json.writeStartObject();
      json.writeStringField("format", FORMAT);
      json.writeStringField("provider", recording.provider());
      json.writeStringField("agent", recording.agentVersion());
      json.writeStringField("recordedAt", recording.recordedAt().toString());
      json.writePOJOField("server", recording.server());
      json.writePOJOField("times", recording.times());
      json.writeArrayFieldStart("calls");
      for (Exchange exchange : recording.exchanges()) {
        write(json, exchange);
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static Writer open(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    boolean posix = absolute.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] attributes =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    WritableByteChannel channel =
        Files.newByteChannel(
            absolute, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes);
    return new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8));
  }

  private static void write(JsonGenerator json, Exchange exchange) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("request");
    json.writeStringField("method", exchange.method());
    json.writeStringField("path", exchange.path());
    json.writeEndObject();
    json.writeStringField("at", exchange.at().toString());
    json.writeStringField("endpoint", exchange.endpoint().toString());
    json.writeNumberField("ms", exchange.elapsed().toMillis());
    if (exchange.failure() != null) {
      json.writeStringField("failure", exchange.failure().name());
      json.writeStringField("message", exchange.message());
    }
    if (exchange.status() != 0) {
      writeAnswer(json, exchange);
    }
    json.writeEndObject();
  }

  private static void writeAnswer(JsonGenerator json, Exchange exchange) throws IOException {
    json.writeNumberField("status", exchange.status());
    json.writeStringField("reason", exchange.reason());
    json.writeArrayFieldStart("headers");
    for (Exchange.Header header : exchange.headers()) {
      json.writeRawValue(JSON.writeValueAsString(new String[] {header.name(), header.value()}));
    }
    json.writeEndArray();
    json.writeNumberField("bodyBytes", exchange.bodyBytes());
    json.writeFieldName("body");
    String body = exchange.body();
    if (body == null) {
      json.writeNull();
    } else {
      write(json, JSON.readTree(body), 0);
    }
  }

  private static void write(JsonGenerator json, JsonNode node, int level) throws IOException {
    if (level == INDENTED_LEVELS || !node.isContainerNode() || node.isEmpty()) {
      json.writeRawValue(node.toString());
    } else if (node.isArray()) {
      json.writeStartArray();
      for (JsonNode element : node) {
        write(json, element, level + 1);
      }
      json.writeEndArray();
    } else {
      json.writeStartObject();
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        json.writeFieldName(field.getKey());
        write(json, field.getValue(), level + 1);
      }
      json.writeEndObject();
    }
  }
}
