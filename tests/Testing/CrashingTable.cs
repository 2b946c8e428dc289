using Sessions.Table;

namespace SessionFunctions.Testing;

/// <summary>A table whose process dies after so many calls: what was sent before that stays, nothing after it happens.</summary>
public sealed class CrashingTable(ITable inner) : InterruptedTable(inner)
{
    private int _callsLeft = int.MaxValue;

    public int Calls { get; private set; }

    public void DieAfter(int calls) => _callsLeft = calls;

    public void Revive() => (_callsLeft, Calls) = (int.MaxValue, 0);

    protected override void BeforeEachCall()
    {
        if (_callsLeft-- <= 0)
        {
            throw new ProcessDiedException();
        }

        Calls++;
    }
}

public sealed class ProcessDiedException() : Exception("The process died here.");
