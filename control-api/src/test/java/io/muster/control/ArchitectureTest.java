package io.muster.control;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.muster", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule agentIsAskedAndNeverLinkedIn =
      noClasses()
          .that()
          .resideInAPackage("io.muster.control..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.muster.agent..", "io.muster.cli..", "io.muster.simulator..");

  @ArchTest
  static final ArchRule foundationsKnowNoFeature =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.muster.control.problem..",
              "io.muster.control.caller..",
              "io.muster.control.crypto..",
              "io.muster.control.audit..",
              "io.muster.control.settings..",
              "io.muster.control.paging..",
              "io.muster.control.openapi..",
              "io.muster.control.database..",
              "io.muster.control.rows..",
              "io.muster.control.tables..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.muster.control.account..",
              "io.muster.control.site..",
              "io.muster.control.server..",
              "io.muster.control.importing..",
              "io.muster.control.health..",
              "io.muster.control.oidc..",
              "io.muster.control.link..",
              "io.muster.control.live..",
              "io.muster.control.infrastructure..",
              "io.muster.control.history..");

  @ArchTest
  static final ArchRule foundationsHaveNoCycles =
      slices()
          .matching(
              "io.muster.control.(problem|caller|crypto|audit|settings|paging|openapi|database|rows|tables|account|site)..")
          .should()
          .beFreeOfCycles();

  @ArchTest
  static final ArchRule injectionIsByConstructor =
      noClasses()
          .that()
          .resideInAPackage("io.muster..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("jakarta.inject.Inject");
}
