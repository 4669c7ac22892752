package io.hcp.pki;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.hcp.pki");

    @Test
    void module_dependencies_areTheJdkTheApiAndBouncyCastle() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax..",
                        "org.jspecify..",
                        "com.google.errorprone.annotations",
                        "io.hcp.api..",
                        "io.hcp.pki..",
                        "org.bouncycastle.asn1..",
                        "org.bouncycastle.cert",
                        "org.bouncycastle.cert.jcajce",
                        "org.bouncycastle.operator",
                        "org.bouncycastle.operator.jcajce",
                        "org.bouncycastle.pkcs")
                .check(MODULE);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "com.fasterxml..", "tools.jackson..", "io.fabric8..", "io.netty..", "com.google.common..")
                .check(MODULE);
    }

    @Test
    void module_publicMethods_showNoBouncyCastle() {
        DescribedPredicate<JavaClass> bouncyCastle = JavaClass.Predicates.resideInAPackage("org.bouncycastle..");
        methods()
                .that()
                .arePublic()
                .should()
                .notHaveRawReturnType(bouncyCastle)
                .andShould()
                .haveRawParameterTypes(DescribedPredicate.not(DescribedPredicate.anyElementThat(bouncyCastle)))
                .check(MODULE);
    }

    @Test
    void module_environmentSleepAndProviders_areNotTouched() {
        noClasses().should().callMethod(System.class, "getenv", String.class).check(MODULE);
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(MODULE);
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.security.Security")
                .check(MODULE);
    }
}
