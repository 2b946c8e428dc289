using System.Text.Json;
using SessionFunctions.Testing;
using Sessions;

namespace Interleavings;

/// <summary>
/// Says whether what a schedule has left, and what its callers were told, keeps the promises. It looks from outside, on copies of the
/// table, and knows nothing of how the promises are kept.
/// </summary>
internal sealed class Oracle
{
    private static readonly TimeSpan PastEverything = TimeSpan.FromDays(100);
    private static readonly TimeSpan PastReservation = TimeSpan.FromSeconds(90);

    private readonly Play _play;
    private readonly LookingTable _table;
    private readonly TestClock _clock;
    private readonly SessionWorld _world;

    private Oracle(Play play)
    {
        _play = play;
        _table = new LookingTable(play.Rows.Copy());
        _clock = new TestClock(play.Clock.GetUtcNow());
        _world = play.Scene.World(_table, _clock);
    }

    /// <summary>Null where all is well; else the promise that was broken.</summary>
    public static string? Judge(Play play) => play.Stuck ?? new Oracle(play).JudgeAsync().GetAwaiter().GetResult();

    private async Task<string?> JudgeAsync()
    {
        var usable = await UsableAsync();
        return OnlyExpectedFailures()
            ?? EndedStaysEnded(usable)
            ?? OneOfALineage(usable)
            ?? await NobodyIsLostAsync(usable)
            ?? await NothingAcknowledgedIsLostAsync(usable)
            ?? await ListsAreExactAsync(usable)
            ?? LimitsHold(usable)
            ?? await NobodyIsLockedOutAsync()
            ?? await NothingIsLeftAsync();
    }

    private IEnumerable<Deed> Done => _play.Deeds.Where(deed => deed.IsDone);

    private bool HasJumped => _play.Schedule.JumpedAt != int.MaxValue;

    private bool Some(Func<Act, bool> does) => _play.Deeds.Any(deed => does(deed.Act));

    /// <summary>The tokens of the session that all is about: its own, and those that its callers were given for it.</summary>
    private IEnumerable<SessionToken> TokensOfThis => [_play.Scene.S, .. _play.Deeds
        .Where(deed => deed.Act.Does is Does.Rotates or Does.SignsIn && deed.Token is not null)
        .Select(deed => deed.Token!)];

    private IEnumerable<SessionToken> OtherTokens => [.. _play.Scene.B is { } b ? new[] { b } : [], .. _play.Deeds
        .Where(deed => deed.Act.Does == Does.Creates && deed.Token is not null)
        .Select(deed => deed.Token!)];

    private async Task<HashSet<SessionToken>> UsableAsync()
    {
        var usable = new HashSet<SessionToken>();
        foreach (var token in TokensOfThis.Concat(OtherTokens))
        {
            _table.Show(_play.Rows.Copy());
            if (await _world.IsLetInAsync(token))
            {
                usable.Add(token);
            }
        }

        return usable;
    }

    private string? OnlyExpectedFailures()
    {
        foreach (var deed in _play.Deeds)
        {
            if (deed.Failure is { } failure and not (StorageUnavailableException or OperationCanceledException))
            {
                return $"{deed.By} failed: {failure}";
            }

            if (deed.Failure is not null && !_play.Schedule.HadFaults)
            {
                return $"{deed.By} failed although nothing was amiss: {deed.Failure.Message}";
            }

            if (deed.Refusal is { Kind: RefusalKind.Busy })
            {
                return $"{deed.By} was told to come back, with so few callers";
            }

            if (deed.Refusal is { Kind: RefusalKind.NotAuthenticated or RefusalKind.Missing }
                && !deed.Act.BySibling
                && !(HasJumped && Some(act => act.Does == Does.Rotates))
                && !Some(act => act.Ends != Ends.Nobodys || act.Does == Does.SignsIn)
                && !Some(act => act.Does == Does.Creates && _play.Scene.HasLimit))
            {
                return $"{deed.By} was turned away although nobody ended the session: {deed.Refusal.Kind}";
            }
        }

        return null;
    }

    private string? EndedStaysEnded(HashSet<SessionToken> usable)
    {
        foreach (var deed in _play.Deeds.Where(IsAcknowledgedEnd))
        {
            if (EndsThis(deed) && TokensOfThis.Any(usable.Contains))
            {
                return $"{deed.By} ended the session, and it can still be used";
            }

            if (_play.Scene.B is { } b && usable.Contains(b) && deed.Act.Ends is Ends.Adas or Ends.Everybodys && !deed.Act.BySibling && usable.Contains(b))
            {
                return $"{deed.By} ended ada's other session, and it can still be used";
            }

            if (deed.Act.Ends is Ends.Adas && CreatedBefore(deed).FirstOrDefault(usable.Contains) is not null)
            {
                return $"{deed.By} ended ada's sessions, and one made before can still be used";
            }
        }

        return null;
    }

    /// <summary>
    /// A replay is answered 401 and has ended the session then; but a token that was rotated away twice, or whose session has gone on as
    /// another, is like any other that opens nothing.
    /// </summary>
    private bool IsAcknowledgedEnd(Deed deed) => deed.Act.Ends != Ends.Nobodys
        && (deed.Act.IsReplay
            ? deed is { Refusal: not null, Failure: null } && !Some(act => act.Does is Does.Rotates or Does.SignsIn)
            : deed.IsDone);

    private IEnumerable<SessionToken> CreatedBefore(Deed end) => _play.Deeds
        .Where(deed => deed.Act.Does == Does.Creates && deed.IsDone && deed.Ended < end.Began)
        .Select(deed => deed.Token!);

    private bool EndsThis(Deed end)
    {
        // Once a marker is over, the old id and the old token say nothing of where the session went.
        var mayHaveLeft = _play.Schedule.JumpedAt < end.Ended && Some(act => act.Does == Does.SignsIn);
        return end.Act.Ends switch
        {
            Ends.Everybodys => true,
            Ends.This => !mayHaveLeft,
            Ends.Adas => (_play.Scene.IsMember && !Some(act => act.User == Scene.Bob)) || IsFoundAtAdas(end),
            _ => false,
        };
    }

    /// <summary>Whether a session that it was signed in to was there for a call that looks for ada's.</summary>
    private bool IsFoundAtAdas(Deed end) => _play.Deeds.Any(deed => deed.Act is { Does: Does.SignsIn, User: Scene.Ada }
        && deed.Token is { } token && end.KeysBefore.Any(key => key.EndsWith(token.Id.ToString(), StringComparison.Ordinal)));

    private string? OneOfALineage(HashSet<SessionToken> usable)
    {
        var ids = TokensOfThis.Where(usable.Contains).Select(token => token.Id).Distinct().Count();
        return ids > 1 ? "one session has become two" : null;
    }

    private async Task<string?> NobodyIsLostAsync(HashSet<SessionToken> usable)
    {
        if (Some(act => act.Ends != Ends.Nobodys) || (_play.Scene.HasLimit && Some(act => act.Does == Does.Creates)))
        {
            return null;
        }

        if (TokensOfThis.Any(usable.Contains))
        {
            // Each one that was handed out works, unless time has passed since.
            return Some(act => act.Does == Does.SignsIn) || HasJumped || TokensOfThis.All(usable.Contains)
                ? null
                : "a token that was handed out opens nothing";
        }

        var unanswered = _play.Deeds.Where(deed => deed.Act.Does == Does.SignsIn && deed.IsUnknown).ToList();
        if (HasJumped && Some(act => act.Does is Does.SignsIn or Does.Rotates))
        {
            return null; // nobody came back in time, or came with a token whose grace was over
        }

        foreach (var deed in unanswered)
        {
            _table.Show(_play.Rows.Copy());
            var again = new Deed(deed.Act, "again");
            if (await deed.Act.Run(new Doing(_play.Scene, _world, again, default)) is null && await _world.IsLetInAsync(again.Token!))
            {
                return null;
            }
        }

        return !Some(act => act.Does == Does.SignsIn) ? "nobody ended the session, and nothing opens it"
            : unanswered.Count > 0 ? "a sign-in without an answer lost the session, made again as well" : "a sign-in lost the session";
    }

    private async Task<string?> NothingAcknowledgedIsLostAsync(HashSet<SessionToken> usable)
    {
        if (TokensOfThis.FirstOrDefault(usable.Contains) is not { } token)
        {
            return null;
        }

        _table.Show(_play.Rows.Copy());
        var session = SessionWorld.Value(await _world.Holder.ReadAsync(token, slide: false, default));
        if (_play.Scene.IsMember && session.User?.Name == Scene.Bob)
        {
            return null; // what was ada's isn't bob's
        }

        using var data = JsonDocument.Parse(session.Data.Utf8.ToArray());
        var counted = data.RootElement.GetProperty("n").GetInt32();
        var acknowledged = Done.Count(deed => deed.Act.Does == Does.Increments);
        var increments = _play.Deeds.Where(deed => deed.Act.Does == Does.Increments).ToList();
        var unknown = increments.Count(deed => deed.IsUnknown) + increments.Count(deed => deed.IsRepeated && HasJumped); // past its window a key is new
        if (counted < acknowledged || counted > acknowledged + unknown)
        {
            return $"{acknowledged} increments were acknowledged and {unknown} weren't answered, and the counter is {counted}";
        }

        return Done.FirstOrDefault(deed => deed.Act.Does == Does.Patches && !data.RootElement.TryGetProperty(deed.By, out _)) is { } lost
            ? $"the change of {lost.By} was acknowledged and is lost"
            : null;
    }

    private async Task<string?> ListsAreExactAsync(HashSet<SessionToken> usable)
    {
        _table.Show(_play.Rows.Copy());
        var listed = (await _world.ListAsync(Scene.Ada)).Select(session => session.Id).ToHashSet();
        foreach (var token in usable)
        {
            _table.Show(_play.Rows.Copy());
            var session = SessionWorld.Value(await _world.Holder.ReadAsync(token, slide: false, default));
            if (session.User?.Name == Scene.Ada && !listed.Contains(token.Id))
            {
                return $"{token.Id} is ada's and isn't in the list";
            }
        }

        listed.ExceptWith(usable.Select(token => token.Id));
        var maybe = _play.Deeds.Count(deed => deed.Act.Does is Does.SignsIn or Does.Creates && deed.IsUnknown);
        return listed.Count > maybe ? $"ada's list has {string.Join(", ", listed)}, which nobody can use" : null;
    }

    private string? LimitsHold(HashSet<SessionToken> usable)
    {
        // A session that bob has taken over isn't ada's any more; only those are counted that are surely hers.
        var adas = OtherTokens.Concat(_play.Deeds.Where(deed => deed.Act is { Does: Does.SignsIn, User: Scene.Ada }).Select(deed => deed.Token))
            .OfType<SessionToken>()
            .Where(usable.Contains)
            .Select(token => token.Id)
            .Distinct()
            .Count();
        return _play.Scene.HasLimit && adas > _play.Scene.Limit ? $"ada has {adas} sessions, and {_play.Scene.Limit} are allowed" : null;
    }

    /// <summary>Whoever stopped half-way has kept nobody out for longer than a minute and a half; whoever didn't, not at all.</summary>
    private async Task<string?> NobodyIsLockedOutAsync()
    {
        if (!_play.Scene.Rejects)
        {
            return null;
        }

        _table.Show(_play.Rows.Copy());
        if (_play.Schedule.HadFaults)
        {
            _clock.Advance(PastReservation);
        }

        var listed = (await _world.ListAsync(Scene.Ada)).Count;
        var refused = (await _world.Creation.CreateAsync(new() { User = SessionWorld.Named(Scene.Ada) }, default)).Refusal;
        return listed < _play.Scene.Limit && refused is not null ? $"ada has {listed} sessions and can't have another: {refused.Detail}" : null;
    }

    private async Task<string?> NothingIsLeftAsync()
    {
        var left = _play.Rows.Copy();
        _table.Show(left);
        _clock.Advance(PastEverything);
        await _world.NotBefore.RefreshAsync(default);
        await _world.Cleanup.RunAsync(default);
        var keys = left.Keys().Where(key => !key.StartsWith("m:", StringComparison.Ordinal)).ToList();
        return keys.Count > 0 ? $"the cleanup leaves {string.Join(", ", keys)}" : null;
    }
}
