package io.muster.protocol.link;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** What an agent says: {@link Hello} to each heart-beat until it is answered. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = AgentMessage.Hello.class, name = "hello"),
  @JsonSubTypes.Type(value = AgentMessage.Heartbeat.class, name = "heartbeat"),
  @JsonSubTypes.Type(value = AgentMessage.InventoryTaken.class, name = "inventory-taken"),
  @JsonSubTypes.Type(value = AgentMessage.InventoryWanted.class, name = "inventory-wanted"),
  @JsonSubTypes.Type(value = AgentMessage.ServerStatuses.class, name = "server-statuses"),
  @JsonSubTypes.Type(value = AgentMessage.VmStatuses.class, name = "vm-statuses"),
  @JsonSubTypes.Type(value = AgentMessage.Checked.class, name = "checked"),
  @JsonSubTypes.Type(value = AgentMessage.NotUnderstood.class, name = "not-understood")
})
public sealed interface AgentMessage {
  /**
   * Who speaks.
   *
   * @param protocol the agent's {@link LinkProtocol#VERSION}
   * @param agent kept in its data folder
   * @param process another one after each start: tells a reconnecting agent from a second one
   * @param site as the agent was told
   */
  record Hello(
      int protocol, UUID agent, UUID process, String version, String site, Instant startedAt)
      implements AgentMessage {
    public Hello {
      Objects.requireNonNull(agent, "agent");
      Objects.requireNonNull(process, "process");
      Objects.requireNonNull(version, "version");
      Objects.requireNonNull(site, "site");
      Objects.requireNonNull(startedAt, "startedAt");
    }
  }

  /**
   * The agent lives.
   *
   * @param servers that it knows, polled or not
   * @param lagMs how long the oldest row waits to be written; 0 = none waits
   * @param rowsWaiting in memory
   * @param spoolBytes on disk
   */
  record Heartbeat(int servers, double lagMs, long rowsWaiting, long spoolBytes)
      implements AgentMessage {}

  /**
   * This inventory is in force.
   *
   * @param problems why servers of it were not taken up; nothing secret
   */
  record InventoryTaken(long revision, List<String> problems) implements AgentMessage {
    public InventoryTaken {
      problems = List.copyOf(problems);
    }
  }

  /** A change did not follow on what the agent has: the whole inventory, please. */
  record InventoryWanted() implements AgentMessage {}

  /** At most {@link LinkProtocol#MAX_CHANGES}; of each server the newest. */
  record ServerStatuses(List<ServerStatusChange> changes) implements AgentMessage {
    public ServerStatuses {
      changes = List.copyOf(changes);
    }
  }

  /** At most {@link LinkProtocol#MAX_CHANGES}; of each VM the newest. */
  record VmStatuses(List<VmStatusChange> changes) implements AgentMessage {
    public VmStatuses {
      changes = List.copyOf(changes);
    }
  }

  /** How the check of that id ended. */
  record Checked(UUID id, CheckAnswer answer) implements AgentMessage {
    public Checked {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(answer, "answer");
    }
  }

  /** A message of this type is not known here; it was left alone. */
  record NotUnderstood(String message) implements AgentMessage {}
}
