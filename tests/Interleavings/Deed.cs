using Sessions;

namespace Interleavings;

/// <summary>One caller's call: when it began and ended, and what it was told.</summary>
internal sealed class Deed(Act act, string by)
{
    public Act Act => act;

    public string By => by;

    public int Began { get; set; } = int.MaxValue;

    public int Ended { get; set; } = int.MaxValue;

    /// <summary>Whether it was answered as having done what it was asked for.</summary>
    public bool IsDone => Ended != int.MaxValue && Refusal is null && Failure is null;

    /// <summary>Whether nobody knows what became of it: no answer, or one that says so.</summary>
    public bool IsUnknown => Began != int.MaxValue && !IsDone
        && (IsRepeated || Ended == int.MaxValue || Failure is not null || Refusal is { Kind: RefusalKind.Unknown });

    /// <summary>Whether it was made again since it wasn't answered.</summary>
    public bool IsRepeated { get; set; }

    public Refusal? Refusal { get; set; }

    public Exception? Failure { get; set; }

    /// <summary>The token that the answer handed out.</summary>
    public SessionToken? Token { get; set; }

    /// <summary>Keys of the table's rows when it began.</summary>
    public IReadOnlyList<string> KeysBefore { get; set; } = [];

    public override string ToString() =>
        $"{by} {act.Name}: {(Began == int.MaxValue ? "never began" : IsDone ? "done" : Refusal is { } refusal ? refusal.Kind.ToString() : Failure?.Message ?? "no answer")}";
}
