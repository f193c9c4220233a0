package io.muster.agent.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.protocol.AddressRules;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DestinationsTest {
  @AfterEach
  void asBefore() {
    Destinations.deny(AddressRules.DEFAULT);
    Destinations.keepOwn(Set.of());
  }

  @Test
  void metadataService_isDeniedFromTheStart() {
    assertThatThrownBy(() -> Destinations.resolve("169.254.169.254"))
        .isInstanceOf(DeniedAddressException.class)
        .hasMessageContaining("169.254.169.254")
        .hasMessageContaining("MUSTER_DENY_ADDRESSES");
    assertThatThrownBy(() -> Destinations.check("[fe80::1]"))
        .isInstanceOf(DeniedAddressException.class);
  }

  @Test
  void name_isDeniedByWhatItResolvesTo() throws Exception {
    assertThat(Destinations.resolve("localhost")).isNotEmpty();
    Destinations.deny(AddressRules.parse("127.0.0.0/8, ::1"));

    assertThatThrownBy(() -> Destinations.check("localhost"))
        .isInstanceOf(DeniedAddressException.class)
        .hasMessageContaining("localhost is ");
  }

  @Test
  void unknownName_isLeftToWhoeverConnects() throws Exception {
    Destinations.check("no-such-host.invalid");
  }

  @Test
  void allowedAddressesOfAName_remain() throws Exception {
    Destinations.deny(AddressRules.parse("192.0.2.0/24"));

    assertThat(
            Destinations.looked(
                "mixed.example.org",
                Stream.of(
                    InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("198.51.100.1"))))
        .containsExactly(InetAddress.ofLiteral("198.51.100.1"));
  }

  @Test
  void resolverOfTheProcess_hidesThemFromEveryClient_exceptTheAgentsOwnHosts() throws Exception {
    Stream<InetAddress> rebound = Stream.of(InetAddress.ofLiteral("169.254.169.254"));
    assertThatThrownBy(() -> Destinations.looked("rebound.example.org", rebound))
        .isInstanceOf(UnknownHostException.class);

    Destinations.keepOwn(Set.of("questdb.example.org"));
    assertThat(
            Destinations.looked(
                "QuestDB.example.org", Stream.of(InetAddress.ofLiteral("169.254.1.1"))))
        .hasSize(1);
  }
}
