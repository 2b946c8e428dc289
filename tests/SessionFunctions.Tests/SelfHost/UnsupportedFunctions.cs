using System.Reflection;
using System.Reflection.Emit;
using Microsoft.Azure.Functions.Worker;

namespace SessionFunctions.Tests.SelfHost;

/// <summary>An assembly of its own, since the sample functions here must all be fit to host.</summary>
internal static class UnsupportedFunctions
{
    public static Assembly Emit()
    {
        var assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Unsupported"), AssemblyBuilderAccess.Run);
        var type = assembly.DefineDynamicModule("Unsupported").DefineType("Functions", TypeAttributes.Public);
        var method = type.DefineMethod("Run", MethodAttributes.Public | MethodAttributes.Static, typeof(int), []);
        method.SetCustomAttribute(new CustomAttributeBuilder(typeof(FunctionAttribute).GetConstructor([typeof(string)])!, ["Odd"]));
        var code = method.GetILGenerator();
        code.Emit(OpCodes.Ldc_I4_0);
        code.Emit(OpCodes.Ret);
        return new Exporting(type.CreateType());
    }

    /// <summary>A dynamic assembly can't say itself what it exports.</summary>
    private sealed class Exporting(Type type) : Assembly
    {
        public override Type[] GetExportedTypes() => [type];
    }
}
