using System.Text.Json;

namespace SessionFunctions.Tests.Fuzz;

/// <summary>What a lane has learnt from the answers so far.</summary>
internal sealed class FuzzMemory(int lane, FuzzText text)
{
    private const int Remembered = 60;

    private readonly List<FuzzSession> _sessions = [];
    private readonly List<(FuzzSession Session, string Code)> _tickets = [];

    /// <summary>This lane's alone.</summary>
    public IReadOnlyList<string> Users { get; } =
        [$"ada {lane}", $"bob{lane}@example.com", $"{lane}/o'brien \"x\" %2F & 🦊?#+", $"{lane}%252F", $"{lane}{new string('é', 255)}"];

    public IReadOnlyList<FuzzSession> Sessions => _sessions;

    /// <summary>A recent one that lives, mostly.</summary>
    public FuzzSession? Any()
    {
        var recent = text.Chance(0.9) ? _sessions.TakeLast(Remembered).Where(session => session.State != FuzzState.Ended).ToList() : _sessions;
        return recent.Count == 0 ? null : text.Pick(recent);
    }

    /// <summary>A session that was given a ticket, with the ticket.</summary>
    public (FuzzSession Session, string Code)? Ticket() => _tickets.Count == 0 ? null : text.Pick(_tickets);

    public FuzzSession? Find(string sid) => _sessions.Find(session => session.Sid == sid);

    public void Add(FuzzSession session) => _sessions.Add(session);

    public void AddTicket(FuzzSession session, string code)
    {
        _tickets.RemoveAll(known => known.Session == session);
        _tickets.Add((session, code));
        if (_tickets.Count > 10)
        {
            _tickets.RemoveAt(0);
        }
    }

    public void ForgetEverything()
    {
        foreach (var session in _sessions)
        {
            session.State = FuzzState.Ended;
        }
    }

    /// <summary>Between the quotes of a JSON string.</summary>
    public static string InJson(string value) => JsonSerializer.Serialize(value)[1..^1];
}
