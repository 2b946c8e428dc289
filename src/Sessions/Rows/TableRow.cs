using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Sessions.Table;

namespace Sessions.Rows;

/// <summary>
/// The table's own row, in a partition of its own: the mark that ends every older session, with how many shards the table was made, and
/// the key by which users are hashed. Whoever needs it first and finds none makes it.
/// </summary>
internal sealed class TableRow(ITable table, IOptions<RowsOptions> options)
{
    private const string Mark = "time";
    private const string Shards = "shards";
    private const string UserSecret = "userkey";
    private const int UserSecretBytes = 32;
    private const byte Form = 0;
    private const int MaxRounds = 20;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    private readonly Seal _seal = new(KeyRing.Of(options.Value));
    private readonly int _shards = options.Value.Shards;

    /// <summary>One round trip, and a few more where the row has to be made or sealed anew.</summary>
    /// <exception cref="TableMismatchException">The app's settings don't fit.</exception>
    public async Task<TableState> ReadAsync(CancellationToken cancellation)
    {
        var row = await FindOrMakeAsync(cancellation);
        var state = StateOf(row);
        await SealAnewAsync(row, state, cancellation);
        return state;
    }

    /// <summary>
    /// Moves the mark on, at least to a moment. Always a little, since a session that begins under a mark is born just after it, by
    /// whichever clock. Two round trips.
    /// </summary>
    public async Task<TableState> MoveMarkAsync(DateTimeOffset atLeast, CancellationToken cancellation)
    {
        DateTimeOffset? sent = null;
        for (var round = 0; round < MaxRounds; round++)
        {
            var row = await FindOrMakeAsync(cancellation);
            var state = StateOf(row);
            if (state.NotBefore == sent)
            {
                return state; // refused, since it was sent twice and meets itself
            }

            var mark = state.NotBefore >= atLeast ? state.NotBefore + Step : atLeast;
            var columns = new Dictionary<string, object>(StringComparer.Ordinal) { [Mark] = mark };
            if ((await table.SubmitAsync(new RowBatch(RowKeys.TablePartition).Merge(RowKeys.Table, columns, row.ETag), cancellation)).Conflict is null)
            {
                return state with { NotBefore = mark };
            }

            sent = mark;
        }

        throw new StorageUnavailableException($"The mark that ends every session was changed by others in each of {MaxRounds} rounds.");
    }

    private async Task<Row> FindOrMakeAsync(CancellationToken cancellation) =>
        await FindAsync(cancellation)
        ?? await MakeAsync(cancellation)
        ?? await FindAsync(cancellation)
        ?? throw new StorageUnavailableException("The table's own row can neither be made nor found.");

    private Task<Row?> FindAsync(CancellationToken cancellation) => table.FindAsync(RowKeys.TablePartition, RowKeys.Table, cancellation);

    /// <summary>Null where another has made it.</summary>
    private async Task<Row?> MakeAsync(CancellationToken cancellation)
    {
        var columns = new Dictionary<string, object>(StringComparer.Ordinal) { [Shards] = (long)_shards };
        if (_seal.HasKeys)
        {
            columns.Add(UserSecret, Sealed(RandomNumberGenerator.GetBytes(UserSecretBytes)));
        }

        var outcome = await table.SubmitAsync(new RowBatch(RowKeys.TablePartition).Insert(RowKeys.Table, columns), cancellation);
        return outcome.Conflict is null ? new Row(RowKeys.TablePartition, RowKeys.Table, columns, outcome.ETag(0)) : null;
    }

    private TableState StateOf(Row row)
    {
        if (row.Number(Shards) is var shards && shards != _shards)
        {
            throw new TableMismatchException($"The table was made with {shards} shards, and Sessions:Shards is {_shards}. Set it to {shards}, or begin with a new table.");
        }

        try
        {
            var secret = row.Bytes(UserSecret) is { } stored ? _seal.Open(stored, RowKeys.TablePartition, UserSecret) : null;
            return new TableState(row.Time(Mark) ?? DateTimeOffset.MinValue, secret);
        }
        catch (UnreadablePayloadException e)
        {
            throw new TableMismatchException($"The key by which the table knows its users can't be opened: {e.Reason}.", e);
        }
    }

    /// <summary>With the first key of the ring, so that an older one can be taken out. Who doesn't get round to it does it next time.</summary>
    private async Task SealAnewAsync(Row row, TableState state, CancellationToken cancellation)
    {
        if (state.UserSecret is not { } secret || _seal.IsByFirstKey(row.Bytes(UserSecret)))
        {
            return;
        }

        try
        {
            var columns = new Dictionary<string, object>(StringComparer.Ordinal) { [UserSecret] = Sealed(secret) };
            await table.SubmitAsync(new RowBatch(RowKeys.TablePartition).Merge(RowKeys.Table, columns, row.ETag), cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // What was read holds all the same.
        }
    }

    private byte[] Sealed(byte[] secret) => _seal.Close(Form, secret, RowKeys.TablePartition, UserSecret);
}

/// <summary>What the table's own row says.</summary>
/// <param name="NotBefore">Sessions born at this moment or earlier are over.</param>
/// <param name="UserSecret">The key by which users are hashed; null where the table was made without keys: a plain hash.</param>
internal sealed record TableState(DateTimeOffset NotBefore, byte[]? UserSecret)
{
    public UserKey KeyOf(User user)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var name = Encoding.UTF8.GetBytes(user.Name);
        if (UserSecret is null)
        {
            SHA256.HashData(name, hash);
        }
        else
        {
            HMACSHA256.HashData(UserSecret, name, hash);
        }

        return UserKey.FromHash(hash);
    }
}
