package io.muster.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressRulesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.1.1",
        "fe80::1",
        "fd00:ec2::254",
        "168.63.129.16",
        "100.100.100.200",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe"
      })
  void defaults_denyLinkLocalAndMetadata(String address) {
    assertThat(AddressRules.DEFAULT.denies(InetAddress.ofLiteral(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "10.0.0.1", "192.168.1.1", "::1", "fd00::1", "8.8.8.8"})
  void defaults_letEverythingElseBe(String address) {
    assertThat(AddressRules.DEFAULT.denies(InetAddress.ofLiteral(address))).isFalse();
  }

  @Test
  void blocks_endWhereTheyEnd() {
    AddressRules rules = AddressRules.parse("10.0.0.0/9, 192.0.2.7,2001:db8::/33");

    assertThat(rules.denies(InetAddress.ofLiteral("10.127.255.255"))).isTrue();
    assertThat(rules.denies(InetAddress.ofLiteral("10.128.0.0"))).isFalse();
    assertThat(rules.denies(InetAddress.ofLiteral("192.0.2.7"))).isTrue();
    assertThat(rules.denies(InetAddress.ofLiteral("192.0.2.8"))).isFalse();
    assertThat(rules.denies(InetAddress.ofLiteral("2001:db8:7fff::1"))).isTrue();
    assertThat(rules.denies(InetAddress.ofLiteral("2001:db8:8000::1"))).isFalse();
  }

  @Test
  void twoSets_denyWhatEitherDenies() {
    AddressRules both = AddressRules.parse("none").and(AddressRules.parse("192.0.2.0/24"));

    assertThat(both.denies(InetAddress.ofLiteral("192.0.2.1"))).isTrue();
    assertThat(both.denies(InetAddress.ofLiteral("169.254.169.254"))).isFalse();
    assertThat(both.entries()).isEqualTo(List.of("none", "192.0.2.0/24"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"example.org", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/-1", "fe80::/129"})
  void whatIsNoBlock_isNamed(String entry) {
    assertThatThrownBy(() -> AddressRules.parse(entry))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + entry + "'");
  }
}
