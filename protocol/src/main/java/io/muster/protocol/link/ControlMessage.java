package io.muster.protocol.link;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.muster.protocol.ServerId;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What the control API says: {@link Heartbeat}s until the agent has said who it is, then {@link
 * Welcome} or {@link Goodbye}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ControlMessage.Welcome.class, name = "welcome"),
  @JsonSubTypes.Type(value = ControlMessage.Heartbeat.class, name = "heartbeat"),
  @JsonSubTypes.Type(value = ControlMessage.Inventory.class, name = "inventory"),
  @JsonSubTypes.Type(value = ControlMessage.InventoryChange.class, name = "inventory-change"),
  @JsonSubTypes.Type(value = ControlMessage.Check.class, name = "check"),
  @JsonSubTypes.Type(value = ControlMessage.Goodbye.class, name = "goodbye"),
  @JsonSubTypes.Type(value = ControlMessage.NotUnderstood.class, name = "not-understood")
})
public sealed interface ControlMessage {
  /**
   * The agent is the one of its site.
   *
   * @param protocol that both speak from now on: the agent's
   * @param denyAddresses as {@link io.muster.protocol.AddressRules} reads them, on top of the
   *     agent's own
   */
  record Welcome(int protocol, String version, List<String> denyAddresses)
      implements ControlMessage {
    public Welcome {
      Objects.requireNonNull(version, "version");
      denyAddresses = List.copyOf(denyAddresses);
    }
  }

  /** The control API lives. */
  record Heartbeat() implements ControlMessage {}

  /**
   * A part of the site's whole inventory; in force once all parts have come.
   *
   * @param part from 1 to {@code parts}
   */
  record Inventory(long revision, int part, int parts, List<InventoryItem> servers)
      implements ControlMessage {
    public Inventory {
      servers = List.copyOf(servers);
      if (part < 1 || part > parts) {
        throw new IllegalArgumentException("no part " + part + " of " + parts);
      }
    }
  }

  /**
   * What is other than at {@code from}.
   *
   * @param changed new ones and changed ones, each whole
   */
  record InventoryChange(
      long from, long revision, List<InventoryItem> changed, List<ServerId> removed)
      implements ControlMessage {
    public InventoryChange {
      changed = List.copyOf(changed);
      removed = List.copyOf(removed);
    }
  }

  /**
   * Connect to this server, in the inventory or not, and say what was found.
   *
   * @param deadlineMs from now
   */
  record Check(UUID id, ServerDocument server, long deadlineMs) implements ControlMessage {
    public Check {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(server, "server");
    }
  }

  /** The link is closed after this. */
  record Goodbye(Reason reason, String message) implements ControlMessage {
    public Goodbye {
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(message, "message");
    }

    /** Why. */
    public enum Reason {
      /** The site has an agent. */
      SECOND_AGENT,
      /** The agent's protocol is not served. */
      PROTOCOL,
      /** The token belongs to a site of another name. */
      OTHER_SITE,
      /** The token was revoked. */
      REVOKED,
      /** The same process has connected anew. */
      REPLACED,
      /** The control API stops. */
      STOPPING
    }
  }

  /** A message of this type is not known here; it was left alone. */
  record NotUnderstood(String message) implements ControlMessage {}
}
