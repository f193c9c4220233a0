package io.muster.agent.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.protocol.Maintenance;
import io.muster.protocol.ProxmoxServer;
import io.muster.protocol.ProxmoxToken;
import io.muster.protocol.Secret;
import io.muster.protocol.Server;
import io.muster.protocol.ServerEntry;
import io.muster.protocol.ServerId;
import io.muster.protocol.TlsTrust;
import io.muster.protocol.link.ControlMessage;
import io.muster.protocol.link.InventoryItem;
import io.muster.protocol.link.LinkJson;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LinkInventorySourceTest {
  private static final String PLANTED = "planted-secret-71c2";
  private static final Secret TOKEN = new Secret("msa_one");

  private @TempDir Path folder = Path.of("");

  @Test
  void nothingKept_isNoInventoryAndNotAnEmptyOne() {
    assertThat(open(TOKEN).current()).isNull();
  }

  @Test
  void inventory_isTakenToldAndKept() throws Exception {
    LinkInventorySource source = open(TOKEN);
    List<Inventory> told = new ArrayList<>();
    source.onChange(told::add);
    Instant until = Instant.parse("2030-01-01T00:00:00Z");
    List<Maintenance> maintenance =
        List.of(new Maintenance(null, until, null), new Maintenance("n1", until, "disks"));
    source.deny(List.of("10.0.0.0/8"));
    source.replace(5, List.of(item(server("a")), InventoryItem.of(server("b"), maintenance)));

    Inventory current = Objects.requireNonNull(source.current());
    assertThat(told).containsExactly(current);
    assertThat(current.servers()).containsExactly(server("a"), server("b"));
    assertThat(current.maintenance()).isEqualTo(Map.of(id("b"), new Maintained(maintenance)));

    LinkInventorySource again = open(TOKEN);
    assertThat(again.current()).isEqualTo(current);
    assertThat(again.revision()).isEqualTo(5);
    assertThat(again.denyAddresses()).containsExactly("10.0.0.0/8");
  }

  @Test
  void keptFile_isItsOwnersAloneAndTellsNothing() throws Exception {
    open(TOKEN).replace(1, List.of(item(server("a-name"))));

    Path file = folder.resolve("inventory.sealed");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    String content = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertThat(content).doesNotContain(PLANTED, "a-name", "proxmox");
  }

  @Test
  void otherTokenOtherSiteAndDamage_areIgnored() throws Exception {
    open(TOKEN).replace(1, List.of(item(server("a"))));

    assertThat(open(new Secret("msa_two")).current()).isNull();
    assertThat(LinkInventorySource.open(folder, "elsewhere", TOKEN).current()).isNull();
    assertThat(open(TOKEN).current()).isNotNull();
    Path file = folder.resolve("inventory.sealed");
    byte[] sealed = Files.readAllBytes(file);
    sealed[sealed.length - 1] ^= 1;
    Files.write(file, sealed);
    assertThat(open(TOKEN).current()).isNull();
    Files.write(file, new byte[] {1, 2, 3});
    assertThat(open(TOKEN).current()).isNull();
  }

  @Test
  void change_hasToFollowOnWhatIsThere() {
    LinkInventorySource source = open(TOKEN);
    source.replace(5, List.of(item(server("a")), item(server("b"))));

    assertThat(source.change(4, 6, List.of(), List.of(id("a")))).isFalse();
    assertThat(source.change(5, 6, List.of(item(server("c"))), List.of(id("a")))).isTrue();

    assertThat(Objects.requireNonNull(source.current()).servers())
        .containsExactly(server("b"), server("c"));
    assertThat(source.revision()).isEqualTo(6);
  }

  @Test
  void serverThatCantBeRead_staysWhatItWasAndIsTold() throws Exception {
    LinkInventorySource source = open(TOKEN);
    source.replace(1, List.of(item(server("a")), item(server("b"))));

    source.change(1, 2, List.of(broken("a"), broken("new")), List.of());

    assertThat(Objects.requireNonNull(source.current()).servers())
        .containsExactly(server("a"), server("b"));
    assertThat(source.problems())
        .hasSize(2)
        .allSatisfy(problem -> assertThat(problem).contains("provider").doesNotContain(PLANTED))
        .anySatisfy(problem -> assertThat(problem).contains("stays as it was"))
        .anySatisfy(problem -> assertThat(problem).contains("not polled"));
    source.change(2, 3, List.of(item(server("a"))), List.of(id("new")));
    assertThat(source.problems()).isEmpty();
  }

  private LinkInventorySource open(Secret token) {
    return LinkInventorySource.open(folder, "lab", token);
  }

  private static InventoryItem item(Server server) {
    return InventoryItem.of(server, List.of());
  }

  /** Of a platform that only a later version knows. */
  private static InventoryItem broken(String name) throws Exception {
    String text =
        LinkJson.write(new ControlMessage.Inventory(1, 1, 1, List.of(item(server(name)))))
            .replace("\"proxmox\"", "\"mainframe\"");
    return ((ControlMessage.Inventory) LinkJson.readControl(text)).servers().getFirst();
  }

  private static ServerId id(String name) {
    return new ServerId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
  }

  private static Server server(String name) {
    return new ProxmoxServer(
        new ServerEntry(id(name), name, true, null, "direct", List.of(), null),
        List.of(URI.create("https://pve1:8006")),
        Map.of(),
        new ProxmoxToken("muster@pve!monitor", new Secret(PLANTED)),
        null,
        TlsTrust.system());
  }
}
