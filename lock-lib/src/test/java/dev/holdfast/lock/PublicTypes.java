package dev.holdfast.lock;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;

/** Public types of this module, read from its compiled classes. */
final class PublicTypes {
  private static final String INTERNAL = "dev.holdfast.lock.internal.";

  private PublicTypes() {}

  static List<Class<?>> all() {
    return new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(LockClient.class.getPackageName())
            .stream()
            .filter(type -> !type.getPackageName().startsWith(INTERNAL))
            .filter(PublicTypes::isPublic)
            .<Class<?>>map(JavaClass::reflect)
            .toList();
  }

  private static boolean isPublic(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && !type.getSimpleName().equals("package-info")
        && type.getEnclosingClass().map(PublicTypes::isPublic).orElse(true);
  }
}
