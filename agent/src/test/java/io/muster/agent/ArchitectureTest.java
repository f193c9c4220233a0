package io.muster.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** {@code protocol ← provider ← platforms}; everything else knows the provider SPI only. */
@AnalyzeClasses(packages = "io.muster", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String[] PLATFORMS = {
    "io.muster.agent.proxmox..", "io.muster.agent.kubernetes..", "io.muster.agent.openstack.."
  };

  @ArchTest
  static final ArchRule protocolDependsOnNothingOfOurs =
      noClasses()
          .that()
          .resideInAPackage("io.muster.protocol..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.muster.agent..");

  @ArchTest
  static final ArchRule providerDependsOnProtocolAlone =
      noClasses()
          .that()
          .resideInAPackage("io.muster.agent.provider..")
          .should()
          .dependOnClassesThat(ours().and(notIn("io.muster.agent.provider", "io.muster.protocol")));

  @ArchTest
  static final ArchRule platformsDependOnProviderAndProtocolAlone =
      noClasses()
          .that()
          .resideInAnyPackage(PLATFORMS)
          .should()
          .dependOnClassesThat(
              ours()
                  .and(
                      notIn(
                          "io.muster.agent.provider",
                          "io.muster.protocol",
                          "io.muster.agent.proxmox",
                          "io.muster.agent.kubernetes",
                          "io.muster.agent.openstack")));

  @ArchTest
  static final ArchRule onlyTheFactoryPackageNamesPlatforms =
      noClasses()
          .that()
          .resideInAPackage("io.muster.agent.*..")
          .and()
          .resideOutsideOfPackages(PLATFORMS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PLATFORMS);

  @ArchTest
  static final ArchRule platformsDoNotKnowEachOther =
      slices()
          .matching("io.muster.agent.(proxmox|kubernetes|openstack)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.muster.agent.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyTheProviderOfAPlatformIsPublic =
      classes()
          .that()
          .resideInAnyPackage(PLATFORMS)
          .and()
          .areTopLevelClasses()
          .and()
          .haveSimpleNameNotEndingWith("Provider")
          .should()
          .notBePublic();

  /** What may be sent twice, and to several members, must not act. */
  @ArchTest
  static final ArchRule proxmoxIsOnlyEverRead =
      noClasses()
          .that()
          .resideInAPackage("io.muster.agent.proxmox..")
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "org\\.apache\\.hc\\..*(HttpPost|HttpPut|HttpDelete|HttpPatch|HttpUriRequestBase"
                  + "|BasicClassicHttpRequest|ClassicRequestBuilder|Request)");

  @ArchTest
  static final ArchRule injectionIsByConstructor =
      noClasses()
          .that()
          .resideInAPackage("io.muster..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("jakarta.inject.Inject");

  @ArchTest
  static void eachPlatformHasOnePublicClass(JavaClasses imported) {
    assertThat(publicOnes(imported, "proxmox")).containsExactly("ProxmoxProvider");
    assertThat(publicOnes(imported, "kubernetes")).containsExactly("KubernetesProvider");
  }

  private static List<String> publicOnes(JavaClasses imported, String platform) {
    return imported.stream()
        .filter(type -> type.getPackageName().equals("io.muster.agent." + platform))
        .filter(type -> type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
        .map(JavaClass::getSimpleName)
        .toList();
  }

  private static DescribedPredicate<JavaClass> ours() {
    return DescribedPredicate.describe(
        "of Muster", type -> type.getPackageName().startsWith("io.muster"));
  }

  private static DescribedPredicate<JavaClass> notIn(String... packages) {
    return DescribedPredicate.describe(
        "outside " + String.join(", ", packages),
        type -> {
          for (String name : packages) {
            if (type.getPackageName().equals(name)
                || type.getPackageName().startsWith(name + ".")) {
              return false;
            }
          }
          return true;
        });
  }
}
