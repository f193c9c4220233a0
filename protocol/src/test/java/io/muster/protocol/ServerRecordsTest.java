package io.muster.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerRecordsTest {
  private static final ProxmoxToken TOKEN =
      new ProxmoxToken("mon@pve!m", new Secret("hidden-5f0c"));

  private static ServerEntry entry(String name) {
    return new ServerEntry(
        ServerId.of("default", name), name, true, null, "direct", List.of(), null);
  }

  private static ServerEntry entry(
      @Nullable Duration interval, String route, String tag, @Nullable URI proxy) {
    return new ServerEntry(ServerId.of("s", "n"), "n", true, interval, route, List.of(tag), proxy);
  }

  private static ProxmoxServer proxmox(String url) {
    return new ProxmoxServer(
        entry("a"), List.of(URI.create(url)), Map.of(), TOKEN, null, TlsTrust.system());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "A 1", "pve-1.example_org", "9"})
  void name_ofLettersDigitsAndFewSigns(String name) {
    assertThat(entry(name).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " a", "-a", "a/b", "a;b", "ä", "a\nb"})
  void otherNames_areRefusedAndShown(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> entry(name))
        .withMessageContaining("name must match")
        .withMessageContaining("'" + name + "'");
  }

  @Test
  void nameOf64_isRefused() {
    assertThat(entry("a".repeat(63)).name()).hasSize(63);
    assertThatIllegalArgumentException().isThrownBy(() -> entry("a".repeat(64)));
  }

  @Test
  void commonValues_areChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> entry(Duration.ZERO, "direct", "t", null))
        .withMessageStartingWith("intervalSeconds");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> entry(null, "a;b", "t", null))
        .withMessageStartingWith("route");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> entry(null, "direct", "a;b", null))
        .withMessageStartingWith("tags");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> entry(null, "direct", "t", URI.create("http://u:hidden-5f0c@proxy")))
        .withMessage("proxy must be http://host:port");
  }

  @ParameterizedTest
  @ValueSource(strings = {"root@pam!a", "mon@pve!m-1.x_y", "first.last@ldap-1!t"})
  void tokenIds_ofProxmoxForm(String id) {
    assertThat(new ProxmoxToken(id, new Secret("s")).id()).isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          root@pam | 'root@pam'
          root!m   | 'root!m'
          root@pam!m=11111111-2222-4333-8444-555555555555 | 'root@pam!m=***'
          11111111-2222-4333-8444-555555555555            | '***'
          """,
      quoteCharacter = '"')
  void otherTokenIds_areRefusedWithoutTheSecretInThem(String id, String shown) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ProxmoxToken(id, new Secret("s")))
        .withMessage("tokenId must be user@realm!tokenid, but is " + shown);
  }

  @Test
  void emptyTokenSecret_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ProxmoxToken("root@pam!m", new Secret(" ")))
        .withMessageContaining("tokenSecret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://h:8006",
        "https://h",
        "https://h:8006/x",
        "https://u:hidden-5f0c@h:8006",
        "https://h:8006?x=1",
        "h"
      })
  void proxmoxAddresses_areHttpsHostPort(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> proxmox(url))
        .withMessageStartingWith("urls must")
        .satisfies(error -> assertThat(error.toString()).doesNotContain("hidden"));
  }

  @Test
  void proxmoxServerWithoutAddress_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new ProxmoxServer(entry("a"), List.of(), Map.of(), TOKEN, null, TlsTrust.system()));
  }

  @Test
  void openStackServer_needsAddressAndRegion() {
    OpenStackServer.Credential credential =
        new OpenStackServer.Credential.Application("id", new Secret("s"));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new OpenStackServer(
                entry("a"), URI.create("cloud"), "R", credential, TlsTrust.system()))
        .withMessage("authUrl must start with http:// or https://");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new OpenStackServer(
                entry("a"), URI.create("http://c/v3"), " ", credential, TlsTrust.system()))
        .withMessage("region must not be empty");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new OpenStackServer.Credential.Password("", new Secret("s"), "D", "P", "D"))
        .withMessage("username must not be empty");
  }

  @Test
  void kubernetesNamespace_isAnRfc1123Label() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new KubernetesServer(
                entry("a"),
                new KubernetesServer.Access.InCluster(),
                "Shops",
                TlsTrust.system(),
                false))
        .withMessageContaining("'Shops'");
  }

  @Test
  void equality_isByContent() {
    assertThat(proxmox("https://h:8006")).isEqualTo(proxmox("https://h:8006"));
    assertThat(proxmox("https://h:8006")).isNotEqualTo(proxmox("https://h:8007"));
    assertThat(new Secret("a")).isEqualTo(new Secret("a")).hasSameHashCodeAs(new Secret("a"));
    assertThat(new Secret("a")).isNotEqualTo(new Secret("b"));
  }

  @Test
  void listsAndMaps_areCopied() {
    List<URI> urls = new ArrayList<>(List.of(URI.create("https://h:8006")));
    Map<String, URI> nodes = new HashMap<>();
    ProxmoxServer server =
        new ProxmoxServer(entry("a"), urls, nodes, TOKEN, null, TlsTrust.system());
    urls.clear();
    nodes.put("n", URI.create("https://n:8006"));
    assertThat(server.urls()).hasSize(1);
    assertThat(server.nodeAddresses()).isEmpty();
  }

  @Test
  void print_hidesSecrets() {
    assertThat(new Secret("hidden-5f0c")).hasToString("***");
    assertThat(proxmox("https://h:8006").toString()).doesNotContain("hidden-5f0c");
    assertThat(entry(null, "direct", "t", URI.create("http://u:hidden-5f0c@p:1")).toString())
        .contains("p:1")
        .doesNotContain("hidden-5f0c");
  }

  @Test
  void version5_isAsInTheRfc() {
    // RFC 9562, appendix A.4: the name www.example.com in the namespace of DNS names.
    assertThat(
            ServerId.version5(
                UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "www.example.com"))
        .isEqualTo(UUID.fromString("2ed6657d-e927-568b-95e1-2665a8aea6a2"));
  }

  @Test
  void idOfSiteAndName_neverChanges() {
    assertThat(ServerId.of("default", "pve-1"))
        .hasToString("032c1bf4-5e85-51e2-a42d-14a6123ac48c")
        .isNotEqualTo(ServerId.of("berlin", "pve-1"));
  }

  @Test
  void fingerprint_isReadInAnyUsualForm() {
    String plain = "ab".repeat(32);
    String colons = String.join(":", Collections.nCopies(32, "AB"));
    assertThat(new Fingerprint(plain)).hasToString(colons).isEqualTo(new Fingerprint(colons));
    byte[] digest = new byte[32];
    Arrays.fill(digest, (byte) 0xAB);
    assertThat(Fingerprint.ofDigest(digest)).isEqualTo(new Fingerprint(plain));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AB:CD", "zz", "5C:8B"})
  void otherFingerprints_areRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Fingerprint(text))
        .withMessageStartingWith("not a SHA-256 fingerprint");
  }

  @Test
  void caCertificate_isPem() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TlsTrust(true, List.of(), "/etc/ca.pem"))
        .withMessageContaining("caCert");
  }
}
