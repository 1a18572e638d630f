package io.rengo.test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.rengo",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {
  /// Where modules are packed before this test runs, their tests come in jars.
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  @ArchTest
  static final ArchRule dependenciesPointOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("core")
          .definedBy("io.rengo.core..")
          .layer("protocol")
          .definedBy("io.rengo.protocol..")
          .layer("aws")
          .definedBy("io.rengo.aws..")
          .layer("local")
          .definedBy("io.rengo.local..")
          .layer("identity")
          .definedBy("io.rengo.identity..")
          .layer("lambdas")
          .definedBy("io.rengo.lambdas..")
          .layer("agent")
          .definedBy("io.rengo.agent..")
          .layer("trainers")
          .definedBy("io.rengo.trainer..")
          .layer("sim")
          .definedBy("io.rengo.sim..")
          .layer("cli")
          .definedBy("io.rengo.cli..")
          .whereLayer("aws")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("local")
          .mayOnlyBeAccessedByLayers("sim", "cli")
          .whereLayer("identity")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("identity")
          .mayOnlyAccessLayers("core", "protocol")
          .whereLayer("lambdas")
          .mayOnlyBeAccessedByLayers("sim")
          .whereLayer("agent")
          .mayOnlyBeAccessedByLayers("trainers", "sim", "cli")
          .whereLayer("trainers")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("sim")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("core")
          .mayNotAccessAnyLayer()
          .whereLayer("protocol")
          .mayOnlyAccessLayers("core")
          .whereLayer("aws")
          .mayOnlyAccessLayers("core", "protocol")
          .whereLayer("local")
          .mayOnlyAccessLayers("core", "protocol")
          .whereLayer("lambdas")
          .mayOnlyAccessLayers("core", "protocol")
          .whereLayer("agent")
          .mayOnlyAccessLayers("core", "protocol")
          .whereLayer("trainers")
          .mayOnlyAccessLayers("core", "protocol", "agent");

  @ArchTest
  static final ArchRule coreStandsOnTheJdkAlone =
      noClasses()
          .that()
          .resideInAPackage("io.rengo.core..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages(
              "io.rengo.core..",
              "java..",
              "javax.crypto..",
              "jdk.incubator.vector..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule theAwsSdkLivesInAwsAlone =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.rengo.aws..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon.awssdk..");

  @ArchTest
  static final ArchRule bouncyCastleLivesInIdentityAlone =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.rengo.identity..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bouncycastle..");

  @ArchTest
  static final ArchRule nd4jLivesInItsTrainerAlone =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.rengo.trainer.dl4j..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.nd4j..", "org.deeplearning4j..");

  @ArchTest
  static final ArchRule nothingIsSerialisedByJava =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching("java\\.io\\.Object(In|Out)putStream");
}
