package io.muster.simulator.proxmox.schema;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one parameter may be.
 *
 * @param format name of a check in {@link Formats}, or null
 * @param requires another parameter that must be given with this one, or null
 * @param rootOnly only {@code root@pam} itself may set it, none of its tokens
 * @param items what the elements of an array may be, or null
 */
record ParameterSchema(
    Type type,
    boolean optional,
    @Nullable String format,
    @Nullable Pattern pattern,
    @Nullable BigDecimal minimum,
    @Nullable BigDecimal maximum,
    @Nullable Integer minLength,
    @Nullable Integer maxLength,
    List<String> choices,
    @Nullable String requires,
    boolean rootOnly,
    @Nullable ParameterSchema items) {

  ParameterSchema {
    choices = List.copyOf(choices);
  }

  enum Type {
    STRING,
    INTEGER,
    NUMBER,
    BOOLEAN,
    ARRAY
  }
}
