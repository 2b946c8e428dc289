using System.Collections.Concurrent;
using Azure.Core;
using SessionFunctions.Testing.Contract;
using Sessions.AzureTables.Tests.Faults;

namespace Sessions.AzureTables.Tests;

/// <summary>
/// Contract suites of the domain on Azurite, where the first answer to every write is lost and the client sends it again. Not those
/// that count what was ended: a deletion that meets itself isn't counted.
/// </summary>
public static class OnLossyAzurite
{
    public sealed class Create() : CreateContract(LossyTable);
    public sealed class Use() : UseContract(LossyTable);
    public sealed class Rotation() : RotationContract(LossyTable);
    public sealed class Data() : DataContract(LossyTable);
    public sealed class SignIn() : SignInContract(LossyTable);
    public sealed class Operate() : OperateContract(LossyTable);
    public sealed class EndEverything() : EndEverythingContract(LossyTable);

    private static FaultyAzuriteTable LossyTable()
    {
        var sent = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        return new FaultyAzuriteTable
        {
            Decide = request =>
                request.Method != RequestMethod.Get && sent.TryAdd(request.ClientRequestId, true) ? Fault.LostAnswer : Fault.None,
        };
    }
}
