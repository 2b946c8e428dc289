namespace Sessions.Data;

/// <summary>Adds to the number that a key holds; a key that isn't there holds 0.</summary>
public static class Increment
{
    public static Result<SessionData> Apply(SessionData data, DataKey key, ExactDecimal by)
    {
        Result<ExactDecimal> before = data.Find(key).Succeeded(out var value, out _)
            ? ExactDecimal.Parse(value, "What the key holds")
            : ExactDecimal.Zero;
        return before
            .Then(number => number.Plus(by))
            .Then<SessionData>(sum => data.With(key, sum.ToValue()));
    }
}
