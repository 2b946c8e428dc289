using Mono.Cecil;

namespace Architecture.Tests;

/// <summary>A type and one that it sees, each the outermost.</summary>
internal sealed record Sight(TypeReference Viewer, TypeReference Seen)
{
    public override string ToString() => $"{Viewer.FullName} sees {Seen.FullName}";

    public static IEnumerable<Sight> Of(TypeDefinition viewer) => new[] { viewer }
        .Concat(viewer.NestedTypes.SelectMany(WithNested))
        .SelectMany(SeenBy)
        .Select(Outermost)
        .Where(seen => seen.FullName != viewer.FullName)
        .DistinctBy(seen => seen.FullName)
        .Select(seen => new Sight(viewer, seen));

    /// <summary>The types that its users must be able to name: in what it is, and in the signatures of what others may call.</summary>
    public static IEnumerable<TypeReference> ShownBy(TypeDefinition type) => Parts(
        [
            type.BaseType,
            .. type.Interfaces.Select(each => each.InterfaceType),
            .. type.GenericParameters.SelectMany(each => each.Constraints).Select(each => each.ConstraintType),
            .. type.Fields.Where(field => field.IsPublic || field.IsFamily).Select(field => field.FieldType),
            .. type.Methods.Where(method => method.IsPublic || method.IsFamily).SelectMany(Signature),
        ]);

    private static IEnumerable<TypeReference> SeenBy(TypeDefinition type) => Parts(
        [
            type.BaseType,
            .. type.Interfaces.Select(each => each.InterfaceType),
            .. type.GenericParameters.SelectMany(each => each.Constraints).Select(each => each.ConstraintType),
            .. type.Fields.Select(field => field.FieldType),
            .. type.Methods.SelectMany(Signature),
            .. type.Methods.Where(method => method.HasBody).SelectMany(InBody),
            .. new ICustomAttributeProvider[] { type }.Concat(type.Methods).Concat(type.Properties).Concat(type.Fields)
                .SelectMany(each => each.CustomAttributes).Select(mark => mark.AttributeType),
        ]);

    private static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => type.NestedTypes.SelectMany(WithNested).Prepend(type);

    private static IEnumerable<TypeReference> Signature(MethodDefinition method) =>
    [
        method.ReturnType,
        .. method.Parameters.Select(parameter => parameter.ParameterType),
        .. method.GenericParameters.SelectMany(each => each.Constraints).Select(each => each.ConstraintType),
    ];

    private static IEnumerable<TypeReference> InBody(MethodDefinition method) =>
    [
        .. method.Body.Variables.Select(variable => variable.VariableType),
        .. method.Body.ExceptionHandlers.Select(handler => handler.CatchType),
        .. method.Body.Instructions.SelectMany(instruction => instruction.Operand switch
        {
            TypeReference type => [type],
            GenericInstanceMethod call => [call.DeclaringType, .. call.GenericArguments],
            MemberReference member => [member.DeclaringType],
            _ => Enumerable.Empty<TypeReference>(),
        }),
    ];

    /// <summary>Each type by itself: Task&lt;Row[]&gt; is Task and Row.</summary>
    private static IEnumerable<TypeReference> Parts(IEnumerable<TypeReference?> types) => types.SelectMany(type => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => Parts([generic.ElementType, .. generic.GenericArguments]),
        IModifierType modified => Parts([modified.ElementType, modified.ModifierType]),
        TypeSpecification specification => Parts([specification.ElementType]),
        _ => (IEnumerable<TypeReference>)[type],
    });

    public static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
