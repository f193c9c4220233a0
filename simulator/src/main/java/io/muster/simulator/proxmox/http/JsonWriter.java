package io.muster.simulator.proxmox.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Writes answers as Perl does: keys in no order, floats with 15 digits, whole floats as integers.
 */
final class JsonWriter {
  private static final MathContext PERL_DIGITS = new MathContext(15);

  private final JsonFactory factory = new JsonFactory();
  private final @Nullable Random order;

  /**
   * @param order what shuffles the keys, or null to leave them as they are
   */
  JsonWriter(@Nullable Random order) {
    this.order = order;
  }

  String write(@Nullable Object value) {
    StringWriter out = new StringWriter();
    try (JsonGenerator generator = factory.createGenerator(out)) {
      writeValue(generator, value);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write JSON to memory", e);
    }
    return out.toString();
  }

  private void writeValue(JsonGenerator out, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> out.writeNull();
      case Map<?, ?> map -> writeObject(out, map);
      case Iterable<?> list -> {
        out.writeStartArray();
        for (Object element : list) {
          writeValue(out, element);
        }
        out.writeEndArray();
      }
      case Boolean flag -> out.writeBoolean(flag);
      case Float number -> out.writeNumber(perl(number.doubleValue()));
      case Double number -> out.writeNumber(perl(number));
      case Number number -> out.writeNumber(number.toString());
      default -> out.writeString(value.toString());
    }
  }

  private void writeObject(JsonGenerator out, Map<?, ?> map) throws IOException {
    List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
    if (order != null) {
      Collections.shuffle(entries, order);
    }
    out.writeStartObject();
    for (Map.Entry<?, ?> entry : entries) {
      out.writeFieldName(String.valueOf(entry.getKey()));
      writeValue(out, entry.getValue());
    }
    out.writeEndObject();
  }

  private static BigDecimal perl(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("JSON has no " + number);
    }
    BigDecimal rounded = new BigDecimal(number).round(PERL_DIGITS).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }
}
