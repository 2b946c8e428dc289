using Sessions.Table;

namespace Sessions.Rows;

/// <summary>Room for one more session of a user: the count that it rests on, and the sessions that end for it.</summary>
/// <param name="Counted">The count.</param>
/// <param name="Evicted">Those that end.</param>
/// <param name="Lapsed">Reservations whose time is over. Nothing must come of them any more: they don't count.</param>
/// <param name="InUse">Whether those that end may have moved on since they were listed: they end all the same, and the cleanup deletes them.</param>
internal sealed record Room(CountedSessions Counted, IReadOnlyList<ListedSession> Evicted, IReadOnlyList<ListedSession> Lapsed, bool InUse)
{
    /// <summary>Rows of a batch that the new session and the limit need.</summary>
    private const int OwnRows = 7;

    /// <summary>How many sessions the batch that adds one can end.</summary>
    public const int Most = (TableLimits.BatchOperations - OwnRows) / SessionIndexes.RowsOfSession;

    /// <summary>Adds to a batch that it happens only if the count still holds, and that others end.</summary>
    public void AddTo(RowBatch batch, Session added)
    {
        UserLimitRow.Keep(batch, Counted, added.Lifetime.Ends);
        foreach (var session in Lapsed)
        {
            UserRows.Mark(batch, Counted.User, session, SessionEnd.Overtaken);
        }

        foreach (var session in Evicted)
        {
            if (InUse)
            {
                UserRows.Mark(batch, Counted.User, session, SessionEnd.Limit);
            }
            else
            {
                UserRows.Delete(batch, Counted.User, session, SessionEnd.Limit);
            }
        }
    }
}
