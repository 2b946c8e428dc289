namespace Sessions.Rows;

/// <summary>
/// What the table knows users by. The hash has a key that is the table's, if it was made with keys: without it a copy of the table tells
/// nobody whether a user they think of is there.
/// </summary>
internal sealed class UserKeys(KnownTable table)
{
    public async ValueTask<UserKey> OfAsync(User user, CancellationToken cancellation) => (await table.GetAsync(cancellation)).KeyOf(user);
}
