package io.muster.agent.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.agent.kubernetes.Shapes.PodObject;
import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Proxies;
import io.muster.agent.provider.RawServer;
import io.muster.protocol.TlsTrust;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A watch that goes silent without a word. */
final class FeedTest {
  private final List<String> seen = new CopyOnWriteArrayList<>();

  @Test
  void silentWatch_isCutAndTakenUpFromTheLastVersionThatWasToldOf() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (RawServer server = new RawServer((path, out) -> answer(path, out, end));
        ApiClient client =
            new ApiClient(
                new Login(
                    server.url(),
                    "lab",
                    null,
                    Map.of(),
                    List.of(),
                    new TlsTrust(true, List.of(), server.authorityPem()),
                    null),
                new Proxies(null, Map.of()));
        Feed<PodObject, Pod> feed =
            new Feed<>(
                "pods",
                "/api/v1/pods",
                PodObject.class,
                new ObjectReaders("lab")::pod,
                new Remembering(),
                client,
                new CallCounter(),
                Duration.ofSeconds(1))) {
      feed.start();

      assertThat(feed.health().await(Deadline.after(Clusters.PATIENCE))).isNull();
      Clusters.until("the second watch", () -> seen.contains("seen pod:a:second"));
      assertThat(seen).containsExactly("listed 1", "seen pod:a:first", "seen pod:a:second");
      assertThat(server.paths())
          .anyMatch(path -> path.contains("watch=1") && path.contains("resourceVersion=10"))
          .anyMatch(path -> path.contains("watch=1") && path.contains("resourceVersion=12"));
    } finally {
      end.countDown();
    }
  }

  private static void answer(String path, OutputStream out, CountDownLatch end) throws Exception {
    if (!path.contains("watch=1")) {
      RawServer.json(
          out,
          "200 OK",
          """
          {"kind": "PodList", "metadata": {"resourceVersion": "10"}, "items": [
            {"metadata": {"name": "old", "namespace": "a", "resourceVersion": "7"}}]}
          """);
      return;
    }
    String events =
        path.contains("resourceVersion=10")
            ? """
            {"type":"ADDED","object":{"metadata":{"name":"first","namespace":"a","resourceVersion":"11"}}}
            {"type":"BOOKMARK","object":{"kind":"Pod","metadata":{"resourceVersion":"12"}}}
            """
            : """
            {"type":"ADDED","object":{"metadata":{"name":"second","namespace":"a","resourceVersion":"13"}}}
            """;
    out.write(
        ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n"
                + events)
            .getBytes(StandardCharsets.UTF_8));
    out.flush();
    end.await();
  }

  private final class Remembering implements Store<Pod> {
    @Override
    public void listed(List<Pod> all) {
      seen.add("listed " + all.size());
    }

    @Override
    public void seen(Pod one) {
      seen.add("seen " + one.id());
    }

    @Override
    public void deleted(Pod one) {
      seen.add("deleted " + one.id());
    }
  }
}
