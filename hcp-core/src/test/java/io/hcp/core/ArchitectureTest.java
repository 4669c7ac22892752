package io.hcp.core;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.http.HttpClient;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.hcp.api", "io.hcp.pki", "io.hcp.core");
    private static final JavaClasses MODULE = ALL.that(resideInAPackage("io.hcp.core.."));

    @Test
    void purePackages_worldOutside_isNotTouched() {
        DescribedPredicate<JavaClass> outside = resideInAPackage(HttpClient.class.getPackageName() + "..")
                .or(assignableTo(Files.class))
                .or(nameStartingWith("java.lang.Process"))
                .or(resideInAnyPackage(
                        "io.hcp.core.internal.local..",
                        "io.hcp.core.internal.component..",
                        "io.hcp.core.internal.execute..",
                        "io.hcp.core.internal.files..",
                        "io.hcp.core.internal.gateway..",
                        "io.hcp.core.internal.progress..",
                        "io.hcp.core.internal.time.."));
        noClasses()
                .that()
                .resideInAnyPackage(
                        "..internal.plan..",
                        "..internal.blueprint..",
                        "..internal.catalog..",
                        "..internal.spec..",
                        "..internal.usage..",
                        "..internal.report..",
                        "..internal.cluster.form..",
                        "..internal.cluster.pki..",
                        "..internal.cluster.plan..",
                        "..internal.cluster.record..",
                        "..internal.cluster.render..",
                        "..internal.cluster.resource..")
                .should()
                .dependOnClassesThat(outside)
                .check(MODULE);
    }

    @Test
    void engineAndSteps_worldOutside_isReachedThroughGatewaysAlone() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "..internal.engine..",
                        "..internal.execute..",
                        "..internal.machine..",
                        "io.hcp.core.internal.cluster",
                        "..internal.cluster.gateway..")
                .should()
                .dependOnClassesThat(resideInAPackage(HttpClient.class.getPackageName() + "..")
                        .or(assignableTo(Files.class))
                        .or(nameStartingWith("java.lang.Process"))
                        .or(resideInAnyPackage(
                                "..internal.local..",
                                "..internal.component..",
                                "..internal.files..",
                                "..internal.tenant..",
                                "..internal.cluster.fabric..")))
                .check(MODULE);
    }

    @Test
    void publicMethods_internalTypes_areNotShown() {
        DescribedPredicate<JavaClass> internal = resideInAPackage("..internal..");
        methods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .resideInAPackage("io.hcp.core")
                .should()
                .notHaveRawReturnType(internal)
                .andShould()
                .haveRawParameterTypes(not(anyElementThat(internal)))
                .check(MODULE);
    }

    @Test
    void module_heavyLibraries_areNotUsed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "com.fasterxml..",
                        "tools.jackson..",
                        "io.netty..",
                        "com.google.common..",
                        "com.google.protobuf..")
                .check(MODULE);
    }

    /** Whoever embeds the local backend alone needs no client of Kubernetes. */
    @Test
    void module_kubernetesClient_isUsedByTheBackendOfPodsAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.hcp.core", "..internal.cluster..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fabric8..")
                .check(MODULE);
        noClasses()
                .that()
                .resideOutsideOfPackages("io.hcp.core", "..internal.cluster.fabric..", "..internal.cluster.form..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fabric8.kubernetes.client..")
                .check(MODULE);
    }

    /** What renders knows the form of objects, and nothing that could send them. */
    @Test
    void rendering_kubernetesClient_isItsModelAlone() {
        noClasses()
                .that()
                .resideInAPackage("..internal.cluster.render..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.fabric8..")
                        .and(not(resideInAnyPackage(
                                "io.fabric8.kubernetes.api.model..", "io.fabric8.kubernetes.api.builder.."))))
                .check(MODULE);
    }

    @Test
    void module_sleepAndOwnThreads_areNotUsed() {
        noClasses()
                .should()
                .callMethodWhere(target(owner(assignableTo(Thread.class))).and(target(nameMatching("sleep"))))
                .check(ALL);
        noClasses()
                .should()
                .callConstructorWhere(target(owner(assignableTo(Thread.class))))
                .check(ALL);
    }

    @Test
    void module_environment_isReadAtTheEntryAlone() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(HostedControlPlanes.class.getName())
                .should()
                .callMethodWhere(target(owner(assignableTo(System.class))).and(target(nameMatching("getenv"))))
                .check(ALL);
    }

    @Test
    void packages_dependencies_haveOneDirection() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("api")
                .definedBy("io.hcp.api..")
                .layer("pki")
                .definedBy("io.hcp.pki..")
                .layer("description")
                .definedBy("..internal.spec..", "..internal.blueprint..", "..internal.catalog..")
                .layer("render")
                .definedBy("..internal.cluster.render..")
                .layer("usage")
                .definedBy("..internal.usage..")
                .layer("plan")
                .definedBy("..internal.plan..")
                .layer("time")
                .definedBy("..internal.time..")
                .layer("progress")
                .definedBy("..internal.progress..")
                .layer("gateway")
                .definedBy("..internal.gateway..")
                .layer("execute")
                .definedBy("..internal.execute..")
                .layer("engine")
                .definedBy("..internal.engine..")
                .layer("machine")
                .definedBy("..internal.machine..")
                .layer("local")
                .definedBy("..internal.local..")
                .layer("journal")
                .definedBy("..internal.journal..")
                .layer("tenant")
                .definedBy("..internal.tenant..")
                .layer("form")
                .definedBy("..internal.cluster.form..")
                .layer("record")
                .definedBy("..internal.cluster.record..", "..internal.cluster.pki..", "..internal.cluster.plan..")
                .layer("under")
                .definedBy("..internal.cluster.gateway..")
                .layer("pods")
                .definedBy("io.hcp.core.internal.cluster")
                .layer("resource")
                .definedBy("..internal.cluster.resource..")
                .layer("install")
                .definedBy("..internal.cluster.install..")
                .layer("fabric")
                .definedBy("..internal.cluster.fabric..")
                .layer("entry")
                .definedBy("io.hcp.core")
                .whereLayer("api")
                .mayNotAccessAnyLayer()
                .whereLayer("pki")
                .mayOnlyAccessLayers("api")
                .whereLayer("description")
                .mayOnlyAccessLayers("api", "pki")
                .whereLayer("render")
                .mayOnlyAccessLayers("api", "pki", "description")
                .whereLayer("usage")
                .mayOnlyAccessLayers("api")
                .whereLayer("plan")
                .mayOnlyAccessLayers("api", "description")
                .whereLayer("time")
                .mayOnlyAccessLayers("api")
                .whereLayer("progress")
                .mayOnlyAccessLayers("api")
                .whereLayer("gateway")
                .mayOnlyAccessLayers("api", "pki", "description", "usage")
                .whereLayer("execute")
                .mayOnlyAccessLayers("api", "plan", "time", "progress")
                .whereLayer("engine")
                .mayOnlyAccessLayers("api", "description", "usage", "plan", "time", "progress", "gateway", "execute")
                .whereLayer("machine")
                .mayOnlyAccessLayers("api", "pki", "description", "usage", "plan", "time", "gateway", "engine")
                .whereLayer("local")
                .mayOnlyAccessLayers("api", "pki", "description", "usage", "time", "gateway", "journal", "tenant")
                .whereLayer("local")
                .mayOnlyBeAccessedByLayers("entry")
                .whereLayer("resource")
                .mayOnlyAccessLayers("api", "description")
                .whereLayer("install")
                .mayOnlyAccessLayers("api", "time", "record", "resource")
                .whereLayer("journal")
                .mayOnlyAccessLayers("api", "description", "gateway")
                .whereLayer("tenant")
                .mayOnlyAccessLayers("api", "pki", "description", "usage", "time")
                .whereLayer("form")
                .mayNotAccessAnyLayer()
                .whereLayer("record")
                .mayOnlyAccessLayers("api", "pki", "description", "plan", "form", "render")
                .whereLayer("under")
                .mayOnlyAccessLayers("api", "pki", "description", "usage", "gateway", "form")
                .whereLayer("pods")
                .mayOnlyAccessLayers(
                        "api",
                        "pki",
                        "description",
                        "usage",
                        "plan",
                        "time",
                        "gateway",
                        "journal",
                        "engine",
                        "form",
                        "record",
                        "render",
                        "under",
                        "install")
                .whereLayer("fabric")
                .mayOnlyAccessLayers(
                        "api",
                        "pki",
                        "description",
                        "usage",
                        "time",
                        "gateway",
                        "tenant",
                        "form",
                        "under",
                        "resource",
                        "install")
                .whereLayer("fabric")
                .mayOnlyBeAccessedByLayers("entry")
                .check(ALL);
    }

    @Test
    void packages_cycles_areNone() {
        slices().matching("io.hcp.core.internal.(*)..")
                .should()
                .beFreeOfCycles()
                .check(MODULE);
    }
}
