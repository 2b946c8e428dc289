namespace SessionFunctions.Testing.Model.Faults;

/// <content>What concerns all sessions of a user.</content>
internal sealed partial class PlainService
{
    /// <summary>Sessions that end in one batch.</summary>
    private const int AtOnce = 33;

    public string List(string user) => Text(World.LiveOf(user, now));

    public string Siblings(string token)
    {
        var read = Read(token, slide: true);
        return read == NotAuthenticated ? read
            : Self(token) is { User: { } user } self ? Text(World.LiveOf(user, now).Where(other => other.Id != self.Id))
            : "";
    }

    public string EndUser(string user, string? except) => $"{End(user, session => session.Id != except)}";

    public string EndSiblings(string token, string? only)
    {
        var read = Read(token, slide: true);
        if (read == NotAuthenticated)
        {
            return read;
        }

        var self = Self(token);
        var ended = self.User is { } user ? End(user, other => other.Id != self.Id && (only is null || other.Id == only)) : 0;
        return only is null ? $"{ended}" : ended == 0 ? Missing : Done;
    }

    private PlainSession Self(string token) => World.Find(IdOf(token))!;

    private int End(string user, Func<PlainSession, bool> chosen)
    {
        var left = World.ListOf(user).Where(session => !session.IsEnded && chosen(session)).OrderBy(session => session.Id, StringComparer.Ordinal).ToList();
        foreach (var chunk in left.Chunk(AtOnce))
        {
            // What is only reserved is told that it is over, and deleted later: an insert that is sent twice would bring it back.
            Do(PlainWrites.All(chunk.Select(each => each.IsReserved ? PlainWrites.End(each) : PlainWrites.RemoveListed(each))));
        }

        return left.Count(session => !World.IsOver(session, now));
    }

    private static string Text(IEnumerable<PlainSession> sessions) => string.Join(
        '\n',
        sessions.Where(session => !session.IsReserved).OrderByDescending(session => session.Created).Select(session => session.DescribeListed()));
}
