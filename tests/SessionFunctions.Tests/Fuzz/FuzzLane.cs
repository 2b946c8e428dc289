using System.Globalization;

namespace SessionFunctions.Tests.Fuzz;

/// <summary>One connection that sends one call after the other, and keeps account of its own sessions.</summary>
internal sealed class FuzzLane : IDisposable
{
    private const int MostFailures = 5;

    private readonly string _name;
    private readonly FuzzHost _host;
    private readonly FuzzMaker _maker;
    private readonly FuzzConnection _connection;
    private int _index;

    public FuzzLane(int seed, int number, FuzzHost host)
    {
        (_name, _host) = ($"seed {seed}, lane {number}", host);
        var random = new Random(unchecked((seed * 1009) + number));
        var text = new FuzzText(random);
        Memory = new FuzzMemory(number, text);
        _maker = new FuzzMaker(random, text, Memory);
        _connection = new FuzzConnection(host.Address);
    }

    public FuzzMemory Memory { get; }

    public FuzzSecrets Secrets { get; } = new();

    public List<string> Failures { get; } = [];

    /// <summary>How often each route gave each status.</summary>
    public Dictionary<(FuzzRoute? Route, int Status), int> Seen { get; } = [];

    public void Run(int calls, IReadOnlyList<string> strangersTokens)
    {
        for (var i = 0; i < calls && Failures.Count < MostFailures; i++, _index++)
        {
            var call = _maker.Next(strangersTokens);
            var answer = Send(call);
            Failures.AddRange(FuzzRules.Broken(call, answer).Concat(answer is null ? [] : Learn(call, answer)).Select(fault => $"{_name}, call {_index}: {fault}\n  {call}"));
            if (answer is not null)
            {
                Seen[(call.Route, answer.Status)] = Seen.GetValueOrDefault((call.Route, answer.Status)) + 1;
            }
        }
    }

    public FuzzAnswer? Send(FuzzCall call) => _connection.Send(call.ToBytes(), hasNoBody: call.Method == "HEAD");

    /// <summary>Reads each session that must live, and each that must not. Gives the faults.</summary>
    public IReadOnlyList<string> Audit() =>
    [
        .. from session in Memory.Sessions
           let live = session.IsSurelyLive(_host.Clock.GetUtcNow())
           where live || session.State == FuzzState.Ended
           let answer = Send(new FuzzCall("GET", "/api/sessions/current?touch=false") { Headers = [("Authorization", $"Bearer {session.Token}")] })
           where answer?.Status != (live ? 200 : 401)
           select $"{_name}: {session.Sid} answers {answer?.Status}, and is {session.State} until {session.Expires:O}",
    ];

    public void Dispose() => _connection.Dispose();

    private List<string> Learn(FuzzCall call, FuzzAnswer answer)
    {
        var faults = new List<string>();
        // An old token may count as a replay, and an odd address may lead somewhere.
        foreach (var risked in (call.Route is null ? call.Shown : call.Misused is { } misused ? [misused] : []).Where(session => session.State == FuzzState.Live))
        {
            risked.State = FuzzState.Unsure;
        }

        if (call is { Holder: { } holder, Route: { IsHolders: true, IsLogOut: false, TakesAnyRest: false } })
        {
            if (answer.Status == 401 && holder.IsSurelyLive(_host.Clock.GetUtcNow()))
            {
                faults.Add($"401 for {holder.Sid}, which lives until {holder.Expires:O}");
            }

            // The same sign-in, made again, is completed for a minute: by a new token of the session that the old one went on as.
            if (answer.Status < 300 && holder.State == FuzzState.Ended && call.Route.Template != "sessions/current/sign-in")
            {
                faults.Add($"{answer.Status} for {holder.Sid}, which has ended");
            }
        }

        var issued = answer.Token;
        if (Leak(answer, issued) is { } leak)
        {
            faults.Add(leak);
        }

        if (answer.Status is 200 or 204)
        {
            LearnWhatEnded(call);
        }

        if (issued is not null)
        {
            Secrets.Add(issued);
            if (!call.IsStrangers)
            {
                Memory.Add(issued, answer.TextOf("user"));
            }
        }
        else if (answer.Status == 201 && answer.TextOf("ticket") is { } ticket && call.Sid is { } ticketed)
        {
            Secrets.Add(ticket);
            Memory.AddTicket(ticketed, ticket);
        }

        if (Memory.Find(answer.TextOf("sid")) is { } seen && answer.TextOf("expiresAt") is { } expires)
        {
            seen.Expires = DateTimeOffset.Parse(expires, CultureInfo.InvariantCulture);
        }

        return faults;
    }

    /// <summary>What a call that went through means for the sessions that its lane knows.</summary>
    private void LearnWhatEnded(FuzzCall call)
    {
        switch (call.Route?.ToString())
        {
            case "DELETE sessions/current" or "POST sessions/current/sign-in":
                Memory.End(call.Shown.Contains);
                break;

            case "DELETE sessions/current/siblings" when (call.Holder ?? call.Misused) is { User: { } user } sibling: // also by an old token, in its grace
                Memory.End(session => session != sibling && session.User == user);
                break;

            case "DELETE sessions/current/siblings/{sid}" or "POST manage/sessions/{sid}/sign-in" or "DELETE manage/sessions/{sid}" when call.Sid is { } target:
                target.State = FuzzState.Ended;
                break;

            case "POST manage/users/end-sessions" when call.TextOf("user") is { } named:
                Memory.End(session => session.User == named && session.Sid != call.TextOf("except"));
                break;
        }
    }

    /// <summary>A token or a ticket where none is issued.</summary>
    private string? Leak(FuzzAnswer answer, string? issued)
    {
        var byCookie = issued is not null && answer.TextOf("token") is null;
        var issues = (issued is not null && !byCookie) || answer.TextOf("ticket") is not null;
        return !issues && Secrets.FoundIn(answer.Text) is not null ? $"a secret in the body: {answer.Text}"
            : byCookie && answer.Text.Contains(issued![^43..], StringComparison.Ordinal) ? $"the cookie's token in the body: {answer.Text}"
            : answer.Headers.Any(header => header.Name != "Set-Cookie" && Secrets.FoundIn(header.Value) is not null) ? "a secret in a header"
            : null;
    }
}
