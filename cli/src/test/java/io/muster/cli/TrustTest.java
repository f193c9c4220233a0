package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Whom the command line takes for its control API, over real TLS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrustTest {
  private static final char[] PASSWORD = "of-a-test".toCharArray();
  private static final String ANSWER = "{\"items\":[],\"page\":0,\"size\":1000,\"total\":0}";

  private final Path folder;
  private final HttpsServer server;
  private final Certificate certificate;

  TrustTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    var store = KeyStore.getInstance(makeKeys(folder).toFile(), PASSWORD);
    certificate = store.getCertificate("server");
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    var tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.createContext(
        "/",
        exchange -> {
          var body = ANSWER.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  @BeforeAll
  void start() {
    server.start();
  }

  @AfterAll
  void stop() {
    server.stop(0);
  }

  @Test
  void unknownAuthority_isRefused_withWhatToCompare() throws Exception {
    var muster = muster(Map.of());
    assertThat(muster.run("servers", "list")).isEqualTo(1);
    assertThat(muster.err())
        .contains("no authority that this machine knows has signed it")
        .contains("SHA-256 " + fingerprint())
        .contains("MUSTER_CA");
  }

  @Test
  void fingerprintOfTheCertificate_isEnough() throws Exception {
    var muster = muster(Map.of("MUSTER_CA", fingerprint()));
    assertThat(muster.run("servers", "list")).as(muster.err()).isZero();
  }

  @Test
  void anotherFingerprint_isRefused() {
    var muster = muster(Map.of("MUSTER_CA", "AB".repeat(32)));
    assertThat(muster.run("servers", "list")).isEqualTo(1);
    assertThat(muster.err()).contains("another one than MUSTER_CA names");
  }

  @Test
  void fileOfTheAuthority_isTrusted_andHostNamesAreStillCompared() throws Exception {
    var pem =
        "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
            .formatted(Base64.getMimeEncoder().encodeToString(certificate.getEncoded()));
    var file = Files.writeString(folder.resolve("ca.pem"), pem).toString();
    var muster = muster(Map.of("MUSTER_CA", file));
    assertThat(muster.run("servers", "list")).as(muster.err()).isZero();
    var byOtherName = muster(Map.of("MUSTER_CA", file, "MUSTER_URL", url("127.0.0.2")));
    assertThat(byOtherName.run("servers", "list")).isEqualTo(1);
  }

  @Test
  void somethingElse_isNoAuthority() {
    var muster = muster(Map.of("MUSTER_CA", "/nowhere/ca.pem"));
    assertThat(muster.run("servers", "list")).isEqualTo(1);
    assertThat(muster.err()).contains("neither a PEM file that can be read nor a SHA-256");
  }

  private Muster muster(Map<String, String> more) {
    var muster =
        new Muster(folder).with("MUSTER_URL", url("127.0.0.1")).with("MUSTER_TOKEN", "mst_1");
    more.forEach(muster::with);
    return muster;
  }

  private String url(String host) {
    return "https://" + host + ":" + server.getAddress().getPort();
  }

  private String fingerprint() throws GeneralSecurityException {
    var digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
    return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
  }

  /** With the JDK's own tool: Java has no other public way to make a certificate. */
  private static Path makeKeys(Path folder) throws IOException, InterruptedException {
    var file = folder.resolve("keys.p12");
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "server",
            "-keyalg",
            "EC",
            "-dname",
            "CN=muster.example.org",
            "-ext",
            "san=ip:127.0.0.1",
            "-keystore",
            file.toString(),
            "-storepass",
            new String(PASSWORD));
    var keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    return file;
  }
}
