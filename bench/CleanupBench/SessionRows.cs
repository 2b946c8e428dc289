using SessionFunctions.Testing;
using Sessions.Create;
using Sessions.Table;

namespace CleanupBench;

/// <summary>
/// The rows of many sessions, as the domain writes them, by partition and as many in each. Made once, they are put into tables in full
/// batches and deleted as often as there are rounds, so that every round has the same to do.
/// </summary>
internal sealed class SessionRows(int sessions, IReadOnlyDictionary<string, IReadOnlyList<RowOperation>> inserts)
{
    public int Sessions => sessions;

    /// <param name="shards">Partitions.</param>
    /// <param name="inEachShard">Sessions in each of them.</param>
    /// <param name="signedIn">Each as a user of its own, which is one row more.</param>
    /// <param name="idleTimeout">When they expire.</param>
    public static async Task<SessionRows> MakeAsync(int shards, int inEachShard, bool signedIn, TimeSpan idleTimeout)
    {
        var recorder = new Recorder(inEachShard);
        var world = new SessionWorld(recorder, settings => settings.Shards = shards);
        for (var number = 0; recorder.FullPartitions < shards; number++)
        {
            await world.CreateAsync(new NewSession
            {
                Data = SessionWorld.DataOf("""{"cart":["tea","scones"],"locale":"en-GB"}"""),
                IdleTimeout = idleTimeout,
                User = signedIn ? SessionWorld.Named($"user-{number}@example.com") : null,
            });
        }

        return new SessionRows(shards * inEachShard, recorder.Inserts);
    }

    public async Task InsertAsync(ITable table)
    {
        foreach (var (partition, rows) in inserts)
        {
            foreach (var chunk in rows.Chunk(TableLimits.BatchOperations))
            {
                await SubmitAsync(table, chunk.Aggregate(new RowBatch(partition), (batch, row) => batch.Insert(row.Key, row.Columns)));
            }
        }
    }

    /// <summary>Deletes them as fast as the table takes it: full batches, no look beforehand, as many shards side by side as the cleanup.</summary>
    public async Task DeleteAsync(ITable table, int lanes)
    {
        var waiting = new Queue<KeyValuePair<string, IReadOnlyList<RowOperation>>>(inserts);
        await Task.WhenAll(Enumerable.Range(0, lanes).Select(async _ =>
        {
            while (Next() is { } shard)
            {
                foreach (var chunk in shard.Value.Chunk(TableLimits.BatchOperations))
                {
                    await SubmitAsync(table, chunk.Aggregate(new RowBatch(shard.Key), (batch, row) => batch.Delete(row.Key)));
                }
            }
        }));

        KeyValuePair<string, IReadOnlyList<RowOperation>>? Next()
        {
            lock (waiting)
            {
                return waiting.TryDequeue(out var next) ? next : null;
            }
        }
    }

    private static async Task SubmitAsync(ITable table, RowBatch batch)
    {
        if ((await table.SubmitAsync(batch, default)).Conflict is { } conflict)
        {
            throw new InvalidOperationException($"a batch of the bench's own was refused ({conflict}); this is a fault of the bench, please report it");
        }
    }

    /// <summary>Notes what is written for a session, and writes it nowhere; the table's own row is kept.</summary>
    private sealed class Recorder(int inEach) : TableOver(InMemory.New())
    {
        private readonly Dictionary<string, List<RowOperation>> _inserts = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> _sessions = new(StringComparer.Ordinal);

        public int FullPartitions => _sessions.Values.Count(sessions => sessions == inEach);

        public IReadOnlyDictionary<string, IReadOnlyList<RowOperation>> Inserts =>
            _inserts.ToDictionary(each => each.Key, IReadOnlyList<RowOperation> (each) => each.Value, StringComparer.Ordinal);

        public override Task<BatchOutcome> SubmitAsync(RowBatch batch, CancellationToken cancellation)
        {
            if (batch.Operations[0].Key.StartsWith("m:", StringComparison.Ordinal))
            {
                return base.SubmitAsync(batch, cancellation);
            }

            var known = _sessions.GetValueOrDefault(batch.Partition);
            if (known < inEach)
            {
                _sessions[batch.Partition] = known + 1;
                if (known == 0)
                {
                    _inserts[batch.Partition] = [];
                }

                _inserts[batch.Partition].AddRange(batch.Operations);
            }

            return Task.FromResult(BatchOutcome.Applied([.. batch.Operations.Select(_ => "W/\"1\"")]));
        }
    }
}
