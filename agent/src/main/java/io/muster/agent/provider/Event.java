package io.muster.agent.provider;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened: {@code events}. A later state of the same event has the same {@code
 * startedAt} and {@code eventId}, and so replaces its row.
 *
 * @param startedAt the row's {@code ts}: start, or first seen
 * @param type the platform's own word, such as {@code qmstart}
 */
public record Event(
    Instant startedAt,
    String eventId,
    @Nullable String cluster,
    @Nullable String node,
    @Nullable String vmId,
    Source source,
    String type,
    @Nullable String user,
    Severity severity,
    State state,
    @Nullable Integer count,
    @Nullable String message,
    @Nullable Instant endedAt) {
  public Event {
    Objects.requireNonNull(startedAt, "startedAt");
    Objects.requireNonNull(eventId, "eventId");
  }

  /** As in {@code events.source}. */
  public enum Source {
    TASK("task"),
    LOG("log"),
    KUBERNETES("kubernetes"),
    INSTANCE_ACTION("instance-action"),
    MUSTER("muster");

    private final String label;

    Source(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  /** As in {@code events.severity}. */
  public enum Severity {
    INFO("info"),
    WARNING("warning"),
    ERROR("error");

    private final String label;

    Severity(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  /** As in {@code events.state}. */
  public enum State {
    RUNNING("running"),
    OK("ok"),
    WARNING("warning"),
    FAILED("failed");

    private final String label;

    State(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }
}
