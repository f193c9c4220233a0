package io.muster.cli.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The control API was not reached, or refused. The message is written for people. */
public final class ControlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  // Nobody serialises this one.
  private final transient List<String> fields;

  /** It was not reached, or what answered was not it. */
  public ControlException(String message, @Nullable Throwable cause) {
    super(message, cause);
    this.status = 0;
    this.code = "";
    this.fields = List.of();
  }

  /** It refused. */
  ControlException(Refusal refusal, String advice) {
    super(refusal.text() + (advice.isEmpty() ? "" : "\n" + advice));
    this.status = refusal.status();
    this.code = refusal.code();
    this.fields = refusal.fields().stream().map(Refusal.Field::name).toList();
  }

  /** Of HTTP; 0 when there was no answer. */
  public int status() {
    return status;
  }

  /** The API's own word for what was wrong; empty when it said none. */
  public String code() {
    return code;
  }

  /** The names of those that were refused. */
  public List<String> fields() {
    return fields;
  }
}
