package io.muster.agent.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.protocol.ProxmoxServer;
import io.muster.protocol.configuration.ConfigurationException;
import io.muster.protocol.configuration.ConfigurationProblem;
import io.muster.settings.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileInventorySourceTest {
  private static final Duration LOOK = Duration.ofMillis(10);

  /** For a busy machine; a sound run takes milliseconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path temporary;
  private TestFolder folder = new TestFolder(Path.of(""));
  private final List<FileInventorySource> opened = new ArrayList<>();
  private final BlockingQueue<Inventory> told = new LinkedBlockingQueue<>();

  @BeforeEach
  void makeFolder() {
    folder = new TestFolder(temporary);
  }

  @AfterEach
  void closeAll() {
    opened.forEach(FileInventorySource::close);
  }

  private FileInventorySource open() {
    return open(null);
  }

  private FileInventorySource open(@Nullable Path file) {
    FileInventorySource source =
        FileInventorySource.open(
            "default",
            file,
            temporary,
            Variables.of(folder.environment),
            LOOK,
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    source.onChange(told::add);
    opened.add(source);
    return source;
  }

  private static String entry(String name, String secret) {
    return "{'name':'%s','host':'h-%s','tokenId':'mon@pve!m','tokenSecret':'%s'}"
        .formatted(name, name, secret);
  }

  private static List<String> names(Inventory inventory) {
    return inventory.servers().stream().map(server -> server.entry().name()).toList();
  }

  private Inventory nextTold() throws InterruptedException {
    return Objects.requireNonNull(
        told.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS), "no change was told");
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("condition in time").isBefore(end);
      Thread.sleep(LOOK);
    }
  }

  @Test
  void changedFile_isTakenUpAndTold() throws InterruptedException {
    folder.inventory("[" + entry("a", "s") + "]");
    FileInventorySource source = open();
    assertThat(names(source.current())).containsExactly("a");
    folder.inventory("[" + entry("a", "s") + "," + entry("b", "s") + "]");
    assertThat(names(nextTold())).containsExactly("a", "b");
    assertThat(names(source.current())).containsExactly("a", "b");
    assertThat(source.status().servers()).isEqualTo(2);
  }

  @Test
  void renamedOverFile_isTakenUp() throws IOException, InterruptedException {
    folder.inventory("[" + entry("a", "s") + "]");
    open();
    folder.write("new.tmp", ("[" + entry("b", "s") + "]").replace('\'', '"'));
    Files.move(
        temporary.resolve("new.tmp"),
        temporary.resolve(TestFolder.FILE),
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(names(nextTold())).containsExactly("b");
  }

  @Test
  void swappedLinkOfConfigMap_isTakenUp() throws IOException, InterruptedException {
    folder.write("..1/" + TestFolder.FILE, ("[" + entry("a", "s") + "]").replace('\'', '"'));
    folder.write("..2/" + TestFolder.FILE, ("[" + entry("b", "s") + "]").replace('\'', '"'));
    Path data = Files.createSymbolicLink(temporary.resolve("..data"), Path.of("..1"));
    Files.createSymbolicLink(
        temporary.resolve(TestFolder.FILE), Path.of("..data").resolve(TestFolder.FILE));
    open();
    Path next = Files.createSymbolicLink(temporary.resolve("..next"), Path.of("..2"));
    Files.move(next, data, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    assertThat(names(nextTold())).containsExactly("b");
  }

  @Test
  void changedSecretFile_isTakenUp() throws InterruptedException {
    folder.inventory("[" + entry("a", "file:secret") + "]").write("secret", "old");
    open();
    folder.write("secret", "new");
    assertThat(((ProxmoxServer) nextTold().servers().getFirst()).token().secret().reveal())
        .isEqualTo("new");
  }

  @Test
  void brokenFile_leavesOldInForceAndIsSaid() throws InterruptedException {
    folder.inventory("[" + entry("a", "s") + "]");
    FileInventorySource source = open();
    assertThat(source.status().problems()).isEmpty();
    folder.inventory("[{'name':'a'}]");
    await(() -> !source.status().problems().isEmpty());
    assertThat(source.status().problems())
        .extracting(ConfigurationProblem::key)
        .containsExactly("urls", "tokenId", "tokenSecret");
    assertThat(source.status().servers()).isEqualTo(1);
    assertThat(names(source.current())).containsExactly("a");

    folder.inventory("[" + entry("c", "s") + "]");
    assertThat(names(nextTold())).containsExactly("c");
    assertThat(source.status().problems()).isEmpty();
    assertThat(told).isEmpty();
  }

  @Test
  void brokenFilePutBack_isSoundAgain() throws InterruptedException {
    folder.inventory("[" + entry("a", "s") + "]");
    FileInventorySource source = open();
    folder.inventory("[");
    await(() -> !source.status().problems().isEmpty());
    folder.inventory("[" + entry("a", "s") + "]");
    await(() -> source.status().problems().isEmpty());
    assertThat(told).isEmpty();
  }

  @Test
  void missingSecretThatAppears_isTakenUp() throws InterruptedException {
    folder.inventory("[" + entry("a", "s") + "]");
    FileInventorySource source = open();
    folder.inventory("[" + entry("b", "file:late") + "]");
    await(() -> !source.status().problems().isEmpty());
    folder.write("late", "secret");
    assertThat(names(nextTold())).containsExactly("b");
  }

  @Test
  void sameServersInOtherWords_areNotTold() throws InterruptedException {
    folder.inventory("[" + entry("a", "s") + "]");
    FileInventorySource source = open();
    folder.inventory("{'servers':[" + entry("a", "s") + "]}");
    folder.inventory("{'servers': [" + entry("a", "s") + "]}");
    folder.inventory("[" + entry("a", "s") + "," + entry("z", "s") + "]");
    assertThat(names(nextTold())).containsExactly("a", "z");
    assertThat(source.current().servers()).hasSize(2);
  }

  @Test
  void deletedFile_leavesItsServersInForce() throws IOException, InterruptedException {
    folder
        .inventory("[" + entry("a", "s") + "]")
        .with("PROXMOX_NODE_1_NAME", "e")
        .with("PROXMOX_NODE_1_HOST", "h")
        .with("PROXMOX_NODE_1_TOKEN_ID", "mon@pve!m")
        .with("PROXMOX_NODE_1_TOKEN_SECRET", "s");
    FileInventorySource source = open();
    assertThat(source.status().origins()).hasSize(2).contains(ConfigurationProblem.ENVIRONMENT);
    Files.delete(temporary.resolve(TestFolder.FILE));
    await(() -> !source.status().problems().isEmpty());
    assertThat(names(source.current())).containsExactly("a", "e");
  }

  @Test
  void fileThatAppears_isAddedToTheEnvironments() throws InterruptedException {
    folder
        .with("PROXMOX_NODE_1_NAME", "e")
        .with("PROXMOX_NODE_1_HOST", "h")
        .with("PROXMOX_NODE_1_TOKEN_ID", "mon@pve!m")
        .with("PROXMOX_NODE_1_TOKEN_SECRET", "s");
    open(Path.of("sub", "own.json"));
    folder.write("sub/own.json", ("[" + entry("a", "s") + "]").replace('\'', '"'));
    assertThat(names(nextTold())).containsExactly("a", "e");
  }

  @Test
  void failingListener_doesNotKeepOthersFromTheNews() throws InterruptedException {
    folder.inventory("[" + entry("a", "s") + "]");
    FileInventorySource source = open();
    BlockingQueue<Inventory> later = new LinkedBlockingQueue<>();
    source.onChange(inventory -> {
      throw new IllegalStateException("thrown by a test");
    });
    source.onChange(later::add);
    folder.inventory("[" + entry("b", "s") + "]");
    assertThat(later.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isNotNull();
    folder.inventory("[" + entry("c", "s") + "]");
    assertThat(later.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isNotNull();
  }

  @Test
  void wrongInventoryAtStart_refuses() {
    folder.inventory("[{}]");
    assertThatThrownBy(this::open)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("servers[0]: name: found nothing");
  }

  @Test
  void rename_isSaidWithTheIdToKeep() {
    InventoryLoader loader =
        new InventoryLoader("default", null, temporary, Variables.of(folder.environment));
    folder.inventory("[{'name':'a','host':'h','tokenId':'mon@pve!m','tokenSecret':'s'}]");
    InventoryLoader.Loaded before = loader.load(new FileReads(), false);
    folder.inventory("[{'name':'b','host':'h','tokenId':'mon@pve!m','tokenSecret':'s'}]");
    InventoryChange change = InventoryChange.between(before, loader.load(new FileReads(), false));
    assertThat(change.added()).containsExactly("b");
    assertThat(change.removed()).containsExactly("a");
    assertThat(change.renames())
        .singleElement()
        .asString()
        .contains("a is now b", before.inventory().servers().getFirst().entry().id().toString());
  }
}
