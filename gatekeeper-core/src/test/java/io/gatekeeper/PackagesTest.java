package io.gatekeeper;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class PackagesTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.gatekeeper");

  @Test
  void packageImportsOnlyFromThoseBelowIt() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .withOptionalLayers(true)
        .layer("root")
        .definedBy("io.gatekeeper")
        .layer("login")
        .definedBy("io.gatekeeper.login..")
        .layer("access")
        .definedBy("io.gatekeeper.access..")
        .layer("session")
        .definedBy("io.gatekeeper.session..")
        .layer("provider")
        .definedBy("io.gatekeeper.provider..")
        .layer("http")
        .definedBy("io.gatekeeper.http..")
        .layer("identity")
        .definedBy("io.gatekeeper.identity..")
        .whereLayer("root")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("login")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("access")
        .mayOnlyBeAccessedByLayers("root", "login")
        .whereLayer("session")
        .mayOnlyBeAccessedByLayers("root", "login", "access")
        .whereLayer("provider")
        .mayOnlyBeAccessedByLayers("root", "login", "access", "session")
        .whereLayer("http")
        .mayOnlyBeAccessedByLayers("root", "login", "access", "session", "provider")
        .check(CORE);
  }

  @Test
  void packagesMakeNoCircles() {
    slices().matching("io.gatekeeper.(*)..").should().beFreeOfCycles().check(CORE);
  }

  @Test
  void everyPackageIsInTheTable() {
    classes()
        .should()
        .resideInAnyPackage(
            "io.gatekeeper",
            "io.gatekeeper.login",
            "io.gatekeeper.access",
            "io.gatekeeper.session",
            "io.gatekeeper.provider",
            "io.gatekeeper.http",
            "io.gatekeeper.identity")
        .check(CORE);
  }

  @Test
  void protocolLibraryStaysWithTheProviderAndTheLogin() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.gatekeeper.provider", "io.gatekeeper.login")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.nimbusds..")
        .check(CORE);
  }

  @Test
  void pureFunctionsKnowNoServerAndDoNoInput() {
    noClasses()
        .that()
        .resideInAnyPackage("io.gatekeeper.http", "io.gatekeeper.access", "io.gatekeeper.identity")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.io",
            "java.nio.file..",
            "java.net.http..",
            "java.util.concurrent..",
            "org.slf4j..",
            "io.netty..",
            "jakarta..",
            "com.fasterxml..",
            "com.github..")
        .check(CORE);
  }
}
