package io.muster.agent.inventory;

import java.util.function.Consumer;

/** The one place that an agent's servers come from. */
public interface InventorySource extends AutoCloseable {
  /** The inventory in force. */
  Inventory current();

  /** Tells {@code listener} each later inventory, one at a time, on the source's own thread. */
  void onChange(Consumer<Inventory> listener);

  @Override
  void close();
}
