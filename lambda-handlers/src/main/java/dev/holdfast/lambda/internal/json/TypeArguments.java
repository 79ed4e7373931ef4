package dev.holdfast.lambda.internal.json;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JavaType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What a handler's class says for the type parameters of its base class, also through generic
 * classes in between.
 *
 * @param handler the handler's class
 * @param base its generic base class
 * @param bindings what each type variable on the way stands for
 */
public record TypeArguments(Class<?> handler, Class<?> base, Map<TypeVariable<?>, Type> bindings) {

  public static TypeArguments of(Class<?> handler, Class<?> base) {
    Map<TypeVariable<?>, Type> bindings = new HashMap<>();
    Class<?> type = handler;
    while (type != base) {
      Class<?> superclass = type.getSuperclass();
      if (type.getGenericSuperclass() instanceof ParameterizedType generic) {
        bind(superclass.getTypeParameters(), generic.getActualTypeArguments(), bindings);
      }
      type = superclass;
    }
    return new TypeArguments(handler, base, bindings);
  }

  private static void bind(
      TypeVariable<?>[] variables, Type[] arguments, Map<TypeVariable<?>, Type> bindings) {
    for (int i = 0; i < variables.length; i++) {
      bindings.put(variables[i], arguments[i]);
    }
  }

  /** The JSON of the type that stands for a parameter of the base class. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public // it is the type found here
  <T> JsonCodec<T> codecAt(int index) {
    TypeVariable<?> parameter = base.getTypeParameters()[index];
    if (!isResolved(parameter)) {
      throw new IllegalStateException(
          handler.getName()
              + " leaves open what "
              + parameter.getName()
              + " of "
              + base.getSimpleName()
              + " is: extend it with types that are known when the class is compiled, such as "
              + base.getSimpleName()
              + "<Order, Receipt>");
    }
    JavaType[] arguments = Json.MAPPER.constructType(handler).findTypeParameters(base);
    return (JsonCodec<T>) JsonCodec.of(arguments[index]);
  }

  private boolean isResolved(Type type) {
    if (type instanceof TypeVariable<?> variable) {
      return bindings.containsKey(variable) && isResolved(bindings.get(variable));
    }
    if (type instanceof ParameterizedType generic) {
      return areResolved(generic.getActualTypeArguments());
    }
    if (type instanceof GenericArrayType array) {
      return isResolved(array.getGenericComponentType());
    }
    return !(type instanceof WildcardType wildcard)
        || (areResolved(wildcard.getUpperBounds()) && areResolved(wildcard.getLowerBounds()));
  }

  private boolean areResolved(Type[] types) {
    return Arrays.stream(types).allMatch(this::isResolved);
  }
}
