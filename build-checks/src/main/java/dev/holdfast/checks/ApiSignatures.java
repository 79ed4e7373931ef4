package dev.holdfast.checks;

import static java.lang.reflect.Modifier.isFinal;
import static java.lang.reflect.Modifier.isProtected;
import static java.lang.reflect.Modifier.isPublic;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Signatures of a set of types and of their accessible members, one line each, in a stable order.
 */
final class ApiSignatures {

  private ApiSignatures() {}

  static List<String> of(List<Class<?>> types) {
    return types.stream()
        .sorted(Comparator.comparing(Class::getName))
        .flatMap(type -> Stream.concat(Stream.of(typeHeader(type)), members(type)))
        .toList();
  }

  private static String typeHeader(Class<?> type) {
    return Modifier.toString(type.getModifiers() & ~Modifier.INTERFACE)
        + typeKind(type)
        + type.getName()
        + typeParameters(type)
        + joinTypes(" extends ", explicitSuperclass(type))
        + joinTypes(type.isInterface() ? " extends " : " implements ", type.getGenericInterfaces())
        + joinTypes(" permits ", type.isSealed() ? type.getPermittedSubclasses() : new Type[0]);
  }

  private static String typeKind(Class<?> type) {
    if (type.isAnnotation()) {
      return " @interface ";
    }
    if (type.isInterface()) {
      return " interface ";
    }
    return type.isRecord() ? " record " : type.isEnum() ? " enum " : " class ";
  }

  private static String typeParameters(Class<?> type) {
    return type.getTypeParameters().length == 0
        ? ""
        : Arrays.stream(type.getTypeParameters())
            .map(each -> each + joinTypes(" extends ", each.getBounds()))
            .collect(Collectors.joining(",", "<", ">"))
            .replace(" extends java.lang.Object", "");
  }

  private static Type[] explicitSuperclass(Class<?> type) {
    Type parent = type.getGenericSuperclass();
    boolean implicit = parent == null || parent == Object.class || type.isRecord() || type.isEnum();
    return implicit ? new Type[0] : new Type[] {parent};
  }

  private static String joinTypes(String keyword, Type[] types) {
    return types.length == 0
        ? ""
        : Arrays.stream(types)
            .map(Type::getTypeName)
            .sorted()
            .collect(Collectors.joining(", ", keyword, ""));
  }

  private static Stream<String> members(Class<?> type) {
    return withHiddenSuperclasses(type)
        .flatMap(
            each ->
                Stream.of(fields(each), constructors(type, each), methods(each))
                    .flatMap(member -> member))
        .filter(member -> isVisible(member, type))
        .map(member -> "  " + memberSignature(member))
        .sorted()
        .distinct();
  }

  /**
   * Adds superclasses that are not public. Their public methods are inherited and so accessible.
   */
  private static Stream<Class<?>> withHiddenSuperclasses(Class<?> type) {
    Class<?> parent = type.getSuperclass();
    boolean hidden = parent != null && !isPublic(parent.getModifiers());
    return hidden
        ? Stream.concat(Stream.of(type), withHiddenSuperclasses(parent))
        : Stream.of(type);
  }

  private static Stream<Field> fields(Class<?> type) {
    return Arrays.stream(type.getDeclaredFields());
  }

  private static Stream<Method> methods(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods());
  }

  private static Stream<Constructor<?>> constructors(Class<?> type, Class<?> declaring) {
    return type == declaring ? Arrays.stream(type.getDeclaredConstructors()) : Stream.of();
  }

  private static boolean isVisible(Member member, Class<?> type) {
    boolean inheritable = isProtected(member.getModifiers()) && !isFinal(type.getModifiers());
    return !member.isSynthetic() && (isPublic(member.getModifiers()) || inheritable);
  }

  private static String memberSignature(Member member) {
    return member instanceof Executable executable
        ? executable.toGenericString()
        : ((Field) member).toGenericString();
  }
}
