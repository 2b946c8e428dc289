using Sessions;

namespace SessionFunctions.Testing.Model.Faults;

/// <content>Calls that concern all sessions of a user.</content>
internal sealed partial class PlainCalls
{
    private PlainCall List()
    {
        var user = AnyUser();
        return new PlainCall("list", $"list {user}", async (world, _) => Text(await world.ListAsync(user)), model => model.List(user));
    }

    private PlainCall ListSiblings()
    {
        var token = AnyToken();
        return new PlainCall(
            "list siblings",
            $"list siblings {Short(token)}",
            async (world, _) => (await world.Siblings.ListAsync(Token(token), after: null, default)).Succeeded(out var others, out var refusal)
                ? Text(others.Sessions)
                : Text(refusal),
            model => model.Siblings(token));
    }

    private PlainCall EndSiblings()
    {
        var (token, only) = (AnyToken(), _chance.Next(2) == 0 ? AnyId() : null);
        return new PlainCall(
            "end siblings",
            $"end siblings {Short(token)} {only}",
            async (world, _) => only is not null
                ? await world.Siblings.EndOneAsync(Token(token), Parsed(only), default) is { } refused ? Text(refused) : PlainService.Done
                : (await world.Siblings.EndAsync(Token(token), default)).Succeeded(out var ended, out var refusal) ? $"{ended}" : Text(refusal),
            model => model.EndSiblings(token, only));
    }

    private PlainCall EndUser()
    {
        var (user, except) = (AnyUser(), _chance.Next(3) == 0 ? AnyId() : null);
        return new PlainCall(
            "end user",
            $"end user {user} except {except}",
            async (world, _) => $"{SessionWorld.Value(await world.Users.EndAsync(SessionWorld.Named(user), except is null ? null : Parsed(except), default))}",
            model => model.EndUser(user, except));
    }

    private static string Text(IEnumerable<ListedSession> sessions) => string.Join('\n', sessions.Select(PlainSession.Describe));
}
