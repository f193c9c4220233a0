package io.muster.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes an inventory file into a control API at the first start, and never again. */
final class ImportOnce {
  private final Path mark;
  private final Consumer<String> notices;

  ImportOnce(Path stateFolder, Consumer<String> notices) {
    this.mark = stateFolder.resolve("inventory-imported");
    this.notices = notices;
  }

  /** Says so when the file has changed since: it is nobody's inventory any more. */
  void run(Optional<FileInventory> inventory, ControlSite site) throws IOException {
    if (inventory.isEmpty()) {
      return;
    }
    var file = inventory.get();
    if (Files.exists(mark)) {
      if (!Files.readString(mark).strip().equals(file.digest())) {
        notices.accept(
            "  %s has changed since it was imported. The control API has the inventory now: ./muster servers edit, or ./muster servers import"
                .formatted(file.file()));
      }
      return;
    }
    site.makeRoomFor(file.servers().size());
    site.add(file.servers());
    PrivateFiles.write(mark, file.digest() + "\n");
    notices.accept(
        "  %d servers of %s are in the control API now, with their ids. It has the inventory from here on."
            .formatted(file.servers().size(), file.file()));
  }
}
