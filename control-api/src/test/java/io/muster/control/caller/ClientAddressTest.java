package io.muster.control.caller;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpRequestWrapper;
import io.muster.control.settings.ControlSettings;
import io.muster.settings.Variables;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
  private final ClientAddress addresses =
      new ClientAddress(
          ControlSettings.read(Variables.of(Map.of("MUSTER_PROXIES", "::1, 192.0.2.1"))));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          203.0.113.7 | 198.51.100.1                          | 203.0.113.7
          203.0.113.7 | 192.0.2.1                             | 203.0.113.7
          192.0.2.1   |                                       | 192.0.2.1
          192.0.2.1   | 198.51.100.1                          | 198.51.100.1
          192.0.2.1   | 10.9.9.9, 198.51.100.1                | 198.51.100.1
          192.0.2.1   | 10.9.9.9, 198.51.100.1, 192.0.2.1     | 198.51.100.1
          192.0.2.1   | 198.51.100.1:40001                    | 198.51.100.1
          192.0.2.1   | [2001:db8::1]:40001                   | 2001:db8:0:0:0:0:0:1
          192.0.2.1   | 2001:db8::1                           | 2001:db8:0:0:0:0:0:1
          ::1         | 10.9.9.9,198.51.100.1,[::1]           | 198.51.100.1
          192.0.2.1   | 192.0.2.1                             | 192.0.2.1
          """)
  void lastHopThatIsNoProxyOfOurs_isWhoAsks(String peer, String forwarded, String client) {
    HttpRequest<?> request = HttpRequest.GET("/");
    if (forwarded != null) {
      request = HttpRequest.GET("/").header("X-Forwarded-For", forwarded);
    }

    assertThat(addresses.of(from(peer, request))).isEqualTo(client);
  }

  private static <T> HttpRequest<T> from(String peer, HttpRequest<T> request) {
    return new HttpRequestWrapper<>(request) {
      @Override
      public InetSocketAddress getRemoteAddress() {
        return new InetSocketAddress(peer, 40_000);
      }
    };
  }
}
