package io.muster.control.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.control.settings.ControlSettings;
import io.muster.settings.Variables;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IssuerTest {
  private final TestIssuer stub = new TestIssuer();
  private final Issuer issuer =
      new Issuer(
          Objects.requireNonNull(ControlSettings.read(Variables.of(stub.variables())).oidc()));

  @AfterEach
  void close() {
    stub.close();
  }

  @Test
  void newKey_isFoundWhenItIsFirstUsed() throws Issuer.AwayException {
    assertThat(issuer.check(stub.token(claims -> claims))).isPresent();

    stub.rotate();

    assertThat(issuer.check(stub.token(claims -> claims))).isPresent();
  }

  @Test
  void issuerThatGoesAway_isNotNeededForKeysThatAreKnown() throws Issuer.AwayException {
    assertThat(issuer.check(stub.token(claims -> claims))).isPresent();

    stub.setAway(true);

    assertThat(issuer.check(stub.token(claims -> claims))).isPresent();
  }

  @Test
  void issuerThatIsAwayFromTheStart_leavesTheTokenUndecided() {
    stub.setAway(true);

    assertThatThrownBy(() -> issuer.check(stub.token(claims -> claims)))
        .isInstanceOf(Issuer.AwayException.class);
    assertThatThrownBy(() -> issuer.check(stub.token(claims -> claims)))
        .isInstanceOf(Issuer.AwayException.class)
        .hasMessageContaining("did not answer");
  }
}
