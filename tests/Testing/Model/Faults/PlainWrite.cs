namespace SessionFunctions.Testing.Model.Faults;

/// <summary>A batch: the world after it, or null where it can't be carried out (any more). It may arrive late, in another world.</summary>
internal delegate PlainWorld? PlainWrite(PlainWorld world);

/// <summary>The batches that there are.</summary>
internal static class PlainWrites
{
    public static PlainWrite Insert(PlainSession session) => world => world.Find(session.Id) is null ? world.With(session) : null;

    /// <summary>Only as it was read.</summary>
    public static PlainWrite Replace(PlainSession before, PlainSession after) =>
        world => world.Find(before.Id)?.Stamp == before.Stamp ? world.With(after) : null;

    /// <summary>Only as it was read.</summary>
    public static PlainWrite Remove(PlainSession before) =>
        world => world.Find(before.Id)?.Stamp == before.Stamp ? world.Without(before) : null;

    /// <summary>Whatever it has become, if its rows are where they were.</summary>
    public static PlainWrite RemoveListed(PlainSession before) =>
        world => world.Find(before.Id) is { } now && now.Expires == before.Expires && now.ListedOf == before.ListedOf ? world.Without(now) : null;

    /// <summary>Whatever it has become, if it is there and in the list.</summary>
    public static PlainWrite End(PlainSession before) =>
        world => world.Find(before.Id) is { } now && now.ListedOf == before.ListedOf ? world.With(now with { IsEnded = true }) : null;

    /// <summary>Only if nobody has counted since.</summary>
    public static PlainWrite Keep(string user, PlainLimit? known, long ends) =>
        world => world.LimitOf(user)?.Stamp == known?.Stamp ? world.With(user, Math.Max(known?.Expires ?? 0, ends)) : null;

    public static PlainWrite RemoveLimit(string user, long expires) =>
        world => world.LimitOf(user)?.Expires == expires ? world.WithoutLimit(user) : null;

    public static PlainWrite MoveMark(long known, long mark) => world => world.Mark == known ? world.Marked(mark) : null;

    /// <summary>All or none.</summary>
    public static PlainWrite All(params IEnumerable<PlainWrite> writes)
    {
        var all = writes.ToList();
        return world => all.Aggregate((PlainWorld?)world, (known, write) => known is null ? null : write(known));
    }
}
