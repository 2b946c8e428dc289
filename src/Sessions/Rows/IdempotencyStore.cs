using System.Security.Cryptography;
using System.Text;
using Sessions.Create;
using Sessions.Table;

namespace Sessions.Rows;

/// <summary>
/// Remembers create calls for a day, each in a row that comes into being in the batch that makes its session: a repeated call can't slip in between.
/// </summary>
public sealed class IdempotencyStore(ITable table)
{
    public static readonly TimeSpan Remembered = TimeSpan.FromHours(24);

    private const string Fingerprint = "fingerprint";
    private const string Created = "created";
    private const string Token = "token";

    internal static void Add(RowBatch batch, IdempotencyKey key, byte[] fingerprint, Session session, SessionToken token)
    {
        var rowKey = RowKeys.Idempotency(key.Hash);
        batch.Insert(rowKey, new Dictionary<string, object>(StringComparer.Ordinal)
        {
            [Fingerprint] = fingerprint,
            [Created] = session.Lifetime.Created,
            [Token] = key.Seal(Encoding.ASCII.GetBytes(token.Reveal())),
        });
        batch.Insert(RowKeys.Expiry(session.Lifetime.Created + Remembered, rowKey), new Dictionary<string, object>(StringComparer.Ordinal));
    }

    /// <summary>The token and time of the first call; refused where that call had another content.</summary>
    internal async Task<Result<(SessionToken Token, DateTimeOffset Created)>> FindAsync(
        IdempotencyKey key, Shard shard, byte[] fingerprint, CancellationToken cancellation)
    {
        if (await table.FindAsync(shard.ToString(), RowKeys.Idempotency(key.Hash), cancellation) is not { } row
            || row.Time(Created) is not { } created
            || row.Bytes(Token) is not { } token)
        {
            return Refusal.Busy; // it was remembered a moment ago, and no longer is
        }

        if (!CryptographicOperations.FixedTimeEquals(fingerprint, row.Bytes(Fingerprint)))
        {
            return Refusal.NotAllowed("The Idempotency-Key was used for another call with another content. Use a new key for a new call.");
        }

        return SessionToken.TryParse(Encoding.ASCII.GetString(key.Open(token)), out var first) ? (first, created) : Refusal.Busy;
    }
}
