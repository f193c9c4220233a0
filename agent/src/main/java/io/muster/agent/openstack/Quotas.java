package io.muster.agent.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.agent.provider.QuotaSample;
import io.muster.agent.provider.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** What projects use of what they may: three services, a few projects a poll. */
final class Quotas {
  /** Of one project: people change limits, and use grows, slowly. */
  private static final Duration PERIOD = Duration.ofMinutes(5);

  /** When one of the services could not tell. */
  private static final Duration RETRY = Duration.ofMinutes(1);

  /** Ten projects are thirty calls, eight at once. */
  private static final int MOST = 10;

  private static final long KIBI = 1L << 10;

  private final Session session;
  private final Parts parts;
  private final Projects projects;
  private final Map<String, Instant> readAt = new HashMap<>();

  Quotas(Session session, Parts parts, Projects projects) {
    this.session = session;
    this.parts = parts;
    this.projects = projects;
  }

  /**
   * Where a service tells it.
   *
   * @param used name of the field
   * @param names its words and ours
   */
  private record Source(
      Part part,
      Service service,
      String path,
      String field,
      String used,
      Map<String, Word> names) {}

  /**
   * @param unit in bytes, or 1 of what is counted
   */
  private record Word(String resource, long unit) {
    static Word count(String resource) {
      return new Word(resource, 1);
    }
  }

  private static final List<Source> SOURCES =
      List.of(
          new Source(
              Part.COMPUTE_QUOTAS,
              Service.COMPUTE,
              "/os-quota-sets/%s/detail",
              "quota_set",
              "in_use",
              Map.of(
                  "instances", Word.count("instances"),
                  "cores", Word.count("cores"),
                  "ram", new Word("ram_bytes", KIBI * KIBI),
                  "server_groups", Word.count("server_groups"))),
          new Source(
              Part.VOLUME_QUOTAS,
              Service.VOLUME,
              "/os-quota-sets/%s?usage=true",
              "quota_set",
              "in_use",
              Map.of(
                  "volumes", Word.count("volumes"),
                  "gigabytes", new Word("volumes_bytes", KIBI * KIBI * KIBI),
                  "snapshots", Word.count("snapshots"),
                  "backups", Word.count("backups"),
                  "backup_gigabytes", new Word("backups_bytes", KIBI * KIBI * KIBI))),
          new Source(
              Part.NETWORK_QUOTAS,
              Service.NETWORK,
              "/v2.0/quotas/%s/details",
              "quota",
              "used",
              Map.of(
                  "network", Word.count("networks"),
                  "subnet", Word.count("subnets"),
                  "port", Word.count("ports"),
                  "router", Word.count("routers"),
                  "floatingip", Word.count("floating_ips"),
                  "security_group", Word.count("security_groups"),
                  "security_group_rule", Word.count("security_group_rules"))));

  List<Sample> read(Round round) throws InterruptedException {
    Map<String, String> names = projects.names();
    readAt.keySet().retainAll(names.keySet());
    List<String> due =
        names.keySet().stream()
            .filter(id -> {
              Instant last = readAt.get(id);
              return last == null || Duration.between(last, round.at()).compareTo(PERIOD) >= 0;
            })
            .sorted(
                Comparator.<String, Instant>comparing(id -> readAt.getOrDefault(id, Instant.MIN))
                    .thenComparing(id -> id))
            .limit(MOST)
            .toList();
    Queue<Sample> samples = new ConcurrentLinkedQueue<>();
    Abreast abreast = new Abreast(session.threads());
    for (Source source : SOURCES) {
      if (!due.isEmpty()) {
        abreast.start(() ->
            parts.run(source.part(), round.at(), () -> read(source, due, names, round, samples)));
      }
    }
    abreast.await();
    Instant read = hasFailed() ? round.at().minus(PERIOD).plus(RETRY) : round.at();
    due.forEach(id -> readAt.put(id, read));
    return List.copyOf(samples);
  }

  private boolean hasFailed() {
    return SOURCES.stream()
        .map(source -> parts.problem(source.part()))
        .anyMatch(problem -> problem != null && !problem.isForbidden() && !problem.isAbsent());
  }

  /**
   * A project that is refused, as one deleted since the projects were listed, costs its own alone.
   */
  private void read(
      Source source,
      List<String> due,
      Map<String, String> names,
      Round round,
      Queue<Sample> samples)
      throws CallException {
    CallException refusal = null;
    boolean anyRead = false;
    for (String project : due) {
      try {
        read(source, project, names.getOrDefault(project, project), round, samples);
        anyRead = true;
      } catch (CallException e) {
        if (!e.isOfWhatWasAsked()) {
          throw e;
        }
        refusal = e;
      }
    }
    if (refusal != null && !anyRead) {
      throw refusal;
    }
  }

  private void read(Source source, String project, String name, Round round, Queue<Sample> samples)
      throws CallException {
    JsonNode quota =
        session
            .get(
                source.service(),
                source.path().formatted(project),
                source.service() == Service.COMPUTE ? round.version() : null,
                round.deadline(),
                round.calls())
            .path(source.field());
    List<Sample> read = new ArrayList<>();
    source
        .names()
        .forEach((theirs, word) -> {
          JsonNode of = quota.path(theirs);
          if (of.path("limit").isNumber()) {
            read.add(
                new QuotaSample(
                    round.at(),
                    name,
                    word.resource(),
                    of.path(source.used()).isNumber()
                        ? Long.valueOf(of.path(source.used()).asLong() * word.unit())
                        : null,
                    limit(of.path("limit").asLong(), word)));
          }
        });
    samples.addAll(read);
  }

  /** A negative one is none. */
  private static @Nullable Long limit(long theirs, Word word) {
    return theirs < 0 ? null : Long.valueOf(theirs * word.unit());
  }
}
