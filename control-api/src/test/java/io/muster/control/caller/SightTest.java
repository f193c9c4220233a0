package io.muster.control.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.control.caller.Sight.Extent;
import io.muster.control.problem.ProblemException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SightTest {
  private static final UUID ONE = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final UUID TWO = UUID.fromString("00000000-0000-4000-8000-000000000002");
  private static final UUID OTHER_TENANTS = UUID.fromString("00000000-0000-4000-8000-0000000000ff");
  private static final UUID BERLIN = UUID.randomUUID();
  private static final UUID PARIS = UUID.randomUUID();
  private static final List<TenantServer> SERVERS =
      List.of(
          new TenantServer(ONE, "one", BERLIN, List.of("customer")),
          new TenantServer(TWO, "two", PARIS, List.of()));

  private static Sight sight(
      Set<UUID> servers, Set<String> groups, Set<String> tags, Set<String> vmIds) {
    return new Sight(new Scope(servers, groups, tags, vmIds), SERVERS);
  }

  private static boolean sees(Sight sight, UUID server) {
    return sight.seesVm(server, "qemu:1", null, List.of());
  }

  @Test
  void withoutScope_theTenantIsSeenAndNoOther() {
    Sight sight = new Sight(Scope.ALL, SERVERS);

    assertThat(sight.isWholeTenant()).isTrue();
    assertThat(sight.of(ONE)).isEqualTo(Extent.WHOLE);
    assertThat(sight.of(OTHER_TENANTS)).isEqualTo(Extent.NONE);
    assertThat(sees(sight, TWO)).isTrue();
    assertThat(sees(sight, OTHER_TENANTS)).isFalse();
    assertThat(sight.seesSite(UUID.randomUUID())).isTrue();
  }

  @Test
  void serverAndItsTag_grantAllThatIsOnIt() {
    for (Sight sight :
        List.of(
            sight(Set.of(ONE), Set.of(), Set.of(), Set.of()),
            sight(Set.of(), Set.of(), Set.of("customer"), Set.of()))) {
      assertThat(sight.of(ONE)).isEqualTo(Extent.WHOLE);
      assertThat(sight.of(TWO)).isEqualTo(Extent.NONE);
      assertThat(sees(sight, ONE)).isTrue();
      assertThat(sees(sight, TWO)).isFalse();
      assertThat(sight.seesSite(BERLIN)).isTrue();
      assertThat(sight.seesSite(PARIS)).isFalse();
      assertThat(sight.serversOf(PARIS)).isZero();
    }
  }

  @Test
  void tagOfAVm_grantsItWhereverItIs() {
    Sight sight = sight(Set.of(), Set.of(), Set.of("customer"), Set.of());

    assertThat(sight.seesVm(TWO, "qemu:1", null, List.of("x", "customer"))).isTrue();
    assertThat(sight.seesVm(TWO, "qemu:1", null, List.of("customers"))).isFalse();
    assertThat(sight.seesVm(OTHER_TENANTS, "qemu:1", null, List.of("customer"))).isFalse();
    assertThat(sight.of(TWO)).isEqualTo(Extent.NONE);
  }

  @Test
  void group_grantsOnEveryServerOrOnOne() {
    Sight everywhere = sight(Set.of(), Set.of("pool/nested"), Set.of(), Set.of());
    Sight onTwo = sight(Set.of(), Set.of(TWO + "/pool/nested"), Set.of(), Set.of());

    assertThat(everywhere.seesVm(ONE, "qemu:1", "pool/nested", List.of())).isTrue();
    assertThat(everywhere.seesVm(ONE, "qemu:1", "pool", List.of())).isFalse();
    assertThat(everywhere.seesVm(ONE, "qemu:1", null, List.of())).isFalse();
    assertThat(everywhere.seesVm(OTHER_TENANTS, "qemu:1", "pool/nested", List.of())).isFalse();
    assertThat(everywhere.of(TWO)).isEqualTo(Extent.NONE);
    assertThat(onTwo.seesVm(ONE, "qemu:1", "pool/nested", List.of())).isFalse();
    assertThat(onTwo.seesVm(TWO, "qemu:1", "pool/nested", List.of())).isTrue();
    assertThat(onTwo.of(TWO)).isEqualTo(Extent.NAME_AND_STATUS);
  }

  @Test
  void singleVm_isGrantedAndItsServerByNameAndStatus() {
    Sight sight = sight(Set.of(), Set.of(), Set.of(), Set.of(TWO + "/pod:shop:web-0"));

    assertThat(sight.seesVm(TWO, "pod:shop:web-0", "shop", List.of())).isTrue();
    assertThat(sight.seesVm(TWO, "pod:shop:web-1", "shop", List.of())).isFalse();
    assertThat(sight.seesVm(ONE, "pod:shop:web-0", "shop", List.of())).isFalse();
    assertThat(sight.of(TWO)).isEqualTo(Extent.NAME_AND_STATUS);
    assertThat(sight.serversOf(PARIS)).isEqualTo(1);
    assertThat(sight.requireForVm("name:two", "pod:shop:web-0").id()).isEqualTo(TWO);
    assertThatThrownBy(() -> sight.require("name:two"))
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.code()).isEqualTo("forbidden"));
  }

  @Test
  void whatIsNotSeen_answersAsIfItWereNotThere() {
    Sight sight = sight(Set.of(ONE), Set.of(), Set.of(), Set.of());

    for (String reference : List.of("name:two", TWO.toString(), "name:none", "no id")) {
      assertThatThrownBy(() -> sight.require(reference))
          .hasMessage("There is no server '" + reference + "'.");
      assertThatThrownBy(() -> sight.requireForVm(reference, "qemu:1"))
          .hasMessage(Sight.noVm(reference, "qemu:1").getMessage());
    }
  }

  @Test
  void entriesOfAnotherTenant_grantNothing() {
    Sight sight =
        sight(
            Set.of(OTHER_TENANTS),
            Set.of(OTHER_TENANTS + "/g"),
            Set.of(),
            Set.of(OTHER_TENANTS + "/qemu:1"));

    assertThat(sight.of(OTHER_TENANTS)).isEqualTo(Extent.NONE);
    assertThat(sight.seesVm(OTHER_TENANTS, "qemu:1", "g", List.of())).isFalse();
    assertThat(sight.vms("v")).isEqualTo(Condition.NEVER);
    assertThat(sight.servers("v")).isEqualTo(Condition.NEVER);
  }

  @Test
  void conditions_bindEveryValue() {
    Sight sight =
        sight(Set.of(ONE), Set.of("g", TWO + "/h"), Set.of("t'"), Set.of(TWO + "/qemu:1"));

    assertThat(sight.vms("v"))
        .isEqualTo(
            new Condition(
                "((v.server_id IN (?) OR (v.server_id IN (?) AND"
                    + " (v.vm_group IN (?) OR strpos(v.tags, ?) > 0)))"
                    + " OR (v.server_id IN (?) AND (v.vm_group IN (?) OR v.vm_id IN (?))))",
                List.of(
                    ONE.toString(), TWO.toString(), "g", ";t';", TWO.toString(), "h", "qemu:1")));
    assertThat(sight.wholeServers("n"))
        .isEqualTo(new Condition("n.server_id IN (?)", List.of(ONE.toString())));
    assertThat(sight.servers("s").values()).containsExactly(ONE.toString(), TWO.toString());
  }
}
