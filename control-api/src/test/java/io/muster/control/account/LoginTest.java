package io.muster.control.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.control.Client;
import io.muster.control.Client.Answer;
import io.muster.control.ControlRig;
import io.muster.control.ControlRig.TestTenant;
import io.muster.control.Database;
import io.muster.control.OnBothDatabases;
import io.muster.control.caller.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class LoginTest {
  private static final AtomicInteger ADDRESSES = new AtomicInteger();

  private final ControlRig rig;
  private final TestTenant tenant;
  private final String username = ControlRig.name("ada");

  LoginTest(Database database) {
    rig = ControlRig.on(database);
    tenant = rig.tenant();
  }

  private static String address() {
    int number = ADDRESSES.incrementAndGet();
    return "198.51.%d.%d".formatted(number / 250, number % 250);
  }

  private Answer login(String name, String password, String address) {
    return rig.with(null)
        .send(
            "POST",
            "/api/v1/login",
            Map.of("username", name, "password", password),
            Map.of("X-Forwarded-For", address));
  }

  private Answer login(String password) {
    return login(username, password, address());
  }

  private Answer refresh(String token) {
    return rig.with(null).post("/api/v1/login/refresh", Map.of("refreshToken", token));
  }

  private Client with(Answer session) {
    return rig.with(session.json().path("accessToken").asText());
  }

  @Test
  void login_givesTokensForAQuarterOfAnHour() {
    tenant.user(username, Role.OPERATOR);

    Answer answer = login(TestAccounts.PASSWORD);

    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.json().path("expiresIn").asInt()).isEqualTo(900);
    assertThat(answer.json().path("role").asText()).isEqualTo("operator");
    assertThat(answer.json().path("tenant").asText()).startsWith("tenant-");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(with(answer).get("/api/v1/sites").status()).isEqualTo(200);
  }

  @Test
  void wrongPasswordAndUnknownName_areTheSameAnswer() {
    tenant.user(username, Role.VIEWER);

    Answer wrong = login("wrong");
    Answer unknown = login(ControlRig.name("nobody"), "wrong", address());

    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.code()).isEqualTo("wrong-credentials");
    assertThat(wrong.body()).isEqualTo(unknown.body());
  }

  @Test
  void fiveWrongPasswords_lockTheAccountUntilAnAdminResetsIt() {
    UUID user = tenant.user(username, Role.VIEWER);
    for (int i = 0; i < Login.MAX_FAILURES; i++) {
      assertThat(login("wrong").status()).isEqualTo(401);
    }

    assertThat(login(TestAccounts.PASSWORD).status()).isEqualTo(401);
    Client admin = tenant.admin();
    assertThat(admin.get("/api/v1/users/" + user).json().path("lockedUntil").isNull()).isFalse();
    assertThat(admin.get("/api/v1/audit?verb=lock&subject=" + username).json().at("/total").asInt())
        .isEqualTo(1);

    Answer reset = admin.send("POST", "/api/v1/users/" + user + "/password", null, Map.of());
    assertThat(login(reset.json().path("oneTimePassword").asText()).status()).isEqualTo(200);
  }

  @Test
  void tooManyAttemptsFromOneAddress_haveToWait() {
    tenant.user(username, Role.VIEWER);
    String address = address();
    for (int i = 0; i < LoginThrottle.ATTEMPTS; i++) {
      assertThat(login(username, TestAccounts.PASSWORD, address).status()).isEqualTo(200);
    }

    Answer answer = login(username, TestAccounts.PASSWORD, address);

    assertThat(answer.status()).isEqualTo(429);
    assertThat(Integer.parseInt(String.valueOf(answer.header("Retry-After")))).isBetween(1, 60);
    assertThat(login(TestAccounts.PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void refresh_givesTheNextTokens() {
    tenant.user(username, Role.VIEWER);
    String first = login(TestAccounts.PASSWORD).json().path("refreshToken").asText();

    Answer second = refresh(first);

    assertThat(second.status()).as(second.toString()).isEqualTo(200);
    assertThat(with(second).get("/api/v1/sites").status()).isEqualTo(200);
    assertThat(refresh(second.json().path("refreshToken").asText()).status()).isEqualTo(200);
  }

  @Test
  void refreshTokenShownTwice_endsTheWholeLogin() {
    tenant.user(username, Role.VIEWER);
    Answer login = login(TestAccounts.PASSWORD);
    String stolen = login.json().path("refreshToken").asText();
    Answer next = refresh(stolen);

    Answer again = refresh(stolen);

    assertThat(again.status()).isEqualTo(401);
    assertThat(again.code()).isEqualTo("login-ended");
    assertThat(refresh(next.json().path("refreshToken").asText()).status()).isEqualTo(401);
    assertThat(with(next).get("/api/v1/sites").status()).isEqualTo(401);
    assertThat(with(login).get("/api/v1/sites").status()).isEqualTo(401);
    assertThat(tenant.admin().get("/api/v1/audit?verb=revoke-login").json().at("/total").asInt())
        .isEqualTo(1);
  }

  @Test
  void logout_endsAccessAndRefreshTokens() {
    tenant.user(username, Role.VIEWER);
    Answer login = login(TestAccounts.PASSWORD);

    assertThat(with(login).send("POST", "/api/v1/logout", null, Map.of()).status()).isEqualTo(204);

    assertThat(with(login).get("/api/v1/sites").status()).isEqualTo(401);
    assertThat(refresh(login.json().path("refreshToken").asText()).status()).isEqualTo(401);
  }

  @Test
  void oneTimePassword_hasToBeChangedFirst() {
    rig.bean(TestAccounts.class).user(tenant.id(), username, Role.ADMIN, true);
    Answer login = login(TestAccounts.PASSWORD);
    assertThat(login.json().path("passwordChangeRequired").asBoolean()).isTrue();
    Client user = with(login);
    assertThat(user.get("/api/v1/users").code()).isEqualTo("password-change-required");

    Answer weak = change(user, TestAccounts.PASSWORD, "short");
    Answer wrong = change(user, "wrong", "another good password");
    Answer changed = change(user, TestAccounts.PASSWORD, "another good password");

    assertThat(weak.json().at("/errors/0/field").asText()).isEqualTo("newPassword");
    assertThat(wrong.json().at("/errors/0/field").asText()).isEqualTo("currentPassword");
    assertThat(changed.status()).as(changed.toString()).isEqualTo(204);
    assertThat(user.get("/api/v1/users").status()).isEqualTo(200);
    assertThat(login(TestAccounts.PASSWORD).status()).isEqualTo(401);
    assertThat(login("another good password").status()).isEqualTo(200);
  }

  private static Answer change(Client user, String current, String next) {
    return user.send(
        "PUT",
        "/api/v1/me/password",
        Map.of("currentPassword", current, "newPassword", next),
        Map.of("X-Forwarded-For", address()));
  }

  @Test
  void passwordChange_endsTheOtherLogins() {
    tenant.user(username, Role.VIEWER);
    Answer here = login(TestAccounts.PASSWORD);
    Answer there = login(TestAccounts.PASSWORD);

    change(with(here), TestAccounts.PASSWORD, "another good password");

    assertThat(with(here).get("/api/v1/sites").status()).isEqualTo(200);
    assertThat(with(there).get("/api/v1/sites").status()).isEqualTo(401);
  }

  @Test
  void roleAndDisabling_workAtOnce() {
    UUID user = tenant.user(username, Role.VIEWER);
    Client client = with(login(TestAccounts.PASSWORD));
    Client admin = tenant.admin();
    tenant.user(ControlRig.name("root"), Role.ADMIN);
    assertThat(client.get("/api/v1/users").status()).isEqualTo(403);

    admin.patch("/api/v1/users/" + user, Map.of("role", "admin"));
    assertThat(client.get("/api/v1/users").status()).isEqualTo(200);

    admin.patch("/api/v1/users/" + user, Map.of("enabled", false));
    assertThat(client.get("/api/v1/users").status()).isEqualTo(401);
    assertThat(login(TestAccounts.PASSWORD).status()).isEqualTo(401);
  }

  @Test
  void firstAdmin_hasAOneTimePasswordInAFileOfItsOwn() throws IOException {
    var file = rig.folder().resolve("first-admin-password");

    Answer login = login("admin", Files.readString(file).strip(), address());

    assertThat(login.status()).as(login.toString()).isEqualTo(200);
    assertThat(login.json().path("passwordChangeRequired").asBoolean()).isTrue();
    assertThat(Files.getPosixFilePermissions(file))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  }
}
