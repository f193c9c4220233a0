package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginTest {
  private static final String EMPTY_LIST = "{\"items\":[],\"page\":0,\"size\":1000,\"total\":0}";

  @TempDir Path home;
  private final StandIn api;

  LoginTest() throws IOException {
    api = new StandIn();
  }

  @AfterEach
  void end() {
    api.close();
  }

  @Test
  void login_isKeptForItsOwnerAlone_andUsedFromThen() throws IOException {
    api.on("POST /login", 200, tokens("a1", "r1", 900)).on("GET /servers", 200, EMPTY_LIST);
    var muster = muster().typing("open sesame");
    assertThat(muster.run("login", api.url(), "--user", "anna")).as(muster.err()).isZero();
    assertThat(muster.out())
        .contains("Logged in at " + api.url() + " as anna (admin)")
        .doesNotContain("sesame", "a1", "r1");
    assertThat(api.only("POST /login").body())
        .isEqualTo("{\"username\":\"anna\",\"password\":\"open sesame\"}");

    var file = home.resolve(".config/muster/logins.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");

    assertThat(muster().run("servers", "list")).isZero();
    assertThat(api.only("GET /servers").header("Authorization")).isEqualTo("Bearer a1");
  }

  @Test
  void login_renewsItself_once_andKeepsWhatCame() {
    api.on("POST /login", 200, tokens("a1", "r1", 900))
        .on("POST /login/refresh", 200, tokens("a2", "r2", 900))
        .on("GET /servers", 200, EMPTY_LIST);
    login();
    var later = Muster.NOW.plus(Duration.ofMinutes(20));
    for (var i = 0; i < 2; i++) {
      assertThat(muster().at(later).run("servers", "list")).isZero();
    }
    assertThat(api.only("POST /login/refresh").body()).isEqualTo("{\"refreshToken\":\"r1\"}");
    assertThat(api.requests().stream().filter(r -> r.line().equals("GET /servers")))
        .extracting(request -> request.header("Authorization"))
        .containsOnly("Bearer a2");
  }

  @Test
  void loginThatIsOver_saysHowToLogInAgain() {
    api.on("POST /login", 200, tokens("a1", "r1", 900))
        .on("POST /login/refresh", 401, "{\"status\":401,\"detail\":\"used\",\"code\":\"x\"}");
    login();
    var muster = muster().at(Muster.NOW.plus(Duration.ofDays(60)));
    assertThat(muster.run("servers", "list")).isEqualTo(1);
    assertThat(muster.err()).contains("is over", "muster login " + api.url());
  }

  @Test
  void logout_endsItThere_andForgetsItHere() throws IOException {
    api.on("POST /login", 200, tokens("a1", "r1", 900)).on("POST /logout", 204, "");
    login();
    var muster = muster();
    assertThat(muster.run("logout")).as(muster.err()).isZero();
    assertThat(api.only("POST /logout").header("Authorization")).isEqualTo("Bearer a1");
    assertThat(Files.readString(home.resolve(".config/muster/logins.json")))
        .doesNotContain("a1", "r1");
    assertThat(muster.with("MUSTER_URL", api.url()).run("servers", "list")).isEqualTo(1);
    assertThat(muster.err()).contains("You are not logged in at " + api.url());
  }

  @Test
  void nothingNamed_saysHowToBegin() {
    var muster = muster();
    assertThat(muster.run("servers", "list")).isEqualTo(1);
    assertThat(muster.err()).contains("muster login https://", "MUSTER_URL");
  }

  @Test
  void scripts_needNoLogin_butAToken() throws IOException {
    api.on("GET /servers", 200, EMPTY_LIST);
    var script = muster().with("MUSTER_URL", api.url() + "/").with("MUSTER_TOKEN", "mst_1");
    assertThat(script.run("servers", "list", "--json")).isZero();
    assertThat(script.out()).isEqualTo("[ ]\n");
    var file = Files.writeString(home.resolve("token"), "mst_2\n").toString();
    var other = muster().with("MUSTER_URL", api.url()).with("MUSTER_TOKEN_FILE", file);
    assertThat(other.run("servers", "list")).isZero();
    assertThat(api.requests())
        .extracting(request -> request.header("Authorization"))
        .containsExactly("Bearer mst_1", "Bearer mst_2");
  }

  @Test
  void oneTimePassword_isChangedAtOnce() {
    api.on(
            "POST /login",
            200,
            tokens("a1", "r1", 900).replace("{", "{\"passwordChangeRequired\":true,"))
        .on("POST /login", 200, tokens("a2", "r2", 900))
        .on("PUT /me/password", 204, "");
    var muster = muster().typing("one-time", "my own password", "my own password");
    assertThat(muster.run("login", api.url(), "--user", "admin")).as(muster.err()).isZero();
    assertThat(api.only("PUT /me/password").body()).contains("one-time", "my own password");
    assertThat(muster.err()).contains("works once");
  }

  @Test
  void withoutATerminal_thePasswordIsPipedIn_orNotAskedFor() {
    api.on("POST /login", 200, tokens("a1", "r1", 900));
    var muster = muster();
    assertThat(muster.run("login", api.url(), "--user", "anna")).isEqualTo(2);
    assertThat(muster.err()).contains("no terminal to ask at", "--password-stdin");
    muster.piping("pässword\n");
    assertThat(muster.run("login", api.url(), "--user", "anna", "--password-stdin")).isZero();
    assertThat(api.only("POST /login").body()).contains("pässword");
  }

  @Test
  void passwordsInClear_goToThisMachineOnly() {
    for (var url : List.of("http://192.0.2.1:8080", "http://muster.example.org")) {
      var muster = muster();
      assertThat(muster.run("login", url, "--user", "anna")).isEqualTo(1);
      assertThat(muster.err()).contains("in clear", "MUSTER_ALLOW_PLAIN_HTTP");
    }
    var muster = muster();
    assertThat(muster.run("login", "https://anna:secret@muster.example.org")).isEqualTo(1);
    assertThat(muster.err()).contains("does not belong there").doesNotContain("secret");
  }

  @Test
  void nobodyThere_isSaidWithTheAddress() throws IOException {
    var port = 0;
    try (var socket = new java.net.ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    var url = "http://127.0.0.1:" + port;
    var muster = muster().with("MUSTER_URL", url).with("MUSTER_TOKEN", "mst_1");
    assertThat(muster.run("servers", "list")).isEqualTo(1);
    assertThat(muster.err())
        .contains("Cannot reach the control API at " + url, "refused", "MUSTER_URL")
        .doesNotContain("\tat ");
  }

  @Test
  void anotherServer_isNotTakenForAControlApi() {
    var muster = muster().with("MUSTER_URL", api.url()).with("MUSTER_TOKEN", "mst_1");
    assertThat(muster.run("servers", "list")).isEqualTo(1);
    assertThat(muster.err()).contains("404", "not as a control API does", api.url());
  }

  @Test
  void proxyOfTheEnvironment_isUsedWithItsPassword_andNamedWithoutIt() throws IOException {
    api.on("GET http://muster.example.org/servers", 200, EMPTY_LIST);
    var muster =
        muster()
            .with("MUSTER_URL", "http://muster.example.org")
            .with("MUSTER_ALLOW_PLAIN_HTTP", "true")
            .with("MUSTER_TOKEN", "mst_1")
            .with("HTTP_PROXY", api.url().replace("http://", "http://me:p%40ss@"));
    assertThat(muster.run("servers", "list")).as(muster.err()).isZero();
    assertThat(api.requests().getFirst().header("Proxy-authorization"))
        .isEqualTo("Basic bWU6cEBzcw==");
    api.close();
    assertThat(muster.run("servers", "list")).isEqualTo(1);
    assertThat(muster.err()).contains("through the proxy 127.0.0.1:").doesNotContain("p@ss");
    assertThat(muster.with("NO_PROXY", ".example.org").run("servers", "list")).isEqualTo(1);
    assertThat(muster.err()).doesNotContain("proxy");
  }

  private Muster muster() {
    return new Muster(home);
  }

  private void login() {
    assertThat(muster().typing("pw").run("login", api.url(), "-u", "anna")).isZero();
  }

  private static String tokens(String access, String refresh, int seconds) {
    return "{\"accessToken\":\"%s\",\"refreshToken\":\"%s\",\"expiresIn\":%d,\"role\":\"admin\",\"tenant\":\"home\"}"
        .formatted(access, refresh, seconds);
  }
}
