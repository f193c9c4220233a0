package io.muster.agent.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TokenExpiryTest {
  private static TokenExpiry read(String data) throws IOException {
    return TokenExpiry.read(new ObjectMapper().readTree(data), "agent");
  }

  @ParameterizedTest
  @CsvSource({"0, 1800000000", "1900000000, 1800000000", "1800000000, 1900000000", "1800000000, 0"})
  void earlierEndOfUserAndToken_counts(long user, long token) throws IOException {
    String data = "{\"expire\":%d,\"tokens\":{\"agent\":{\"expire\":%d}}}".formatted(user, token);

    assertThat(read(data).at()).hasToString("2027-01-15T08:00:00Z");
  }

  @Test
  void zeros_areNever() throws IOException {
    assertThat(read("{\"expire\":0,\"tokens\":{\"agent\":{\"expire\":0}}}").at()).isNull();
  }

  @Test
  void tokenThatIsNotListed_isNotNever() {
    assertThatThrownBy(() -> read("{\"expire\":0,\"tokens\":{\"other\":{\"expire\":0}}}"))
        .isInstanceOf(MalformedAnswerException.class)
        .hasMessageContaining("no token 'agent'");
  }
}
