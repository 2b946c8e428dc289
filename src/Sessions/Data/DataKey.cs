namespace Sessions.Data;

/// <summary>The name of one member of the data, as a call names it: not empty, and no longer than a name in the data may be.</summary>
public readonly record struct DataKey
{
    private readonly string? _name;

    private DataKey(string name) => _name = name;

    public static Result<DataKey> Parse(string name) =>
        name.Length is > 0 and <= JsonRules.MaxNameChars
            ? new DataKey(name)
            : Refusal.NotAllowed($"A key has 1 to {JsonRules.MaxNameChars} characters.");

    public override string ToString() => _name ?? "";
}
