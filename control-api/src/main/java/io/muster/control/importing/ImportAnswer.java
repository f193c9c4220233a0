package io.muster.control.importing;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.muster.control.problem.FieldProblem;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an import did, or would do.
 *
 * @param success how many did not fail
 * @param dryRun whether nothing was written
 * @param ignoredColumns columns that say nothing of a server
 */
@Serdeable
record ImportAnswer(
    int success,
    int created,
    int updated,
    int unchanged,
    List<Failed> failed,
    List<Done> servers,
    boolean dryRun,
    List<String> ignoredColumns) {
  /**
   * An entry that was not taken up.
   *
   * @param index from 0
   * @param line that it starts at, from 1; null = the file has none to count
   * @param code {@code invalid}, {@code exists}, {@code server-limit}, {@code secret-required} or
   *     {@code certificate-changed}
   * @param field the first that is wrong; empty = none alone is to blame
   * @param error what is wrong with it
   * @param errors all that is wrong
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Failed(
      int index,
      @Nullable Long line,
      String name,
      String code,
      String field,
      String error,
      List<FieldProblem> errors) {}

  /**
   * An entry that was taken up, or would be.
   *
   * @param id null = it would get one
   * @param outcome {@code created}, {@code updated} or {@code unchanged}
   * @param certificate the first that is not trusted, else the first; null = none was seen
   * @param certificates all that were seen
   * @param certificateError why none was seen; null = they were, or nobody looked
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Done(
      int index,
      @Nullable Long line,
      @Nullable UUID id,
      String name,
      String site,
      String provider,
      String outcome,
      @Nullable CertificateView certificate,
      List<CertificateView> certificates,
      @Nullable String certificateError) {}
}
