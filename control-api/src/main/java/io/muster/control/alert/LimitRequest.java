package io.muster.control.alert;

import io.micronaut.serde.annotation.Serdeable;
import io.muster.control.problem.Fields;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A limit as it is asked for.
 *
 * @param limit in the rule's unit; may be absent where the rule is switched off
 * @param enabled absent = true
 */
@Serdeable
record LimitRequest(
    @Schema(example = "80") @Nullable Double limit,
    @Schema(example = "true") @Nullable Boolean enabled) {
  /** Of bytes: an exabyte. More is a slip of the keyboard. */
  private static final double MAX = 1e18;

  /**
   * The limit, checked.
   *
   * @param ofTheRule what a rule that is switched off keeps
   */
  double sound(Rule rule, double ofTheRule) {
    Fields fields = new Fields();
    if (limit == null && on()) {
      fields.wrong("limit", "is missing");
    }
    double value = limit == null ? ofTheRule : limit;
    if (rule.isPercent() && (value < 0 || value > 100)) {
      fields.wrong("limit", "must be from 0 to 100 percent");
    } else if (value < 0 || value > MAX) {
      fields.wrong("limit", "must be 0 or more " + rule.shipped().unit());
    }
    fields.check();
    return value;
  }

  boolean on() {
    return enabled == null || enabled;
  }
}
