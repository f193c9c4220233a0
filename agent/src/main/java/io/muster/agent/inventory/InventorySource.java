package io.muster.agent.inventory;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one place that an agent's servers come from. */
public interface InventorySource extends AutoCloseable {
  /** The inventory in force; null = none was ever read, which is not the same as an empty one. */
  @Nullable Inventory current();

  /** Tells {@code listener} each later inventory, one at a time, on the source's own thread. */
  void onChange(Consumer<Inventory> listener);

  /** Why the newest inventory was not, or not wholly, taken up. Nothing secret. */
  default List<String> problems() {
    return List.of();
  }

  @Override
  void close();
}
