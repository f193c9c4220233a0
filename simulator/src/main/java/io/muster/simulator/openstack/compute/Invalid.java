package io.muster.simulator.openstack.compute;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.simulator.openstack.model.Refusal;
import java.util.ArrayList;
import java.util.List;

/** Refusals of bodies that Nova's schemas do not let pass, in the schemas' words. */
final class Invalid {
  private Invalid() {}

  /** A member is missing. */
  static Refusal required(String field, JsonNode value, String member) {
    return refusal(field, python(value), "'" + member + "' is a required property");
  }

  /** A value is none of those that there are, which are listed as Python lists them. */
  static Refusal notOneOf(String field, String value, String list) {
    return refusal(field, value, "'" + value + "' is not one of " + list);
  }

  private static Refusal refusal(String field, String value, String problem) {
    return new Refusal(
        400,
        "Invalid input for field/attribute %s. Value: %s. %s".formatted(field, value, problem));
  }

  /** A value as Python prints it. */
  private static String python(JsonNode value) {
    List<String> parts = new ArrayList<>();
    if (value.isObject()) {
      value
          .properties()
          .forEach(member -> parts.add("'" + member.getKey() + "': " + python(member.getValue())));
      return "{" + String.join(", ", parts) + "}";
    }
    if (value.isArray()) {
      value.forEach(element -> parts.add(python(element)));
      return parts.toString();
    }
    if (value.isTextual()) {
      return "'" + value.asText() + "'";
    }
    if (value.isBoolean()) {
      return value.asBoolean() ? "True" : "False";
    }
    return value.isNull() ? "None" : value.toString();
  }
}
