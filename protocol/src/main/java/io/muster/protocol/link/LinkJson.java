package io.muster.protocol.link;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import io.muster.protocol.ServerId;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Messages as JSON, one object each with its {@code type}; unknown fields are ignored. */
public final class LinkJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, new Writer<>(Instant.class))
                  .addDeserializer(Instant.class, new Reader<>(Instant.class, Instant::parse))
                  .addSerializer(ServerId.class, new Writer<>(ServerId.class))
                  .addDeserializer(
                      ServerId.class,
                      new Reader<>(ServerId.class, text -> new ServerId(UUID.fromString(text)))))
          .build();

  private LinkJson() {}

  public static String write(AgentMessage message) {
    return written(message);
  }

  public static String write(ControlMessage message) {
    return written(message);
  }

  /** An inventory as it is kept. */
  public static byte[] write(KeptInventory inventory) {
    try {
      return JSON.writeValueAsBytes(inventory);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write an inventory", e);
    }
  }

  /**
   * What an agent said.
   *
   * @throws LinkMessageException when it is no message
   */
  public static AgentMessage readAgent(String text) throws LinkMessageException {
    return read(text, AgentMessage.class);
  }

  /**
   * What the control API said.
   *
   * @throws LinkMessageException when it is no message
   */
  public static ControlMessage readControl(String text) throws LinkMessageException {
    return read(text, ControlMessage.class);
  }

  /**
   * An inventory as it was kept.
   *
   * @throws LinkMessageException when it is none
   */
  public static KeptInventory readInventory(byte[] json) throws LinkMessageException {
    try {
      return JSON.readValue(json, KeptInventory.class);
    } catch (IOException e) {
      throw explained(e);
    }
  }

  private static String written(Object message) {
    try {
      return JSON.writeValueAsString(message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "Cannot write a message " + message.getClass().getSimpleName(), e);
    }
  }

  private static <T> T read(String text, Class<T> family) throws LinkMessageException {
    try {
      T message = JSON.readValue(text, family);
      if (message == null) {
        throw new LinkMessageException("a message must be an object", null);
      }
      return message;
    } catch (JsonProcessingException e) {
      throw explained(e);
    }
  }

  /** With the place and never with what stands there: Jackson's own words may quote a secret. */
  private static LinkMessageException explained(IOException e) {
    if (e instanceof InvalidTypeIdException unknown && unknown.getTypeId() != null) {
      String type = unknown.getTypeId().matches("[a-z-]{1,40}") ? unknown.getTypeId() : "?";
      return new LinkMessageException("a message of the unknown type '" + type + "'", type);
    }
    String where =
        e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
            ? mapping.getPath().stream()
                .map(step ->
                    step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."))
            : "its start";
    return new LinkMessageException("a message that can't be read at " + where, null);
  }

  private static final class Writer<T> extends StdScalarSerializer<T> {
    private static final long serialVersionUID = 1L;

    Writer(Class<T> type) {
      super(type);
    }

    @Override
    public void serialize(T value, JsonGenerator to, SerializerProvider provider)
        throws IOException {
      to.writeString(value.toString());
    }
  }

  private static final class Reader<T> extends StdScalarDeserializer<T> {
    private static final long serialVersionUID = 1L;

    private final transient Function<String, T> make;

    Reader(Class<T> type, Function<String, T> make) {
      super(type);
      this.make = make;
    }

    @Override
    public T deserialize(JsonParser from, DeserializationContext context) throws IOException {
      try {
        return make.apply(from.getValueAsString(""));
      } catch (DateTimeException | IllegalArgumentException e) {
        throw JsonMappingException.from(from, "not what it must be");
      }
    }
  }
}
