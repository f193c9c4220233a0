package io.muster.simulator.kubernetes.faults;

import io.muster.simulator.control.Arguments;
import io.muster.simulator.faults.Kind;
import io.muster.simulator.kubernetes.access.Accounts.Role;
import io.muster.simulator.kubernetes.access.Rule;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The faults by the names that a user gives them, with the keys that each takes. */
public enum KubernetesFaultKind implements Kind<KubernetesFault> {
  HUNG("the API server takes requests and does not answer", "seconds times path"),
  SLOW("the API server answers ms= milliseconds later", "seconds times path ms"),
  STATUS(
      "the API server answers status= (400 to 599), with retry-after= seconds in a header",
      "seconds times path status retry-after"),
  DROPPED("the connection closes without an answer", "seconds times path"),
  TRUNCATED(
      "the connection closes within the answer, after bytes= (else 20000)",
      "seconds times path bytes"),
  WATCH_CUT(
      "open watches are cut, with seconds= or times= those that begin later too; with silent=true"
          + " they stay and nothing comes",
      "seconds times path silent"),
  FORBIDDEN(
      "only the administrator may still do verb= (else all) to resource= (such as pods or"
          + " pods/exec, else all) of group= (else all)",
      "seconds verb resource group"),
  METRICS_ABSENT(
      "metrics-server is not installed, or with how=empty has nothing, with how=down does not"
          + " answer",
      "seconds how"),
  TOKEN_EXPIRED(
      "the token of role= (reader, namespaced, operator, admin; else reader) is past its end",
      "seconds role"),
  SKEW("the cluster's clock is offset= seconds ahead, or late when negative", "seconds offset"),
  REFUSED("nothing listens at the API server's port; open connections are cut", "seconds"),
  CERTIFICATE("the API server shows a certificate of another authority", "seconds");

  /** Ten minutes: more than any client waits. */
  private static final long LONGEST_DELAY_MS = 600_000;

  /** A year: a dead clock battery. */
  private static final long LARGEST_OFFSET = 31_536_000;

  private static final long LONGEST_RETRY_SECONDS = 3600;

  /** About the first five pods of a list. */
  private static final int TRUNCATED_BYTES = 20_000;

  private static final long MOST_BYTES = 1_000_000_000;

  private final String does;
  private final String keys;

  KubernetesFaultKind(String does, String keys) {
    this.does = does;
    this.keys = keys;
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String does() {
    return does;
  }

  @Override
  public Set<String> keys() {
    return Set.of(keys.split(" ", -1));
  }

  @Override
  public KubernetesFault make(Arguments arguments) {
    return switch (this) {
      case HUNG -> new KubernetesFault.Hung();
      case SLOW ->
          new KubernetesFault.Slow(Duration.ofMillis(arguments.number("ms", 1, LONGEST_DELAY_MS)));
      case STATUS ->
          new KubernetesFault.Status(
              (int) arguments.number("status", 400, 599),
              arguments.optionalNumber("retry-after", 0, LONGEST_RETRY_SECONDS));
      case DROPPED -> new KubernetesFault.Dropped();
      case TRUNCATED -> {
        Long bytes = arguments.optionalNumber("bytes", 0, MOST_BYTES);
        yield new KubernetesFault.Truncated(bytes == null ? TRUNCATED_BYTES : bytes.intValue());
      }
      case WATCH_CUT ->
          new KubernetesFault.WatchCut(
              arguments.flag("silent", false),
              arguments.text("seconds") != null || arguments.text("times") != null);
      case FORBIDDEN ->
          new KubernetesFault.Forbidden(
              new Rule(
                  any(arguments.text("group")),
                  any(arguments.text("resource")),
                  any(arguments.text("verb"))));
      case METRICS_ABSENT ->
          new KubernetesFault.Metrics(
              choice(
                  arguments,
                  "how",
                  KubernetesFault.Metrics.Failure.values(),
                  KubernetesFault.Metrics.Failure.ABSENT));
      case TOKEN_EXPIRED ->
          new KubernetesFault.TokenExpired(choice(arguments, "role", Role.values(), Role.READER));
      case SKEW ->
          new KubernetesFault.Skew(arguments.number("offset", -LARGEST_OFFSET, LARGEST_OFFSET));
      case REFUSED -> new KubernetesFault.Refused();
      case CERTIFICATE -> new KubernetesFault.Certificate();
    };
  }

  private static Set<String> any(@Nullable String word) {
    return Set.of(word == null ? "*" : word);
  }

  private static <E extends Enum<E>> E choice(
      Arguments arguments, String name, E[] values, E otherwise) {
    String word = arguments.text(name);
    if (word == null) {
      return otherwise;
    }
    for (E value : values) {
      if (lower(value).equals(word)) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        "'%s' is one of %s, not '%s'"
            .formatted(
                name,
                String.join(", ", Arrays.stream(values).map(KubernetesFaultKind::lower).toList()),
                word));
  }
}
