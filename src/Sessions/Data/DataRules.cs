namespace Sessions.Data;

/// <summary>What every change of data must keep to, whoever makes it.</summary>
internal static class DataRules
{
    public static Result<Session> Change(Session session, VersionCondition condition, DataChange change, SizeOptions sizes) =>
        !condition.Holds(session.Version)
            ? Refusal.Stale
            : change(session.Data).Then<Session>(data => SizeRule.Check("data", data, sizes.MaxDataBytes) is { } refusal
                ? refusal
                : session with { Data = data, Version = session.Version + 1 });
}
