package io.muster.control.caller;

import static io.muster.control.TestQuestDb.cells;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.control.ControlRig;
import io.muster.control.Database;
import io.muster.control.TestQuestDb;
import io.muster.control.TestQuestDb.Cells;
import io.muster.control.rows.Row;
import io.muster.control.rows.Rows;
import io.muster.control.rows.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What QuestDB finds by a sight's condition is what the sight says of each row. */
class SightRowsTest {
  private final UUID one = UUID.randomUUID();
  private final UUID two = UUID.randomUUID();
  private final UUID others = UUID.randomUUID();
  private final List<TenantServer> tenant =
      List.of(
          new TenantServer(one, "one", UUID.randomUUID(), List.of("customer")),
          new TenantServer(two, "two", UUID.randomUUID(), List.of("other")));

  @Test
  void conditionAndMemory_agreeForEveryScope() {
    Rows rows = ControlRig.on(Database.H2).bean(Rows.class);
    seed();
    List<String> disagreeing = new ArrayList<>();
    for (Scope scope : scopes()) {
      Sight sight = new Sight(scope, tenant);
      Condition condition = sight.vms("v");
      List<String> byCondition =
          rows.read(
              new Sql(
                  "SELECT server_id, vm_id, vm_group, tags FROM vm_states v WHERE "
                      + condition.sql()
                      + " ORDER BY server_id, vm_id",
                  List.copyOf(condition.values())),
              SightRowsTest::key);
      List<String> inMemory =
          rows
              .read(
                  Sql.of(
                      "SELECT server_id, vm_id, vm_group, tags FROM vm_states"
                          + " WHERE server_id IN (?, ?, ?) ORDER BY server_id, vm_id",
                      one,
                      two,
                      others),
                  SightRowsTest::vm)
              .stream()
              .filter(vm -> sight.seesVm(vm.server(), vm.id(), vm.group(), vm.tags()))
              .map(vm -> vm.server() + "/" + vm.id())
              .toList();
      if (!byCondition.equals(inMemory)) {
        disagreeing.add(scope + ": " + byCondition + " and not " + inMemory);
      }
    }

    assertThat(disagreeing).isEmpty();
    assertThat(new Sight(Scope.ALL, tenant).vms("v").values())
        .containsExactlyInAnyOrder(one.toString(), two.toString());
  }

  private record Vm(UUID server, String id, @Nullable String group, List<String> tags) {}

  private static Vm vm(Row row) throws SQLException {
    return new Vm(
        row.id("server_id"),
        row.name("vm_id"),
        row.text("vm_group"),
        Objects.requireNonNullElse(row.list("tags"), List.of()));
  }

  private static String key(Row row) throws SQLException {
    return row.name("server_id") + "/" + row.name("vm_id");
  }

  private void seed() {
    List<Cells> seeded = new ArrayList<>();
    for (UUID server : List.of(one, two, others)) {
      seeded.add(state(server, "qemu:1", null, null));
      seeded.add(state(server, "qemu:2", "shop", List.of()));
      seeded.add(state(server, "qemu:3", "pool/nested", List.of("customer", "x")));
      seeded.add(state(server, "pod:shop:web-0", "shop", List.of("customers", "it's")));
      seeded.add(state(server, "lxc:4", "it's", List.of("100%", "a_b")));
    }
    TestQuestDb.shared().insert("vm_states", seeded.toArray(Cells[]::new));
  }

  private static Cells state(
      UUID server, String vm, @Nullable String group, @Nullable List<String> tags) {
    return cells(
        "ts", Instant.parse("2026-11-21T12:00:00Z"),
        "server_id", server,
        "vm_id", vm,
        "vm_group", group,
        "tags", tags,
        "status", "running");
  }

  /** Every mixture of these entries. */
  private List<Scope> scopes() {
    List<Scope> scopes = new ArrayList<>();
    for (Set<UUID> servers : List.of(Set.<UUID>of(), Set.of(two), Set.of(others))) {
      for (Set<String> groups : sets("shop", one + "/it's", "pool/nested|" + others + "/shop")) {
        for (Set<String> tags : sets("customer", "it's|100%", "a%b")) {
          for (Set<String> vms : sets(one + "/qemu:1", others + "/qemu:1|" + two + "/lxc:4")) {
            scopes.add(new Scope(servers, groups, tags, vms));
          }
        }
      }
    }
    return scopes;
  }

  private static List<Set<String>> sets(String... texts) {
    List<Set<String>> sets = new ArrayList<>();
    sets.add(Set.of());
    for (String text : texts) {
      sets.add(Set.copyOf(Arrays.asList(text.split("\\|", -1))));
    }
    return sets;
  }
}
