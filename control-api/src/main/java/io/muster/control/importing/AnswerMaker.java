package io.muster.control.importing;

import io.muster.control.importing.Certificates.Seen;
import io.muster.control.importing.ImportAnswer.Done;
import io.muster.control.importing.ImportAnswer.Failed;
import io.muster.control.problem.FieldProblem;
import io.muster.control.server.Proposal;
import io.muster.control.server.Proposal.Outcome;
import io.muster.control.server.Proposal.Refused;
import io.muster.control.server.Proposal.Taken;
import io.muster.protocol.ServerEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Tells of each entry of a file what became of it, in the file's own words. */
final class AnswerMaker {
  private final ImportFile file;
  private final Map<Integer, Proposal> proposals;
  private final Map<Integer, Seen> seen;

  AnswerMaker(ImportFile file, Map<Integer, Proposal> proposals, Map<Integer, Seen> seen) {
    this.file = file;
    this.proposals = proposals;
    this.seen = seen;
  }

  ImportAnswer make(boolean dryRun) {
    List<Failed> failed = new ArrayList<>();
    List<Done> done = new ArrayList<>();
    for (ImportRow row : file.rows()) {
      switch (Objects.requireNonNull(proposals.get(row.index()))) {
        case Taken taken -> done.add(done(row, taken, dryRun));
        case Refused refused -> failed.add(failed(row, refused));
      }
    }
    return new ImportAnswer(
        done.size(),
        count(Outcome.CREATED),
        count(Outcome.UPDATED),
        count(Outcome.UNCHANGED),
        failed,
        done,
        dryRun,
        file.ignoredColumns());
  }

  private int count(Outcome outcome) {
    return (int)
        proposals.values().stream()
            .filter(proposal -> proposal instanceof Taken taken && taken.outcome() == outcome)
            .count();
  }

  private Done done(ImportRow row, Taken taken, boolean dryRun) {
    ServerEntry entry = taken.server().entry();
    Seen certificates = seen.getOrDefault(row.index(), Seen.NOTHING);
    return new Done(
        row.index(),
        row.line(),
        dryRun && taken.outcome() == Outcome.CREATED && !row.entry().has("id")
            ? null
            : entry.id().value(),
        entry.name(),
        taken.site().name(),
        taken.server().kind().label(),
        taken.outcome().name().toLowerCase(Locale.ROOT),
        certificates.first(),
        certificates.certificates().stream().map(CertificateView::of).toList(),
        certificates.error());
  }

  private static Failed failed(ImportRow row, Refused refused) {
    Map<String, FieldProblem> errors = new LinkedHashMap<>();
    refused.problems().stream()
        .map(row.inFile())
        .forEach(problem -> {
          String field = problem.key() == null ? "" : problem.key();
          errors.putIfAbsent(field, new FieldProblem(field, problem.message()));
        });
    List<FieldProblem> all = List.copyOf(errors.values());
    String more = all.size() > 1 ? " (and " + (all.size() - 1) + " more)" : "";
    return new Failed(
        row.index(),
        row.line(),
        row.name(),
        refused.code(),
        all.getFirst().field(),
        all.getFirst().message() + more,
        all);
  }
}
