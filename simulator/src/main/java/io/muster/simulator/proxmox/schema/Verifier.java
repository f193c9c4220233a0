package io.muster.simulator.proxmox.schema;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks parameters the way Proxmox does, with its texts. */
public final class Verifier {
  private static final Pattern INTEGER = Pattern.compile("[+-]?\\d+");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?=\\d|\\.\\d)\\d*(\\.\\d*)?([Ee][+-]?\\d+)?");

  private Verifier() {}

  /**
   * What is wrong with the parameters.
   *
   * @param parameters path and request parameters by name, each with its values
   * @return a text by parameter name, empty when all is well
   */
  public static Map<String, String> faults(
      MethodSchema method, Map<String, List<String>> parameters) {
    Map<String, String> faults = new TreeMap<>();
    for (Map.Entry<String, List<String>> entry : parameters.entrySet()) {
      ParameterSchema schema = method.parameter(entry.getKey());
      String fault =
          schema == null
              ? "property is not defined in schema and the schema does not allow additional"
                  + " properties"
              : fault(schema, entry.getValue());
      if (fault != null) {
        faults.put(entry.getKey(), fault);
      } else if (schema != null
          && schema.requires() != null
          && !parameters.containsKey(schema.requires())) {
        faults.put(
            schema.requires(),
            "missing property - '" + entry.getKey() + "' requires this property");
      }
    }
    method
        .parameters()
        .forEach((name, schema) -> {
          if (!schema.optional() && !parameters.containsKey(name)) {
            faults.put(name, "property is missing and it is not optional");
          }
        });
    return faults;
  }

  /** Options that only {@code root@pam} itself may set, refused by the handlers of Proxmox. */
  public static Map<String, String> rootOnly(
      MethodSchema method, Map<String, List<String>> parameters) {
    Map<String, String> faults = new TreeMap<>();
    parameters.forEach((name, values) -> {
      ParameterSchema schema = method.parameter(name);
      if (schema != null
          && schema.rootOnly()
          && values.stream().anyMatch(value -> !value.isEmpty() && !value.equals("0"))) {
        faults.put(name, "Only root may use this option.");
      }
    });
    return faults;
  }

  private static @Nullable String fault(ParameterSchema schema, List<String> values) {
    if (schema.type() == ParameterSchema.Type.ARRAY) {
      ParameterSchema items = schema.items();
      if (items != null) {
        for (String value : values) {
          String fault = fault(items, List.of(value));
          if (fault != null) {
            return fault;
          }
        }
      }
      return null;
    }
    // A repeated key reaches Proxmox's checks as one text, joined with NUL.
    String value = String.join("\0", values);
    String type = typeFault(schema.type(), value);
    return type != null ? type : contentFault(schema, value);
  }

  private static @Nullable String typeFault(ParameterSchema.Type type, String value) {
    return switch (type) {
      case INTEGER -> INTEGER.matcher(value).matches() ? null : typeText("integer", value);
      case NUMBER -> NUMBER.matcher(value).matches() ? null : typeText("number", value);
      case BOOLEAN -> value.equals("0") || value.equals("1") ? null : typeText("boolean", value);
      case STRING, ARRAY -> null;
    };
  }

  private static String typeText(String type, String value) {
    return "type check ('" + type + "') failed - got '" + value + "'";
  }

  private static @Nullable String contentFault(ParameterSchema schema, String value) {
    String format = schema.format() == null ? null : Formats.fault(schema.format(), value);
    if (format != null) {
      return "invalid format - " + format;
    }
    if (schema.pattern() != null && !schema.pattern().matcher(value).find()) {
      return "value does not match the regex pattern";
    }
    if (schema.maxLength() != null && value.length() > schema.maxLength()) {
      return "value may only be " + schema.maxLength() + " characters long";
    }
    if (schema.minLength() != null && value.length() < schema.minLength()) {
      return "value must be at least " + schema.minLength() + " characters long";
    }
    return rangeFault(schema, value);
  }

  private static @Nullable String rangeFault(ParameterSchema schema, String value) {
    if (schema.type() == ParameterSchema.Type.INTEGER
        || schema.type() == ParameterSchema.Type.NUMBER) {
      BigDecimal number = new BigDecimal(value);
      if (schema.maximum() != null && number.compareTo(schema.maximum()) > 0) {
        return "value must have a maximum value of " + schema.maximum().toPlainString();
      }
      if (schema.minimum() != null && number.compareTo(schema.minimum()) < 0) {
        return "value must have a minimum value of " + schema.minimum().toPlainString();
      }
    }
    if (!schema.choices().isEmpty() && !schema.choices().contains(value)) {
      return "value '"
          + value
          + "' does not have a value in the enumeration '"
          + String.join(", ", schema.choices())
          + "'";
    }
    return null;
  }
}
