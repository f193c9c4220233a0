package io.muster.agent;

import io.muster.agent.provider.CheckReport;
import io.muster.agent.provider.ServerFacts;
import io.muster.protocol.Server;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code check} found out about one server. Times are ISO 8601 in UTC.
 *
 * @param result {@code ok}, {@code failed}, {@code disabled} or {@code not polled}
 * @param failure the kind, when nothing could be read; null otherwise
 * @param responseTimeMs of the first authenticated call; null = nothing answered
 * @param duplicateOf the entry before it that is the same cluster; null = none
 * @param problems sentences that make the check fail
 * @param notes sentences that don't
 */
record CheckResult(
    String name,
    String id,
    String provider,
    String result,
    @Nullable String failure,
    @Nullable String version,
    @Nullable String endpoint,
    List<String> nodes,
    @Nullable Double responseTimeMs,
    @Nullable String tokenExpiresAt,
    @Nullable String certificateExpiresAt,
    @Nullable String certificateSha256,
    @Nullable List<String> missingPrivileges,
    @Nullable String duplicateOf,
    List<String> problems,
    List<String> notes) {
  static final String OK = "ok";
  static final String FAILED = "failed";
  static final String DISABLED = "disabled";
  static final String NOT_POLLED = "not polled";

  CheckResult {
    nodes = List.copyOf(nodes);
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
  }

  boolean failed() {
    return result.equals(FAILED);
  }

  static CheckResult of(Server server, CheckReport report) {
    ServerFacts facts = report.facts();
    return new CheckResult(
        server.entry().name(),
        server.entry().id().toString(),
        server.kind().label(),
        report.problems().isEmpty() ? OK : FAILED,
        null,
        facts.version(),
        text(facts.endpoint()),
        report.nodes(),
        report.responseTime().toNanos() / 1e6,
        text(facts.tokenExpiresAt()),
        text(facts.certificateExpiresAt()),
        text(facts.certificateSha256()),
        facts.missingPrivileges(),
        null,
        report.problems(),
        report.notes());
  }

  static CheckResult unread(Server server, String failure, String message) {
    return bare(server, FAILED, failure, List.of(message), List.of());
  }

  static CheckResult notAsked(Server server, String result, String note) {
    return bare(server, result, null, List.of(), List.of(note));
  }

  /** The same of an entry that is the same cluster as one before it. */
  CheckResult duplicateOf(String first) {
    List<String> more = new ArrayList<>(notes);
    more.add(
        "The same cluster as %s: only %s is polled, this entry stands by. Remove one of them, or put their URLs together."
            .formatted(first, first));
    return new CheckResult(
        name,
        id,
        provider,
        result,
        failure,
        version,
        endpoint,
        nodes,
        responseTimeMs,
        tokenExpiresAt,
        certificateExpiresAt,
        certificateSha256,
        missingPrivileges,
        first,
        problems,
        more);
  }

  private static CheckResult bare(
      Server server,
      String result,
      @Nullable String failure,
      List<String> problems,
      List<String> notes) {
    return new CheckResult(
        server.entry().name(),
        server.entry().id().toString(),
        server.kind().label(),
        result,
        failure,
        null,
        null,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        null,
        problems,
        notes);
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
