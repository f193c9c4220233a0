package io.muster.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortsTest {
  private final ArrayList<String> notices = new ArrayList<>();
  private final Ports ports = new Ports("127.0.0.1", notices::add);

  @Test
  void choose_takesTheWishedPortWhenNobodyListens() {
    var wished = Ports.free("127.0.0.1", 1).getFirst();
    assertThat(ports.choose(wished, "QuestDB")).isEqualTo(wished);
    assertThat(notices).isEmpty();
  }

  @Test
  void choose_namesTheOwnerOfATakenPortAndTakesAnother() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var chosen = ports.choose(taken.getLocalPort(), "QuestDB");
      assertThat(chosen).isNotEqualTo(taken.getLocalPort());
      assertThat(notices)
          .singleElement()
          .asString()
          .contains("Port " + taken.getLocalPort() + " is taken by process ")
          .contains(ProcessHandle.current().pid() + " (java)")
          .contains("QuestDB gets " + chosen);
    }
  }

  @Test
  void choose_seesAListenerOnAllAddresses() throws IOException {
    try (var taken = new ServerSocket(0)) {
      assertThat(ports.choose(taken.getLocalPort(), "QuestDB")).isNotEqualTo(taken.getLocalPort());
    }
  }

  @Test
  void choose_neverGivesThePortTwice() {
    var wished = Ports.free("127.0.0.1", 1).getFirst();
    assertThat(ports.choose(wished, "one")).isNotEqualTo(ports.choose(wished, "two"));
  }

  @Test
  void ofLsof_readsProcessAndProgram() {
    assertThat(PortOwner.ofLsof("p4711\ncjava\nf12\n")).contains(new PortOwner(4711, "java"));
    assertThat(PortOwner.ofLsof("")).isEqualTo(Optional.empty());
  }
}
